import Blocking
import Drills
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let drillReset = CommandDeclaration(
        words: [drillWord, "reset"],
        summary: "build the world of the drill anew, as it was at the start; the time goes on",
        details: ["What is in 'work' is removed. Hints and failed checks still count."],
        examples: [.init("drill start service-gone; drill reset", "begin again with the same world")],
        records: [.drillStory, .drillAction],
        dryRun: .described { _, session in
            session.output.result(
                "would build the drill anew",
                json: DrillRecord(session.drill?.drill.name ?? "", .wouldReset)
            )
        },
        isRecorded: false,
        run: { _, session in
            let drill = try session.requireDrill()
            try await drill.requireOwnership()
            try await session.startAgain(drill, seed: Seed(drill.state.seed), keepsLog: true)
        }
    )

    static let drillAgain = CommandDeclaration(
        words: [drillWord, "again"],
        summary: "start the same drill with another seed",
        details: ["What is in 'work' is removed. The attempt until now is kept as a result."],
        options: [DrillOptions.seed],
        examples: [.init("drill start service-gone; drill again", "other names, the same kind of trouble")],
        records: [.drillStory, .drillAction],
        dryRun: .described { _, session in
            session.output.result(
                "would start the drill again",
                json: DrillRecord(session.drill?.drill.name ?? "", .wouldStartAgain)
            )
        },
        isRecorded: false,
        run: { invocation, session in
            let drill = try session.requireDrill()
            try await drill.requireOwnership()
            let seed = invocation[DrillOptions.seed].map { Seed($0) } ?? .random()
            await session.keepResult(of: drill)
            try await session.startAgain(drill, seed: seed, keepsLog: false)
        }
    )
}

extension Session {
    /// Ends a drill, and builds its world once more.
    fileprivate func startAgain(_ drill: DrillSession, seed: Seed, keepsLog: Bool) async throws {
        let file = drill.file
        let events = keepsLog ? try await drill.events() : []
        let start = keepsLog ? drill.state.start : dependencies.now()
        // Files beside the drill may be in the sandbox only.
        let contents = try await DrillContents(of: file.drill, besideFileIn: file.folder)
        let building = SandboxBuilding(
            file,
            with: contents,
            in: try drillDependencies().folder,
            seed: seed,
            start: start,
            limitSeconds: drill.state.limitSeconds,
            team: drill.state.team
        )
        // The old one stays until the new one is there: Ctrl-C and a full disk leave the learner where they were.
        let (sandbox, lock) = try await building.build()
        do {
            // Before the drill begins: an inject that took place does not take place again.
            try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
                let log = SandboxLog(of: sandbox)
                for event in events { try log.add(event) }
            }
        } catch {
            try? await remove(sandbox, keepingWorkAs: nil)
            throw error
        }
        await leaveDrill()
        // Its lock holds until it is gone.
        defer { withExtendedLifetime(drill) {} }
        do {
            try await goInto(sandbox, lock)
        } catch {
            // What is typed next would reach the real world.
            output.warning("this session is in no drill any more")
            throw error
        }
        try await remove(drill.sandbox, keepingWorkAs: nil)
        if let again = self.drill { showStory(of: again) }
    }
}
