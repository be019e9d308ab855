extension Task where Failure == any Error {
    /// Its value, waited for only as long as the waiting task is not cancelled; the awaited task continues.
    ///
    /// - Throws: What the task throws, and `CancellationError`.
    package var valueUnlessCancelled: Success {
        get async throws {
            let outcome = Outcome<Success>()
            Task<Void, Never> { outcome.settle(await result) }
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { outcome.wait($0) }
            } onCancel: {
                outcome.settle(.failure(Swift.CancellationError()))
            }
        }
    }
}
