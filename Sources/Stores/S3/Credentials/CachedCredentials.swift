package import FoundationEssentials

/// Credentials that are kept until they are about to expire, and renewed by one task at a time.
///
/// From 15 minutes before their end on, the first caller renews them while the others use the old ones; from 10
/// minutes before it on all wait. A renewal that fails is no failure while the old ones hold, and there is no more than
/// one a minute as long as they do.
package actor CachedCredentials {
    private static let advisedSeconds: TimeInterval = 15 * 60
    private static let mandatorySeconds: TimeInterval = 10 * 60
    private static let pauseSeconds: TimeInterval = 60

    private let now: @Sendable () -> Date
    private let resolve: @concurrent @Sendable () async throws -> FoundCredentials
    private var found: FoundCredentials?
    /// A renewal before this is not worth a try while they hold: there has just been one.
    private var earliestRenewal: Date?
    private var renewal: Task<Void, Never>?
    private var waiters: [Int: CheckedContinuation<FoundCredentials, any Error>] = [:]
    private var waiterCount = 0

    /// - Parameter resolve: Finds credentials; is cancelled when no caller waits for it any more.
    package init(
        now: @escaping @Sendable () -> Date,
        resolve: @escaping @concurrent @Sendable () async throws -> FoundCredentials
    ) {
        self.now = now
        self.resolve = resolve
    }

    /// Credentials that hold for a while yet.
    ///
    /// - Throws: What `resolve` throws, and `CancellationError`.
    package func current() async throws -> FoundCredentials {
        guard let found else { return try await renewed() }
        guard let expiration = found.credentials.expiration else { return found }
        let date = now()
        let secondsLeft = expiration.timeIntervalSince(date)
        let isWorthATry = earliestRenewal.map { $0 <= date } ?? true
        switch secondsLeft {
        case ...0: return try await renewed()
        case ..<Self.mandatorySeconds where isWorthATry: break
        case ..<Self.advisedSeconds where isWorthATry && renewal == nil: break
        default: return found
        }
        do {
            return try await renewed()
        } catch let error as CancellationError {
            throw error
        } catch {
            return found
        }
    }

    /// Others instead of credentials that a server says have expired, whatever their date says.
    ///
    /// Many requests may be refused at once: those that come after the renewal get the new credentials.
    ///
    /// - Throws: What `resolve` throws, and `CancellationError`.
    package func renew(_ rejected: Credentials) async throws -> FoundCredentials {
        if let found, found.credentials != rejected { return found }
        return try await renewed()
    }

    // MARK: - Renewal

    /// Joins the renewal that is under way, or starts one.
    private func renewed() async throws -> FoundCredentials {
        waiterCount += 1
        let waiter = waiterCount
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                waiters[waiter] = continuation
                if renewal == nil { start() }
            }
        } onCancel: {
            Task { await leave(waiter) }
        }
    }

    /// A task of its own: who started it may be cancelled while others wait.
    private func start() {
        renewal = Task {
            do {
                finish(.success(try await resolve()))
            } catch {
                finish(.failure(error))
            }
        }
    }

    private func leave(_ waiter: Int) {
        waiters.removeValue(forKey: waiter)?.resume(throwing: CancellationError())
        if waiters.isEmpty { renewal?.cancel() }
    }

    private func finish(_ result: Result<FoundCredentials, any Error>) {
        renewal = nil
        switch result {
        case .success(let found):
            self.found = found
        case .failure where Task.isCancelled && !waiters.isEmpty:
            // All had left and it was cancelled, and then others came.
            return start()
        case .failure: break
        }
        earliestRenewal = now().addingTimeInterval(Self.pauseSeconds)
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume(with: result) }
    }
}
