extension SnapshotFile {
    /// The database in it.
    ///
    /// - Throws: `SnapshotProblem` where it is something else or lacks pages; `SnapshotReadingError`.
    package func image() throws -> SnapshotImage { try SnapshotImage(checking: bytes) }

    /// Reads its pages on a thread of its own.
    package func reading<Result: Sendable>(
        _ body: @escaping @Sendable (SnapshotImage) throws -> Result
    ) async throws -> Result {
        try await running {
            do {
                return try body(self.image())
            } catch SnapshotReadingError.damaged(let damage) {
                throw SnapshotProblem.damaged(damage)
            }
        }
    }
}
