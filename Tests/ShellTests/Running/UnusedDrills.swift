import Drills
import Testing

@testable import Shell

extension DrillDependencies {
    /// A folder for drills of which none is ever built: what would serve one or run something in it fails the test.
    static func unused(in folder: String) -> DrillDependencies {
        DrillDependencies(
            folder: DrillsFolder(path: folder),
            serve: { _, _, _, _ in
                Issue.record("a drill is served")
                throw CancellationError()
            },
            askEtcd: { _, _ in nil },
            runProgram: { _, _ in
                Issue.record("a program is run")
                throw CancellationError()
            },
            runShell: { _, _, _ in
                Issue.record("a command is run")
                throw CancellationError()
            },
            person: { "tester@host" },
            hasProgram: { _ in true }
        )
    }
}
