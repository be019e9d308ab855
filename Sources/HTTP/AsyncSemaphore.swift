/// Lets so many through at once; the others wait in order.
package actor AsyncSemaphore {
    private var freeCount: Int
    private var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
    private var order: ArraySlice<Int> = []
    private var waiterCount = 0

    package init(_ count: Int) {
        freeCount = count
    }

    /// - Throws: `CancellationError` where its task is cancelled before it has its turn.
    package func enter() async throws {
        try Task.checkCancellation()
        if freeCount > 0 {
            freeCount -= 1
            return
        }
        waiterCount += 1
        let waiter = waiterCount
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                waiters[waiter] = continuation
                order.append(waiter)
            }
        } onCancel: {
            Task { await giveUp(waiter) }
        }
    }

    package func leave() {
        while let waiter = order.popFirst() {
            guard let continuation = waiters.removeValue(forKey: waiter) else { continue }
            return continuation.resume()
        }
        freeCount += 1
    }

    private func giveUp(_ waiter: Int) {
        waiters.removeValue(forKey: waiter)?.resume(throwing: CancellationError())
    }
}

extension AsyncSemaphore {
    /// Does something, and leaves however that ends.
    package nonisolated func leaving<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            let result = try await work()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }
}
