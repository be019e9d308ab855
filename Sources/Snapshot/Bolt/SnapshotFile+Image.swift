import Blocking

extension SnapshotFile {
    /// The database in it.
    ///
    /// - Throws: `SnapshotProblem` where it is something else or lacks pages; `SnapshotReadingError`.
    package func image() throws -> SnapshotImage { try SnapshotImage(checking: bytes) }

    /// Reads its pages on a thread of its own.
    package func reading<Result: Sendable>(
        _ body: @escaping @Sendable (SnapshotImage) throws -> Result
    ) async throws -> Result {
        try await running { try Self.reading(self.bytes, body) }
    }

    /// The same for what goes through the trees from end to end and has work with each byte: another thread reads ahead
    /// of it. Where there is less to do, the way from one processor to the other takes more than it saves.
    package func readingThrough<Result: Sendable>(
        _ body: @escaping @Sendable (SnapshotImage) throws -> Result
    ) async throws -> Result {
        try await running {
            let shared = SharedBytes(self.bytes, isReadAhead: true)
            let result = await withTaskGroup { group in
                // It starts on its own thread, while this one reads the trees.
                group.addTask(executorPreference: DedicatedThread()) { shared.readAhead() }
                defer { shared.endReadingTrees() }
                return Swift.Result { try Self.reading(shared, body) }
            }
            return try result.get()
        }
    }

    private static func reading<Result>(
        _ bytes: any ByteSource,
        _ body: (SnapshotImage) throws -> Result
    ) throws -> Result {
        do {
            return try body(SnapshotImage(checking: bytes))
        } catch SnapshotReadingError.damaged(let damage) {
            throw SnapshotProblem.damaged(damage)
        }
    }
}
