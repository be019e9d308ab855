import Blocking
import Language

extension Checker {
    /// Runs the check of a script: here, or on a thread of its own where other scripts must be read for it, which may
    /// lie where nothing answers.
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
        let names = commands.all.filter { $0.staticEffect == .includesScript }.map { $0.words[0] }
        return chains.contains { chain in
            names.contains(chain.first.name) || chain.rest.contains { names.contains($0.command.name) }
        }
    }
}
