import Snapshot

/// The keys that live in a snapshot or in a member's database, with their values, and the ids of the members.
struct SnapshotKeys: Sendable, Equatable {
    var live: [[UInt8]: [UInt8]]
    var members: Set<UInt64>

    /// - Throws: `SnapshotProblem`, `SnapshotReadingError`, `CancellationError`.
    init(path: String) async throws {
        let file = try SnapshotFile(path: path)
        let keys = try await file.keys()
        let changes = (0..<keys.count).map { keys[$0] }
        let values = try await file.values(of: changes)
        live = Dictionary(zip(changes.map(\.key), values)) { $1 }
        members = Set(try await file.verify().contents?.members.map(\.id) ?? [])
    }
}
