extension SnapshotFile {
    /// What it holds, by one way through all its pages. The SHA-256 at its end is not looked at.
    ///
    /// - Throws: `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func contents() async throws -> SnapshotContents {
        try await readingThrough { image in
            try IntegrityCheck(image, checksHistory: false) { throw SnapshotReadingError.damaged($0) }.run()
        }
    }
}
