import Synchronization

/// The calls that some work is in, and since when.
final class CallWatch: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// Why a call is not waited for any more.
    enum Reason: Equatable {
        /// With the place that did not answer, where the call named another one than the work's.
        case silent(Duration, at: Place?)
        case cancelled(at: Place?)
    }

    private struct State {
        var calls: [(number: Int, kind: BlockingCall, place: Place?, since: Instant)] = []
        var count = 0
        var isCancelled = false
    }

    private let limit: Duration?
    private let state = Mutex(State())

    init(limit: Duration?) {
        self.limit = limit
    }

    /// - Parameter place: Where the call goes to, if it is not the work's place.
    /// - Returns: A number to leave it with.
    func enter(_ kind: BlockingCall, at place: Place?) -> Int {
        let now = ContinuousClock.now
        return state.withLock { state in
            state.count += 1
            state.calls.append((state.count, kind, place, now))
            return state.count
        }
    }

    func leave(_ number: Int) {
        state.withLock { state in
            if let index = state.calls.firstIndex(where: { $0.number == number }) { state.calls.remove(at: index) }
        }
    }

    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    /// Whether a call is not to be waited for any more.
    func finding(at now: Instant) -> Reason? {
        let (calls, isCancelled) = state.withLock { ($0.calls, $0.isCancelled) }
        for call in calls {
            let age = now - call.since
            if isCancelled {
                if age >= call.kind.grace { return .cancelled(at: call.place) }
            } else if let usual = call.kind.limit, age >= min(usual, limit ?? usual) {
                return .silent(min(usual, limit ?? usual), at: call.place)
            }
        }
        return nil
    }
}
