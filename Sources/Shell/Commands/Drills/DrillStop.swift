import Backups
import Blocking
import Drills
import FoundationEssentials
import Text

/// What `drill stop` and its kin take.
private enum DrillStopArguments {
    static let name = DrillOptions.sandbox
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
            .init("drill start service-gone; drill stop --keep", "leave it; your files stay"),
            .init("drill start service-gone; drill stop --discard", "leave nothing"),
        ],
        records: [.drillAction, .debrief],
        dryRun: .described { _, session in
            session.output.result("would end the drill", json: DrillRecord(session.drill?.drill.name ?? "", .wouldStop))
        },
        isRecorded: false,
        run: { invocation, session in
            let name = invocation[DrillStopArguments.name]
            guard let drill = session.drill else { return try await session.removeUnfinished(name) }
            if let name, name != drill.sandbox.name { throw DrillError.inDrill(drill.drill.name) }
            try await drill.requireOwnership()
            var keeps = invocation[DrillStopArguments.keep]
            if !keeps, !invocation[DrillStopArguments.discard] { keeps = try await session.wantsToKeepWork(of: drill) }
            let (sandbox, name_) = (drill.sandbox, drill.drill.name)
            await session.keepResult(of: drill)
            await session.leaveDrill()
            // The lock holds until the sandbox is gone.
            defer { withExtendedLifetime(drill) {} }
            let kept = keeps ? try await session.placeForWork(of: sandbox) : nil
            try await session.remove(sandbox, keepingWorkAs: kept)
            session.output.result(
                "left the drill \(name_)" + (kept.map { "; your files are in \($0.printable)" } ?? ""),
                json: DrillRecord(name_, .stopped, kept: kept)
            )
        }
    )
}

extension Session {
    /// Removes what drills have left that no session is in.
    fileprivate func removeUnfinished(_ name: String?) async throws {
        let folder = try drillDependencies().folder
        let removed = try await BlockingWork.run(at: Place(folder: folder.path), tidiesUp: true) {
            try folder.removeLeftovers(named: name)
        }
        if let name, removed.isEmpty {
            throw DrillError.unknownSandbox(name, known: try await startedDrills().map(\.sandbox.name))
        }
        guard !removed.isEmpty else { throw DrillError.noDrill }
        for left in removed {
            await keepResult(of: left)
            let drill = left.state?.drill ?? "that was never complete"
            output.result("removed the drill \(drill.printable)", json: DrillRecord(drill, .stopped))
        }
    }

    func remove(_ sandbox: Sandbox, keepingWorkAs kept: String?) async throws {
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
    fileprivate func placeForWork(of sandbox: Sandbox) async throws -> String {
        let folder = try drillDependencies().folder
        return try await BlockingWork.run(at: Place(folder: folder.path)) { folder.placeForWork(of: sandbox) }
    }
}
