import Blocking
import Language

extension Checker {
    /// Runs the check of a script: here, or on a thread of its own where other scripts must be read for it, which may lie
    /// where nothing answers.
    ///
    /// - Throws: `NotAnswering`, `CancellationError`.
    static func run<Value: Sendable>(
        _ script: Script,
        _ commands: CommandTable,
        _ check: @escaping @Sendable () -> Value
    ) async throws -> Value {
        guard script.includesScripts(commands) else { return check() }
        return try await BlockingWork.run(at: Place(description: "a script")) { check() }
    }
}

extension Script {
    /// Whether it has a command that reads another script.
    fileprivate func includesScripts(_ commands: CommandTable) -> Bool {
        chains.contains { chain in
            ([chain.first] + chain.rest.map(\.command)).contains { command in
                commands.commands(named: command.name).contains { $0.staticEffect == .includesScript }
            }
        }
    }
}
