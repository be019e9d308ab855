import Synchronization

/// The places that did not answer, and the threads that still wait for them.
final class SilentPlaces: Sendable {
    static let shared = SilentPlaces()

    typealias Instant = ContinuousClock.Instant

    /// A place that did not answer.
    private struct Silence {
        /// Until when it is not asked again.
        var until: Instant
        /// How long it was waited for, where that is less than usual.
        var limit: Duration?
    }

    private struct State {
        var silences: [Place: Silence] = [:]
        /// How many threads wait for each.
        var threads: [Place: Int] = [:]
    }

    /// How long a place is not asked again.
    private static let memory = Duration.seconds(10)
    private static let maxThreadsPerPlace = 4
    private static let maxThreads = 32

    private let state = Mutex(State())
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant = { .now }) {
        self.now = now
    }

    /// - Parameter limit: How long a call may take, where that is less than usual. One that may take longer than a
    ///   place was waited for is made all the same: a disk may have to spin up.
    /// - Throws: `NotAnswering` where it did not answer a moment ago, or too many threads wait for it already.
    func check(_ place: Place, limit: Duration?) throws(NotAnswering) {
        let now = now()
        let silent: (place: Place, retryIn: Duration)? = state.withLock { state in
            state.silences = state.silences.filter { $0.value.until > now }
            let known = state.silences.filter { known, silence in
                guard known.contains(place) else { return false }
                guard let waited = silence.limit else { return true }
                return limit.map { $0 <= waited } ?? false
            }
            if let (place, silence) = known.max(by: { $0.value.until < $1.value.until }) {
                return (place, silence.until - now)
            }
            let isFull = state.threads.values.reduce(0, +) >= Self.maxThreads
            let isCrowded = place.isOnDisk && state.threads[place, default: 0] >= Self.maxThreadsPerPlace
            guard isFull || isCrowded else { return nil }
            return (place, Self.memory)
        }
        if let silent { throw NotAnswering(path: silent.place.path, limit: limit ?? .zero, retryIn: silent.retryIn) }
    }

    /// Leaves a call behind.
    ///
    /// - Parameter settle: Whether the call was still waited for.
    func abandon(_ place: Place, _ settle: () -> Bool) {
        state.withLock { state in
            if settle() { state.threads[place, default: 0] += 1 }
        }
    }

    /// Leaves a call behind because its place was silent, and remembers that.
    ///
    /// - Parameters:
    ///   - limit: How long that was waited for, where that is less than usual.
    ///   - settle: Whether the call was still waited for.
    func abandonSilent(_ place: Place, limit: Duration?, _ settle: () -> Bool) {
        let until = now() + Self.memory
        state.withLock { state in
            guard settle() else { return }
            state.threads[place, default: 0] += 1
            if place.isOnDisk { state.silences[place] = Silence(until: until, limit: limit) }
        }
    }

    /// A call that was left behind has returned after all.
    ///
    /// - Parameter place: Asked for when no other call can be left behind.
    func answered(_ place: @autoclosure () -> Place) {
        state.withLock { state in
            let place = place()
            state.silences[place] = nil
            let count = state.threads[place, default: 1] - 1
            state.threads[place] = count > 0 ? count : nil
        }
    }
}
