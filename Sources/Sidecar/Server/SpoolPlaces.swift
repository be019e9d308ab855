import Backups
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
    /// - Throws: `TooManyCopies`.
    func take() throws(TooManyCopies) {
        let isTaken = takenCount.withLock { count in
            guard count < maxCount else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw TooManyCopies() }
    }

    func free() { takenCount.withLock { $0 -= 1 } }
}

/// As many copies as may be kept are made or sent just now.
struct TooManyCopies: UserError, Equatable {
    var code: String { "server.busy" }
    var category: ErrorCategory { .failed }
    var description: String { "too many copies are being made or sent" }
    var nextStep: NextStep? { "ask again when a download has ended" }
}
