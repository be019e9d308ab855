import Dispatch
import Synchronization

/// Looks after all work that runs, again and again as long as there is any.
final class Watchman: Sendable {
    static let shared = Watchman()

    typealias Look = @Sendable (_ now: ContinuousClock.Instant) -> Void

    private struct State {
        var looks: [Int: Look] = [:]
        var count = 0
        var isOnDuty = false
    }

    private let state = Mutex(State())
    // It must never wait behind a thread that is blocked.
    private let queue = DispatchQueue(label: "snapsh.watchman", qos: .userInitiated)

    /// Often enough that Ctrl-C feels immediate.
    private static let interval = DispatchTimeInterval.milliseconds(20)

    /// - Returns: A number to remove it with.
    func add(_ look: @escaping Look) -> Int {
        let (number, starts) = state.withLock { state in
            state.count += 1
            state.looks[state.count] = look
            defer { state.isOnDuty = true }
            return (state.count, !state.isOnDuty)
        }
        if starts { schedule() }
        return number
    }

    func remove(_ number: Int) {
        state.withLock { _ = $0.looks.removeValue(forKey: number) }
    }

    private func schedule() {
        queue.asyncAfter(deadline: .now() + Self.interval) { self.makeRound() }
    }

    private func makeRound() {
        let looks = state.withLock { state in
            if state.looks.isEmpty { state.isOnDuty = false }
            return Array(state.looks.values)
        }
        if looks.isEmpty { return }
        let now = ContinuousClock.now
        for look in looks { look(now) }
        schedule()
    }
}
