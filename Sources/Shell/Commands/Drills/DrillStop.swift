import Backups
import Blocking
import Drills
import FoundationEssentials
import Text

/// What `drill stop` and its kin take.
private enum DrillStopArguments {
    static let name = ArgumentKey.optional("SANDBOX", .text)
    static let keep: Option<Bool> = Option("keep", "keep the folder 'work', and say where it is", excludes: [discard])
    static let discard: Option<Bool> = Option("discard", "remove 'work', too, and do not ask", excludes: [keep])
}

extension CommandDeclaration {
    static let drillStop = CommandDeclaration(
        words: [drillWord, "stop"],
        summary: "leave the drill, and remove all that it made",
        details: [
            "It asks whether to keep the folder 'work' with your files. Outside of a drill it removes what",
            "unfinished drills have left: all that no session is in, or the one of that name.",
        ],
        arguments: [DrillStopArguments.name],
        options: [DrillStopArguments.keep, DrillStopArguments.discard],
        examples: [
            .init("drill stop --keep", "leave it; your files stay"),
            .init("drill stop --discard", "leave nothing"),
        ],
        dryRun: .described { _, session in
            session.output.result("would end the drill", json: DrillRecord(session.drill?.drill.name ?? "", .wouldStop))
        },
        isRecorded: false,
        run: { invocation, session in
            let name = invocation[DrillStopArguments.name]
            guard let drill = session.drill else { return try await session.removeUnfinished(name) }
            if let name, name != drill.sandbox.name { throw DrillError.inDrill(drill.drill.name) }
            guard drill.isOwner else { throw DrillError.inOtherSession(drill.drill.name) }
            var keeps = invocation[DrillStopArguments.keep]
            if !keeps, !invocation[DrillStopArguments.discard] { keeps = try await session.wantsToKeepWork(of: drill) }
            let (sandbox, name_) = (drill.sandbox, drill.drill.name)
            await session.leaveDrill()
            let kept = keeps ? session.placeForWork(of: sandbox) : nil
            try await session.remove(sandbox, keepingWorkAs: kept)
            session.output.result(
                "left the drill \(name_)" + (kept.map { "; your files are in \($0.printable)" } ?? ""),
                json: DrillRecord(name_, .stopped, kept: kept)
            )
        }
    )

    static let drillReset = CommandDeclaration(
        words: [drillWord, "reset"],
        summary: "build the world of the drill anew, as it was at the start; the time goes on",
        details: ["What is in 'work' is removed. Hints and failed checks still count."],
        examples: [.init("drill reset || echo 'no drill'", "begin again with the same world")],
        dryRun: .described { _, session in
            session.output.result("would build the drill anew", json: DrillRecord(session.drill?.drill.name ?? "", .wouldStart))
        },
        isRecorded: false,
        run: { _, session in
            let drill = try session.requireDrill()
            guard drill.isOwner else { throw DrillError.inOtherSession(drill.drill.name) }
            try await session.startAgain(drill, seed: Seed(drill.state.seed), keepsLog: true)
        }
    )

    static let drillAgain = CommandDeclaration(
        words: [drillWord, "again"],
        summary: "start the same drill with another seed",
        options: [DrillOptions.seed],
        examples: [.init("drill again || echo 'no drill'", "other names, the same kind of trouble")],
        dryRun: .described { _, session in
            session.output.result("would start the drill again", json: DrillRecord(session.drill?.drill.name ?? "", .wouldStart))
        },
        isRecorded: false,
        run: { invocation, session in
            let drill = try session.requireDrill()
            guard drill.isOwner else { throw DrillError.inOtherSession(drill.drill.name) }
            let seed = invocation[DrillOptions.seed].map { Seed($0) } ?? .random()
            try await session.startAgain(drill, seed: seed, keepsLog: false)
        }
    )

    static let drillResume = CommandDeclaration(
        words: [drillWord, "resume"],
        summary: "go back into an unfinished drill",
        arguments: [DrillStopArguments.name],
        examples: [.init("drill resume || echo 'none is unfinished'", "where the last session left it")],
        dryRun: .described { _, session in
            session.output.result("would resume a drill", json: DrillRecord("", .wouldStart))
        },
        isRecorded: false,
        run: { invocation, session in
            if let drill = session.drill { throw DrillError.inDrill(drill.drill.name) }
            let unfinished = try await session.unfinishedDrills()
            let sandbox: Sandbox
            if let name = invocation[DrillStopArguments.name] {
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
    /// The complete sandboxes; also those that a session is in.
    ///
    /// - Throws: `DrillError.noFolder`, `CancellationError`.
    func unfinishedDrills() async throws -> [(sandbox: Sandbox, state: SandboxState)] {
        let folder = try drillDependencies().folder
        return try await BlockingWork.run(at: Place(folder: folder.path)) {
            folder.sandboxes.compactMap { sandbox in sandbox.state.map { (sandbox, $0) } }
        }
    }

    /// Removes what drills have left that no session is in.
    fileprivate func removeUnfinished(_ name: String?) async throws {
        let folder = try drillDependencies().folder
        let removed = try await BlockingWork.run(at: Place(folder: folder.path), tidiesUp: true) {
            try folder.removeLeftovers(named: name)
        }
        if let name, removed.isEmpty {
            throw DrillError.unknownSandbox(name, known: try await unfinishedDrills().map(\.sandbox.name))
        }
        guard !removed.isEmpty else { throw DrillError.noDrill }
        for state in removed {
            let drill = state?.drill ?? "that was never complete"
            output.result("removed the drill \(drill)", json: DrillRecord(drill, .stopped))
        }
    }

    fileprivate func remove(_ sandbox: Sandbox, keepingWorkAs kept: String?) async throws {
        let folder = try drillDependencies().folder
        try await BlockingWork.run(at: Place(folder: folder.path), tidiesUp: true) {
            try folder.remove(sandbox, keepingWorkAs: kept)
        }
    }

    fileprivate func wantsToKeepWork(of drill: DrillSession) async throws -> Bool {
        let work = drill.sandbox.work
        guard try await BlockingWork.run(at: Place(folder: work), { FolderTree.hasContent(work) }) else { return false }
        guard let ask = dependencies.ask else { return true }
        let answer = try await ask("keep your files in \(work)? [y/N] ", false).trimmed.lowercased()
        return answer == "y" || answer == "yes"
    }

    /// Where a learner's files go that are kept.
    fileprivate func placeForWork(of sandbox: Sandbox) -> String? {
        let folder = dependencies.drills?.folder
        return folder.map { "\($0.path)/kept-\(sandbox.name)" }
    }

    /// Ends a drill, and builds its world once more.
    fileprivate func startAgain(_ drill: DrillSession, seed: Seed, keepsLog: Bool) async throws {
        let file = drill.file
        let events = keepsLog ? try await drill.events() : []
        let start = keepsLog ? drill.state.start : dependencies.now()
        await leaveDrill()
        try await remove(drill.sandbox, keepingWorkAs: nil)
        let building = SandboxBuilding(
            file,
            in: try drillDependencies().folder,
            seed: seed,
            start: start,
            limitSeconds: drill.state.limitSeconds,
            team: drill.state.team
        )
        let (sandbox, lock) = try await building.build()
        try await begin(sandbox, lock: lock, in: sandbox.work)
        guard let again = self.drill else { return }
        for event in events { try await again.note(event) }
        showStory(of: again)
    }
}
