import Synchronization

/// How many copies may be kept at the same time.
final class SpoolPlaces: Sendable {
    /// One copy's place, free again with this object.
    final class Place: Sendable {
        private let places: SpoolPlaces

        fileprivate init(_ places: SpoolPlaces) {
            self.places = places
        }

        deinit { places.takenCount.withLock { $0 -= 1 } }
    }

    private let greatestCount: Int
    private let takenCount = Mutex(0)

    init(greatestCount: Int) {
        self.greatestCount = greatestCount
    }

    /// - Throws: `SpoolError.tooMany`.
    func take() throws(SpoolError) -> Place {
        let isTaken = takenCount.withLock { count in
            guard count < greatestCount else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw .tooMany }
        return Place(self)
    }
}
