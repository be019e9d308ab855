import Blocking
package import FoundationEssentials
import Text

/// Makes the sandbox of a drill, from its file to a world that can be opened.
package struct SandboxBuilding: Sendable {
    private let folder: DrillsFolder
    private let file: DrillFile
    private let contents: DrillContents?
    private let seed: Seed
    private let start: Date
    private let limitSeconds: Double?
    private let team: String?

    /// - Parameters:
    ///   - contents: Its snapshots, where they were read already.
    ///   - start: The ages of backups count back from here.
    ///   - limitSeconds: How long the drill may take.
    ///   - team: Whose result it is, where that is not the user's.
    package init(
        _ file: DrillFile,
        with contents: DrillContents? = nil,
        in folder: DrillsFolder,
        seed: Seed,
        start: Date,
        limitSeconds: Double? = nil,
        team: String? = nil
    ) {
        self.file = file
        self.contents = contents
        self.folder = folder
        self.seed = seed
        self.start = start
        self.limitSeconds = limitSeconds
        self.team = team
    }

    /// - Throws: `WorldError`, `CancellationError`. What was made until then is removed.
    package func build() async throws -> (sandbox: Sandbox, lock: SandboxLock) {
        let (folder, file, seed) = (folder, file, seed)
        let contents =
            if let contents { contents } else { try await DrillContents(of: file.drill, besideFileIn: file.folder) }
        let plan = try WorldPlan(file.drill, seed: seed, start: start) { try contents.content(named: $0) }
        // Each step is waited for after Ctrl-C: what it makes is removed.
        let (sandbox, lock) = try await BlockingWork.run(at: Place(folder: folder.path), tidiesUp: true) {
            try folder.newSandbox(of: file.drill.name, seed: seed.value)
        }
        do {
            try await BlockingWork.run(at: Place(folder: sandbox.folder), tidiesUp: true) {
                for path in [sandbox.work, sandbox.home, sandbox.definition, sandbox.orders, sandbox.spool] {
                    try sandbox.makeFolder(path)
                }
                try sandbox.write(file.bytes, to: sandbox.drillFile)
                for name in file.drill.ownFiles {
                    try sandbox.write(contents.content(named: name).bytes, to: sandbox.definition + name.dropFirst(1))
                }
            }
            try await WorldBuilder(plan, in: sandbox).build { try contents.content(named: $0) }
            let state = SandboxState(
                drill: file.drill.name,
                title: plan.drill.title,
                seed: seed.value,
                start: start,
                limitSeconds: limitSeconds,
                team: team,
                accessKeyID: "DRILL" + String(seed.value, radix: 16, uppercase: true),
                secretAccessKey: sha256(of: Array("\(sandbox.folder) \(seed.value)".utf8)),
                sourcePath: file.path
            )
            try await BlockingWork.run(at: Place(folder: sandbox.folder), tidiesUp: true) { try sandbox.write(state) }
        } catch {
            // Also where the task was cancelled: it removes what it made itself.
            try? await Task {
                try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
                    try folder.remove(sandbox, keepingWorkAs: nil)
                }
            }.value
            throw error
        }
        return (sandbox, lock)
    }
}

extension Drill {
    /// The files beside its own that it names, as `./FILE`.
    package var ownFiles: Set<String> {
        Set(world.clusters.flatMap(\.backups).map(\.content).filter { $0.hasPrefix("./") })
    }
}
