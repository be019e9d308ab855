/// In which keys two snapshots differ, in the order of the keys' bytes.
public struct KeyDifference: Sendable {
    public struct Change: Sendable, Equatable {
        public enum Kind: Sendable, Hashable {
            case added
            case removed
            case changed
        }

        public var kind: Kind
        public var key: [UInt8]
        /// As it was; `nil` where it was not there.
        public var from: KeyChange?
        /// As it is; `nil` where it is not there any more.
        public var to: KeyChange?
    }

    private let first: LiveKeys
    private let second: LiveKeys
    /// How many of each are done.
    private var position = (first: 0, second: 0)

    public init(from first: LiveKeys, to second: LiveKeys) {
        self.first = first
        self.second = second
    }

    /// The next differences, so many at most; none at the end.
    public mutating func next(_ maxCount: Int) -> [Change] {
        var changes: [Change] = []
        while changes.count < maxCount {
            let from = position.first < first.count ? first[position.first] : nil
            let to = position.second < second.count ? second[position.second] : nil
            guard let change = take(from, to) else { break }
            if change.from != change.to { changes.append(change) }
        }
        return changes
    }

    /// Takes the lower key of the two, or both where they are the same.
    private mutating func take(_ from: KeyChange?, _ to: KeyChange?) -> Change? {
        switch (from, to) {
        case (nil, nil):
            return nil
        case (let from?, let to?) where from.key == to.key:
            position.first += 1
            position.second += 1
            var (old, new) = (from, to)
            // Which of the changes of a revision it was says nothing of the key.
            (old.sub, new.sub) = (0, 0)
            return Change(kind: .changed, key: to.key, from: old, to: new)
        case (let from?, let to) where to.map({ from.key[...].precedes($0.key[...]) }) ?? true:
            position.first += 1
            return Change(kind: .removed, key: from.key, from: from)
        case (_, let to):
            position.second += 1
            return to.map { Change(kind: .added, key: $0.key, to: $0) }
        }
    }
}
