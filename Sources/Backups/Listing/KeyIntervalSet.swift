/// Keys in the order of their bytes: those after one, up to and including another.
struct KeyInterval: Sendable, Equatable {
    var after: String
    var through: String

    var isEmpty: Bool { !after.precedesInBytes(through) }

    func contains(_ key: String) -> Bool {
        after.precedesInBytes(key) && !through.precedesInBytes(key)
    }
}

/// Which keys pages have covered, as intervals: what lies in one of them is known, be there a file of that name or not.
struct KeyIntervalSet: Sendable {
    /// In order, with something between each two.
    private var intervals: [KeyInterval] = []

    mutating func insert(_ interval: KeyInterval) {
        guard !interval.isEmpty else { return }
        var merged = interval
        let first = intervals.firstIndex { !$0.through.precedesInBytes(interval.after) } ?? intervals.endIndex
        var end = first
        while end < intervals.endIndex, !interval.through.precedesInBytes(intervals[end].after) {
            if intervals[end].after.precedesInBytes(merged.after) { merged.after = intervals[end].after }
            if merged.through.precedesInBytes(intervals[end].through) { merged.through = intervals[end].through }
            end += 1
        }
        intervals.replaceSubrange(first..<end, with: CollectionOfOne(merged))
    }

    /// What of an interval is not known yet, in order.
    func gaps(in interval: KeyInterval) -> [KeyInterval] {
        var gaps: [KeyInterval] = []
        var rest = interval
        for known in intervals where rest.after.precedesInBytes(known.through) {
            guard known.after.precedesInBytes(rest.through) else { break }
            let gap = KeyInterval(after: rest.after, through: known.after)
            if !gap.isEmpty { gaps.append(gap) }
            rest.after = known.through
        }
        if !rest.isEmpty { gaps.append(rest) }
        return gaps
    }
}
