/// Why it is unknown what a snapshot held at a revision.
public enum RevisionRangeError: Error, Sendable, Equatable {
    /// The file ends before it.
    case beyondEnd(asked: Int64, last: Int64)
    /// History before `compacted` is gone.
    case compacted(asked: Int64, compacted: Int64)
}

/// Which revisions a snapshot can show.
package struct RevisionRange {
    /// The cluster's revision when it was saved.
    package let last: Int64
    /// Before this one, history is gone.
    package let compacted: Int64

    /// - Throws: `SnapshotReadingError`.
    package init(_ image: SnapshotImage) throws(SnapshotReadingError) {
        compacted = try CompactedRevisions(of: image).latest
        var last = max(1, compacted)
        if let found = try BucketCursor(image: image, bucket: "key")?.last() {
            last = max(last, try RecordReader.record(found.element, of: found.page).revision.main)
        }
        self.last = last
    }

    /// The revision that was asked for, or the last one.
    package func resolve(_ revision: Int64?) throws(RevisionRangeError) -> Int64 {
        guard let revision else { return last }
        guard revision <= last else { throw .beyondEnd(asked: revision, last: last) }
        guard revision >= compacted else { throw .compacted(asked: revision, compacted: compacted) }
        return revision
    }
}
