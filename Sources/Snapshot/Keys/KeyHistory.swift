/// The changes of keys in the order in which they were made, some at a time.
public struct KeyHistory: Sendable {
    private static let batchCount = 1000

    private var reader: RecordReader
    private let prefix: [UInt8]
    private let maxRevision: Int64

    /// - Throws: `RevisionRangeError`, `SnapshotReadingError`.
    init(_ image: SnapshotImage, prefix: [UInt8], upTo revision: Int64?) throws {
        maxRevision = try RevisionRange(image).resolve(revision)
        reader = try RecordReader(image)
        self.prefix = prefix
    }

    /// The next changes; none at the end.
    ///
    /// - Throws: `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    @concurrent
    public mutating func next() async throws -> [KeyChange] {
        var changes: [KeyChange] = []
        do {
            while changes.count < Self.batchCount, let record = try reader.next(),
                record.revision.main <= maxRevision
            {
                if !record.isBumpMarker, record.key.starts(with: prefix) { changes.append(KeyChange(record)) }
            }
        } catch SnapshotReadingError.damaged(let damage) {
            throw SnapshotProblem.damaged(damage)
        }
        return changes
    }
}

extension SnapshotFile {
    /// All changes of the keys that begin so, up to a revision: the last one where none is given.
    ///
    /// - Throws: `RevisionRangeError`, `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func history(prefix: [UInt8] = [], upTo revision: Int64? = nil) async throws -> KeyHistory {
        try await reading { try KeyHistory($0, prefix: prefix, upTo: revision) }
    }
}
