/// Which bytes of a file are there: ranges that neither touch nor overlap, in order.
struct ByteRanges: Sendable, Equatable {
    private(set) var ranges: [Range<Int64>] = []

    /// How many bytes there are.
    var byteCount: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    /// How many there are from the start on without a gap.
    var contiguousByteCount: Int64 { ranges.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0 }

    /// Where the last of them ends.
    var end: Int64 { ranges.last?.upperBound ?? 0 }

    mutating func insert(_ range: Range<Int64>) {
        if range.isEmpty { return }
        let start = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.endIndex
        let end = ranges[start...].firstIndex { $0.lowerBound > range.upperBound } ?? ranges.endIndex
        let touched = ranges[start..<end]
        let lower = min(range.lowerBound, touched.first?.lowerBound ?? range.lowerBound)
        let upper = max(range.upperBound, touched.last?.upperBound ?? range.upperBound)
        ranges.replaceSubrange(start..<end, with: [lower..<upper])
    }

    /// What is missing of a file of so many bytes, in order, in pieces of a part's size at most.
    func missing(of byteCount: Int64, partByteCount: Int64) -> MissingParts {
        var gaps: [Range<Int64>] = []
        var position: Int64 = 0
        for range in ranges + [byteCount..<byteCount] {
            let end = min(range.lowerBound, byteCount)
            if position < end { gaps.append(position..<end) }
            position = max(position, range.upperBound)
        }
        return MissingParts(gaps: gaps[...], partByteCount: partByteCount)
    }
}

/// Gaps in pieces, each cut off when it is asked for: the size that a server reports costs no memory.
struct MissingParts: Sequence, IteratorProtocol, Sendable {
    /// In order, none empty.
    fileprivate var gaps: ArraySlice<Range<Int64>>
    fileprivate let partByteCount: Int64

    mutating func next() -> Range<Int64>? {
        guard let gap = gaps.popFirst() else { return nil }
        guard gap.upperBound - gap.lowerBound > partByteCount else { return gap }
        let end = gap.lowerBound + partByteCount
        gaps = [end..<gap.upperBound] + gaps
        return gap.lowerBound..<end
    }
}
