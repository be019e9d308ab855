package import HTTP

/// How providers reach the world.
package struct ProviderContext: Sendable {
    package var exchange: HTTPExchange
    package var clock: ServerClock
    /// Waits before another try.
    package var pause: @Sendable (Duration) async throws -> Void
    /// How long a `credential_process` may take: long enough for one that asks a person in a browser.
    package var processTimeLimit: Duration = .seconds(60)

    package init(
        exchange: @escaping HTTPExchange,
        clock: ServerClock,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.exchange = exchange
        self.clock = clock
        self.pause = pause
    }

    /// How often a server is asked that is busy or does not answer.
    static let tryCount = 3

    /// The response to a request, after a few tries where none comes or the server says that it is busy.
    ///
    /// - Parameter isBusy: Whether to ask again; a status of 429 or from 500 on where nothing else is given.
    /// - Throws: `ProviderError` where no response comes, and `CancellationError`.
    func response(
        to request: HTTPRequest,
        isBusy: (HTTPResponse) -> Bool = { $0.status == 429 || $0.status >= 500 }
    ) async throws -> HTTPResponse {
        var attempt = 1
        while true {
            do {
                let response = try await exchange(request)
                if attempt == Self.tryCount || !isBusy(response) { return response }
            } catch let error as HTTPError where error.isTransient && attempt < Self.tryCount {
                // Once more.
            } catch let error as HTTPError {
                throw ProviderError.broken("\(error)")
            }
            // As AWS's standard retries: up to 1 s, then up to 2 s.
            try await pause(.milliseconds(Int.random(in: 0...1000) << (attempt - 1)))
            attempt += 1
        }
    }
}
