/// The keys that a client would have found at a revision, in the order of their bytes.
///
/// They are held in memory without their values; those are read when they are asked for.
public struct LiveKeys: Sendable {
    /// The last change of each key, whose name only the index holds.
    private let index: KeyIndex<KeyChange>
    /// The live ones of the index, in order.
    private let order: [Int]
    /// The revision that they are of.
    public let revision: Int64

    /// - Throws: `RevisionRangeError`, `SnapshotReadingError`, `CancellationError`.
    init(_ image: SnapshotImage, prefix: [UInt8], at revision: Int64?) throws {
        let revision = try RevisionRange(image).resolve(revision)
        var index = KeyIndex<KeyChange>()
        var reader = try RecordReader(image)
        while let record = try reader.next(), record.revision.main <= revision {
            guard !record.isBumpMarker, record.key.starts(with: prefix) else { continue }
            var change = KeyChange(record)
            change.key = []
            let (place, isNew) = index.insert(record.key, change)
            if !isNew { index[place] = change }
        }
        self.revision = revision
        order = (0..<index.count).filter { !index[$0].isDeletion }.sorted { index.key($0).precedes(index.key($1)) }
        self.index = index
    }

    public var count: Int { order.count }

    /// - Parameter position: Counted from 0.
    public subscript(position: Int) -> KeyChange {
        var change = index[order[position]]
        change.key = Array(index.key(order[position]))
        return change
    }
}

extension SnapshotFile {
    /// The keys that begin so and that a client would have found at a revision: the last one where none is given.
    ///
    /// - Throws: `RevisionRangeError`, `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func keys(prefix: [UInt8] = [], at revision: Int64? = nil) async throws -> LiveKeys {
        try await reading { try LiveKeys($0, prefix: prefix, at: revision) }
    }
}
