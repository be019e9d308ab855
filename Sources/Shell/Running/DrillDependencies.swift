package import Backups
package import Drills

/// What drills need from outside; the program provides it.
package struct DrillDependencies: Sendable {
    /// Where the sandboxes are.
    package var folder: DrillsFolder
    /// Serves a world's sources on ports of 127.0.0.1.
    package typealias Serve =
        @Sendable (
            _ plan: WorldPlan,
            _ sandbox: Sandbox,
            _ state: SandboxState,
            _ report: @escaping @Sendable (Notice) -> Void
        ) async throws -> any ServedWorld
    package var serve: Serve
    package var askEtcd: WorldCheck.AskEtcd
    /// Runs this program in a folder, until it ends or the task is cancelled.
    package typealias RunProgram =
        @Sendable (_ arguments: [String], _ folder: String) async throws -> ProgramResult
    package var runProgram: RunProgram
    /// Runs a command of the system's shell in a folder, until it ends.
    package typealias RunShell =
        @Sendable (_ command: String, _ folder: String, _ environment: [String: String]) async throws -> ProgramResult
    package var runShell: RunShell
    /// Who practises: `user@host`.
    package var person: @Sendable () -> String
    /// Finds a program on the PATH.
    package var hasProgram: @Sendable (_ name: String) -> Bool

    package init(
        folder: DrillsFolder,
        serve: @escaping Serve,
        askEtcd: @escaping WorldCheck.AskEtcd,
        runProgram: @escaping RunProgram,
        runShell: @escaping RunShell,
        person: @escaping @Sendable () -> String,
        hasProgram: @escaping @Sendable (_ name: String) -> Bool
    ) {
        self.folder = folder
        self.serve = serve
        self.askEtcd = askEtcd
        self.runProgram = runProgram
        self.runShell = runShell
        self.person = person
        self.hasProgram = hasProgram
    }
}

/// How a run of this program has ended, and what it wrote.
package struct ProgramResult: Sendable {
    package var exitCode: Int32
    package var output: String
    package var errors: String

    package init(exitCode: Int32, output: String, errors: String) {
        self.exitCode = exitCode
        self.output = output
        self.errors = errors
    }
}

/// The sources of a world while they are served.
package protocol ServedWorld: Sendable {
    /// Ports of 127.0.0.1.
    var ports: [SourceKind: Int] { get }
    /// Changes what is wrong with sources.
    func apply(_ faults: [SourceKind: Faults]) async
    /// Ends all of it, and returns when nothing listens any more.
    func stop() async
}
