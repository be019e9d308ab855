import CLinux
import Files
import Glibc
import Language
import Text

extension CommandDeclaration {
    static let history = CommandDeclaration(
        words: ["history"],
        summary: "list the lines typed so far",
        examples: [.init("history", "oldest first")],
        isForPromptOnly: true,
        dryRun: .asUsual,
        run: { _, session in
            let lines = session.dependencies.history().map(session.dependencies.commands.secretLine.masking)
            let width = String(lines.count).count
            let numbered = lines.enumerated().map { index, line in
                let number = String(index + 1)
                return String(repeating: " ", count: width - number.count + 2) + number + "  " + line.printable
            }
            session.output.listing(
                numbered.joined(separator: "\n"),
                json: lines.map { HistoryRecord(line: $0) }
            )
        }
    )

    private static let code = ArgumentKey.optional("CODE", .exitCode)

    static let exit = CommandDeclaration(
        words: ["exit"],
        summary: "end the script or the session, with an exit code",
        details: [
            "Without CODE it is 0. A script that includes this one ends, too.",
            "'help codes' lists the exit codes of snapsh itself. At the prompt, Ctrl-D also ends",
            "the session.",
        ],
        arguments: [code],
        examples: [
            .init("exit", "end a script early, with exit code 0"),
            .init("use pv /mnt/rescue || exit 7", "end with your own code if the volume is missing"),
        ],
        staticEffect: .endsScript,
        dryRun: .asUsual,
        run: { invocation, session in session.end(with: Int32(invocation[code] ?? 0)) }
    )

    private static let command = ArgumentKey("COMMAND", .shellCommand)

    static let shellEscape = CommandDeclaration(
        words: ["!"],
        summary: "run a command of the system's shell",
        details: ["All that follows on the line goes to /bin/sh as it stands. It is not part of scripts."],
        arguments: [command],
        examples: [.init("!df -h .", "is there room for the file?")],
        isForPromptOnly: true,
        dryRun: .described { invocation, session in
            session.output.listing(
                "would run the shell command \(try invocation[command].printable)",
                json: [WouldRunRecord(command: try invocation[command])]
            )
        },
        run: { invocation, _ in
            try SystemShell.run(invocation[command])
        }
    )

    private struct WouldRunRecord: Encodable {
        let kind = "would-run"
        let command: String
    }

    private struct HistoryRecord: Encodable {
        let kind = "history"
        let line: String
    }
}

/// Runs one command of the system's shell, with the terminal to itself.
enum SystemShell {
    /// - Throws: `SystemShellError` if it can't be run, or ends with a code other than 0.
    static func run(_ command: String) throws(SystemShellError) {
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
        var words: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", command].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        words.append(nil)
        let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, words, environ)
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
