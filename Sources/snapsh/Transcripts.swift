import Audit
import Blocking
import Glibc
import Shell

extension TranscriptWriter {
    /// Opens the transcript that the command line names.
    ///
    /// - Returns: `nil` where it names none.
    /// - Throws: `FailureMessage` where it can't be written: then nothing is run.
    static func opened(_ path: String?, _ dependencies: ShellDependencies) async throws(FailureMessage)
        -> TranscriptWriter?
    {
        guard let path else { return nil }
        do {
            let file = try await BlockingWork.smallFile(at: path) { try TranscriptFile(path: path) }
            return TranscriptWriter(file, .current(dependencies.outside.processEnvironment))
        } catch let error as TranscriptError {
            var message = FailureMessage(error, dependencies.commands)
            message.exitCode = .mistake
            throw message
        } catch {
            throw FailureMessage(error, dependencies.commands)
        }
    }
}

extension TranscriptOrigin {
    /// This run of this program.
    static func current(_ environment: [String: String]) -> TranscriptOrigin {
        let user = userName ?? "user \(geteuid())"
        let real = environment["SUDO_USER"]
        return TranscriptOrigin(
            run: String(UInt64.random(in: 0 ... .max), radix: 16),
            host: hostName,
            user: real.map { "\($0) as \(user)" } ?? user,
            version: Version.current
        )
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// As the system's own file has it: a directory service may not answer.
    private static var userName: String? {
        let file = open("/etc/passwd", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(file, &bytes, bytes.count)
        let id = String(geteuid())
        for line in String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, fields[2] == id { return String(fields[0]) }
        }
        return nil
    }
}
