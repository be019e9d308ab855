extension Catalog {
    /// The snapshots of a cluster's ordinary days, the oldest first.
    package static var ordinaryNames: [String] { snapshots.filter(\.isOrdinary).map(\.name) }

    /// What a world's backup is made of.
    ///
    /// - Throws: `WorldError`.
    static func content(named name: String) throws(WorldError) -> SnapshotContent {
        guard let snapshot = snapshot(named: name) else { throw .unknownContent(name) }
        do {
            return SnapshotContent(
                etcdVersion: snapshot.etcdVersion,
                revision: snapshot.revision,
                bytes: try snapshot.bytes()
            )
        } catch {
            throw .unreadable(content: name, reason: "\(error)")
        }
    }
}
