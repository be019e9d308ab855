extension SnapshotFile {
    /// The values that changes of keys gave them, in the same order; empty for deletions.
    ///
    /// - Parameter changes: Of this file.
    /// - Throws: `SnapshotProblem`, also where the record of a change is not there; `SnapshotReadingError.unreadable`;
    ///   `CancellationError`.
    public func values(of changes: [KeyChange]) async throws -> [[UInt8]] {
        try await reading { image in
            guard let records = try BucketCursor(image: image, bucket: "key") else {
                throw SnapshotReadingError.damaged(page: image.meta.rootPage, "it has no bucket 'key'")
            }
            return try changes.map { change in
                try Task.checkCancellation()
                return change.isDeletion ? [] : try Self.value(of: change, in: records)
            }
        }
    }

    private static func value(of change: KeyChange, in records: BucketCursor) throws(SnapshotReadingError) -> [UInt8] {
        let revision = RevisionKey(main: change.revision, sub: change.sub)
        guard let found = try records.find(revision.bytes) else {
            throw .damaged(
                page: records.image.meta.rootPage,
                "no way leads to the record of revision \(change.revision), change \(change.sub)"
            )
        }
        return Array(try RecordReader.record(found.element, of: found.page).value)
    }
}
