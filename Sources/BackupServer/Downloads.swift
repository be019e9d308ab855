import Synchronization

/// How many downloads are running, which is bounded, and how many came to their end.
final class Downloads: Sendable {
    /// Each takes a piece of memory and, of a volume, an open file.
    private let greatestCount: Int
    private let counts = Mutex((running: 0, finished: 0))

    init(greatestCount: Int = 128) {
        self.greatestCount = greatestCount
    }

    var finishedCount: Int { counts.withLock { $0.finished } }

    /// - Returns: Whether there is room for one more.
    func begin() -> Bool {
        counts.withLock { counts in
            guard counts.running < greatestCount else { return false }
            counts.running += 1
            return true
        }
    }

    func end(isWhole: Bool) {
        counts.withLock { counts in
            counts.running -= 1
            if isWhole { counts.finished += 1 }
        }
    }
}
