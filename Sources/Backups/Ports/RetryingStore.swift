import Synchronization
import Text

/// A store whose calls are made again where they broke off, after a pause that grows, and that says so.
///
/// A range is resumed at the byte that it had reached; each byte that comes starts the count of tries anew.
public struct RetryingStore: Store {
    private static let maxTryCount = 10

    private let store: any Store
    private let report: @Sendable (Notice) -> Void
    private let timeLimit: Duration
    private let pause: @Sendable (Duration) async throws -> Void
    private let outage = Outage()

    /// - Parameters:
    ///   - timeLimit: After that long without a byte there is no other try: who waits wants to hear of it.
    ///   - report: Gets the reason of each further try.
    ///   - pause: Waits; throws `CancellationError` where its task is cancelled.
    public init(
        _ store: any Store,
        timeLimit: Duration = .seconds(60),
        report: @escaping @Sendable (Notice) -> Void,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.store = store
        self.timeLimit = timeLimit
        self.report = report
        self.pause = pause
    }

    public var traits: StoreTraits { store.traits }

    public func list(_ request: ListRequest) async throws -> ListPage {
        try await trying { try await store.list(request) }
    }

    public func stat(_ key: String) async throws -> StoreEntry {
        try await trying { try await store.stat(key) }
    }

    public func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        var position = range.lowerBound
        var tries = Tries()
        while true {
            let start = position
            do {
                return try await store.read(entry, range: position..<range.upperBound) { bytes in
                    try sink(bytes)
                    if position == start { outage.end() }
                    position += Int64(bytes.count)
                }
            } catch let error as StoreError {
                if position > start { tries = Tries() }
                try await wait(after: error, &tries)
            }
        }
    }

    private func trying<Result>(_ call: () async throws -> Result) async throws -> Result {
        var tries = Tries()
        while true {
            do {
                let result = try await call()
                outage.end()
                return result
            } catch let error as StoreError {
                try await wait(after: error, &tries)
            }
        }
    }

    /// The tries of one call since anything came through.
    private struct Tries {
        var failures = 0
        let start = ContinuousClock.now
    }

    /// - Throws: The error itself where another try can't help, and `CancellationError`.
    private func wait(after error: StoreError, _ tries: inout Tries) async throws {
        tries.failures += 1
        guard case .interrupted(let name, let reason, let retryAfter) = error,
            tries.failures < Self.maxTryCount, ContinuousClock.now - tries.start < timeLimit
        else { throw error }
        // With jitter, so that many that were turned away together don't come back together.
        let backoff = Duration.milliseconds(Int.random(in: 50...100) << min(tries.failures, 8))
        let delay = max(backoff, retryAfter ?? .zero)
        // What is broken for several calls at once is reported once.
        if tries.failures > 1 || delay >= .seconds(1), outage.isNews(failureCount: tries.failures) {
            let wait = delay >= .seconds(2) ? " in \(delay.components.seconds) s" : ""
            report(
                .note(
                    "\(name.printable): \(reason.printable); trying again\(wait)"
                        + " (\(tries.failures + 1) of \(Self.maxTryCount))"
                )
            )
        }
        try await pause(delay)
    }
}

/// A time in which no call of the store succeeds.
private final class Outage: Sendable {
    /// The most failures in a row that were reported.
    private let reportedCount = Mutex(0)

    func isNews(failureCount: Int) -> Bool {
        reportedCount.withLock { reportedCount in
            defer { reportedCount = max(reportedCount, failureCount) }
            return failureCount > reportedCount
        }
    }

    func end() { reportedCount.withLock { $0 = 0 } }
}
