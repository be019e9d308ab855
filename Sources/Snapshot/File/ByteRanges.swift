/// Which bytes of a file are there: ranges that neither touch nor overlap, in order.
package struct ByteRanges: Sendable, Equatable {
    package private(set) var ranges: [Range<Int64>] = []

    package init() {}

    /// How many bytes there are.
    package var byteCount: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    /// How many there are from the start on without a gap.
    package var contiguousByteCount: Int64 {
        ranges.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0
    }

    /// Where the last of them ends.
    package var end: Int64 { ranges.last?.upperBound ?? 0 }

    package mutating func insert(_ range: Range<Int64>) {
        if range.isEmpty { return }
        let start = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.endIndex
        let end = ranges[start...].firstIndex { $0.lowerBound > range.upperBound } ?? ranges.endIndex
        let touched = ranges[start..<end]
        let lower = min(range.lowerBound, touched.first?.lowerBound ?? range.lowerBound)
        let upper = max(range.upperBound, touched.last?.upperBound ?? range.upperBound)
        ranges.replaceSubrange(start..<end, with: [lower..<upper])
    }

    /// The first byte of a range that is not there; `nil` where all are.
    package func firstMissing(in range: Range<Int64>) -> Int64? {
        if range.isEmpty { return nil }
        guard let found = ranges.first(where: { $0.upperBound > range.lowerBound }),
            found.lowerBound <= range.lowerBound
        else { return range.lowerBound }
        return found.upperBound < range.upperBound ? found.upperBound : nil
    }
}
