import Synchronization

/// How many copies may be kept at the same time.
final class SpoolPlaces: Sendable {
    private let maxCount: Int
    private let takenCount = Mutex(0)

    init(maxCount: Int) {
        self.maxCount = maxCount
    }

    /// Takes the place of one copy, until `free`.
    ///
    /// - Throws: `SpoolError.tooMany`.
    func take() throws(SpoolError) {
        let isTaken = takenCount.withLock { count in
            guard count < maxCount else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw .tooMany }
    }

    func free() { takenCount.withLock { $0 -= 1 } }
}
