import Blocking
import Drills
import FoundationEssentials

/// Results of drills: each attempt is kept once, also one that was left before its goal.
extension Session {
    /// The results of all drills that were played here.
    ///
    /// - Throws: `SystemError`, `CancellationError`.
    func drillResults() async throws -> [DrillResult] {
        guard let folder = dependencies.drills?.folder else { return [] }
        return try await BlockingWork.run(at: Place(folder: folder.path)) {
            try ResultsFile(folder.resultsFile).results
        }
    }

    /// Keeps the result of the drill that this session is about to end, where it is not kept yet; also after Ctrl-C.
    func keepResult(of drill: DrillSession) async {
        await keeping {
            let progress = try await drill.progress()
            guard progress.hasNewResult else { return }
            let (person, now) = (try self.person(drill.state), self.dependencies.now())
            try await self.keep(try await drill.result(progress, person: person, at: now))
        }
    }

    /// Keeps the result of a drill that was left, where it is not kept yet.
    func keepResult(of left: RemovedDrill) async {
        guard let state = left.state, left.progress.hasNewResult else { return }
        await keeping {
            let end = left.progress.reachedAt ?? left.progress.commands.last?.time ?? state.start
            try await self.keep(
                DrillResult(state, left.progress, person: try self.person(state), recoveredAt: nil, end: end)
            )
        }
    }

    /// Whose result it is.
    func person(_ state: SandboxState) throws -> String { try state.team ?? drillDependencies().person() }

    private func keeping(_ work: @escaping @MainActor () async throws -> Void) async {
        do {
            try await Task { try await work() }.value
        } catch {
            output.warning("\(error): this attempt is missing in 'drill report'")
        }
    }

    /// Adds a result to those of this user.
    func keep(_ result: DrillResult) async throws {
        let folder = try drillDependencies().folder
        try await BlockingWork.run(at: Place(folder: folder.path)) { try ResultsFile(folder.resultsFile).add(result) }
    }
}
