extension BlockingWork {
    /// Reads or writes a small file as one call: its folder has as long for that as for a lookup.
    ///
    /// - Throws: `NotAnswering`, `CancellationError`, and what the work throws.
    package static func smallFile<Value: Sendable>(
        at path: String,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await run(at: Place(folderOf: path)) { try call(.lookup) { try work() } }
    }
}
