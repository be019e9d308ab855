import Audit
import Drills
import Files
import Glibc
import Processes
import Shell

extension DrillDependencies {
    /// Those of this program; `nil` where there is no folder for drills.
    static func program(home: String?, environment: [String: String]) -> DrillDependencies? {
        guard let folder = DrillsFolder(home: home, stateHome: environment["XDG_STATE_HOME"]) else { return nil }
        return DrillDependencies(
            folder: folder,
            serve: { try await WorldServers.start($0, $1, $2, report: $3) },
            askEtcd: { await EtcdProbe.ask($0, $1) },
            runProgram: { arguments, folder in
                try await run(["/proc/self/exe"] + arguments, environment, in: folder)
            },
            runShell: { command, folder, environment in
                try await run(["/bin/sh", "-c", command], environment, in: folder)
            },
            person: {
                let origin = TranscriptOrigin.current(environment)
                return "\(origin.user)@\(origin.host)"
            },
            hasProgram: { name in
                (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains { folder in
                    access("\(folder)/\(name)", X_OK) == 0
                }
            }
        )
    }

    /// Longer than any runbook that is tried unattended.
    private static let timeLimit = Duration.seconds(600)

    private static func run(
        _ words: [String],
        _ environment: [String: String],
        in folder: String
    ) async throws -> ProgramResult {
        var words = words
        // In the child it would be another program.
        if words[0] == "/proc/self/exe" { words[0] = try executablePath() }
        let outcome = try await ChildProcess.run(words, environment: environment, folder: folder, timeLimit: timeLimit)
        guard let outcome else { return ProgramResult(exitCode: 124, output: "", errors: "it took too long") }
        return ProgramResult(
            exitCode: outcome.exitCode,
            output: String(decoding: outcome.output, as: UTF8.self),
            errors: String(decoding: outcome.errors, as: UTF8.self)
        )
    }

    private static func executablePath() throws(SystemError) -> String {
        guard let path = realpath("/proc/self/exe", nil) else { throw SystemError(code: errno) }
        defer { free(path) }
        return String(cString: path)
    }
}
