extension StoreTraits {
    /// Does something for each of many, as many at once as is worth it.
    ///
    /// - Returns: The result of each, in order.
    /// - Throws: The first error; the others are cancelled.
    public func inParallel<Item: Sendable, Result: Sendable>(
        _ items: [Item],
        _ work: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        let width =
            switch self {
            case .local, .streaming: 1
            case .remote(let parallelCalls): parallelCalls
            }
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: items.count)
            var next = 0
            func start() {
                let index = next
                next += 1
                group.addTask { (index, try await work(items[index])) }
            }
            while next < min(width, items.count) { start() }
            while let (index, result) = try await group.next() {
                results[index] = result
                if next < items.count { start() }
            }
            return results.compactMap(\.self)
        }
    }
}
