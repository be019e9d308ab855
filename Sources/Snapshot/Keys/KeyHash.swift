/// The hash of all keys and their history, with which the members of a cluster are compared: that of
/// `etcdctl endpoint hashkv` (etcd v3.5.1 `server/mvcc/kvstore.go`, `HashByRev`).
///
/// Only hashes of the same revision and the same compaction can be compared.
public struct KeyHash: Sendable, Equatable {
    public var hash: UInt32
    /// Up to which revision changes are in it.
    public var revision: Int64
    /// Up to which revision history counts as compacted; 0 where it never was.
    public var compactedRevision: Int64

    init(hash: UInt32, revision: Int64, compactedRevision: Int64) {
        self.hash = hash
        self.revision = revision
        self.compactedRevision = compactedRevision
    }

    /// - Throws: `RevisionRangeError`, `SnapshotReadingError`, `CancellationError`.
    init(_ image: SnapshotImage, at revision: Int64?, compactedAt compacted: Int64?) throws {
        let range = try RevisionRange(image)
        let revision = try range.resolve(revision)
        let compacted = compacted ?? range.compacted
        guard compacted >= range.compacted else {
            throw RevisionRangeError.compacted(asked: compacted, compacted: range.compacted)
        }
        guard compacted <= revision else {
            throw RevisionRangeError.compacted(asked: revision, compacted: compacted)
        }
        try self.init(image, revision: revision, compacted: compacted)
    }

    /// - Throws: `SnapshotReadingError`, `CancellationError`.
    private init(_ image: SnapshotImage, revision: Int64, compacted: Int64) throws {
        self.revision = revision
        compactedRevision = compacted
        // A compaction that is not finished in the file drops what one that is has dropped already.
        let dropsNow = compacted > (try CompactedRevisions(of: image)).finished
        let left = dropsNow ? try Self.lastChanges(image, upTo: compacted) : nil
        let kept = compacted > 0 ? try Self.lastChanges(image, upTo: revision) : KeyIndex<RevisionKey>()
        let keepsAny = (0..<kept.count).contains { !kept[$0].isTombstone }
        var checksum = CRC32C()
        checksum.update(Array("key".utf8))
        var reader = try RecordReader(image)
        while let record = try reader.next(), record.revision.main <= revision {
            if record.revision.main <= compacted {
                if let left, record.revision.isTombstone || !left.holds(record) { continue }
                if keepsAny, record.revision.isTombstone || !kept.holds(record) { continue }
                // A server of 3.4.34, 3.5.16 or later leaves the tombstone that it compacted at, and does not count it.
                if record.revision.isTombstone, record.revision.main == compacted { continue }
            }
            checksum.update(record.page.bytes[record.element.key])
            checksum.update(record.page.bytes[record.element.value])
        }
        hash = checksum.value
    }

    /// The last change of each key: what a compaction there would leave, but for the tombstones.
    private static func lastChanges(_ image: SnapshotImage, upTo revision: Int64) throws -> KeyIndex<RevisionKey> {
        var last = KeyIndex<RevisionKey>()
        var reader = try RecordReader(image)
        while let record = try reader.next(), record.revision.main <= revision {
            let (place, isNew) = last.insert(record.key, record.revision)
            if !isNew { last[place] = record.revision }
        }
        return last
    }
}

extension KeyIndex<RevisionKey> {
    /// Whether a record is the last change of its key.
    fileprivate func holds(_ record: RecordReader.Record) -> Bool {
        index(of: record.key).map { self[$0] == record.revision } ?? false
    }
}

extension SnapshotFile {
    /// - Parameters:
    ///   - revision: The last one where none is given.
    ///   - compacted: As if history had been compacted there since; as it is where none is given.
    /// - Throws: `RevisionRangeError`, `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func keyHash(at revision: Int64? = nil, compactedAt compacted: Int64? = nil) async throws -> KeyHash {
        try await reading { try KeyHash($0, at: revision, compactedAt: compacted) }
    }
}
