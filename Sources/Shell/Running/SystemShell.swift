import CLinux
import Files
import Glibc

/// Texts as C takes them: an array that ends with a null pointer.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    init(_ texts: [String]) {
        pointers = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
        pointers[texts.count] = nil
    }

    deinit {
        for index in 0... {
            guard let text = pointers[index] else { break }
            free(text)
        }
        pointers.deallocate()
    }
}

/// Runs one command of the system's shell, with the terminal to itself.
enum SystemShell {
    /// - Parameter environment: The command's; the process's own where none is given.
    /// - Throws: `SystemShellError` if it can't be run, or ends with a code other than 0.
    static func run(_ command: String, environment: [String: String]? = nil) throws(SystemShellError) {
        if command.isEmpty { return }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that snapsh ignores, handles or blocks have their defaults in the command.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        // The command inherits none of our files.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        clinux_close_other_files(&actions)

        // Ctrl-C and Ctrl-\ go to the command that has the terminal, as in system(3).
        var ignored = sigaction()
        ignored.__sigaction_handler.sa_handler = SIG_IGN
        var interrupt = sigaction()
        var quit = sigaction()
        sigaction(SIGINT, &ignored, &interrupt)
        sigaction(SIGQUIT, &ignored, &quit)
        defer {
            sigaction(SIGINT, &interrupt, nil)
            sigaction(SIGQUIT, &quit, nil)
        }

        var child = pid_t()
        let words = CStrings(["/bin/sh", "-c", command])
        let variables = environment.map { CStrings($0.map { "\($0)=\($1)" }) }
        let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, words.pointers, variables?.pointers ?? environ)
        guard code == 0 else { throw .cannotRun(reason: SystemError(code: code).description) }

        var status: Int32 = 0
        do {
            try systemCall { waitpid(child, &status, 0) }
        } catch {
            throw .cannotRun(reason: error.description)
        }
        // As in sh: the low seven bits are a signal, the bits above them the exit code.
        let signal = status & 0x7F
        let exitCode = signal == 0 ? status >> 8 & 0xFF : 128 + signal
        if exitCode != 0 { throw .ended(exitCode: exitCode) }
    }
}
