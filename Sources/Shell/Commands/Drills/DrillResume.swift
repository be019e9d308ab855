import Blocking
import Drills
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let drillResume = CommandDeclaration(
        words: [drillWord, "resume"],
        summary: "go back into an unfinished drill",
        arguments: [DrillOptions.sandbox],
        examples: [.init("drill resume || echo 'none is unfinished'", "where the last session left it")],
        records: [.drillStory, .drillAction],
        dryRun: .described { _, session in
            session.output.result("would resume a drill", json: DrillRecord("", .wouldResume))
        },
        isRecorded: false,
        run: { invocation, session in
            if let drill = session.drill { throw DrillError.inDrill(drill.drill.name) }
            let unfinished = try await session.startedDrills()
            let sandbox: Sandbox
            if let name = invocation[DrillOptions.sandbox] {
                guard let named = unfinished.first(where: { $0.sandbox.name == name || $0.state.drill == name }) else {
                    throw DrillError.unknownSandbox(name, known: unfinished.map(\.sandbox.name))
                }
                sandbox = named.sandbox
            } else {
                guard let first = unfinished.first else { throw DrillError.noneUnfinished }
                guard unfinished.count == 1 else { throw DrillError.severalUnfinished(unfinished.map(\.sandbox.name)) }
                sandbox = first.sandbox
            }
            try await session.begin(sandbox, in: sandbox.work)
            if let drill = session.drill { session.showStory(of: drill) }
        }
    )
}

extension Session {
    /// The complete sandboxes, also those that a session is in.
    ///
    /// - Throws: `DrillError.noFolder`, `CancellationError`.
    func startedDrills() async throws -> [StartedDrill] {
        let folder = try drillDependencies().folder
        return try await BlockingWork.run(at: Place(folder: folder.path)) {
            folder.sandboxes.compactMap { sandbox in
                sandbox.state.map { state in
                    StartedDrill(
                        sandbox: sandbox,
                        state: state,
                        isReached: DrillProgress(SandboxLog(of: sandbox).events).reachedAt != nil,
                        isInUse: SandboxLock.isHeld(sandbox)
                    )
                }
            }
        }
    }
}

/// A drill whose sandbox is complete.
struct StartedDrill: Sendable {
    let sandbox: Sandbox
    let state: SandboxState
    /// Whether its goal was reached.
    let isReached: Bool
    /// Whether a session serves it.
    let isInUse: Bool
}
