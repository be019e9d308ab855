import Snapshot

/// What is missing of a file, in parts, each cut off when it is asked for: the size that a server reports costs no
/// memory.
struct MissingParts: Sequence, IteratorProtocol, Sendable {
    /// In order, none empty.
    private var gaps: [Range<Int64>] = []
    private let partByteCount: Int64

    /// - Parameter byteCount: Of the whole file.
    init(of byteCount: Int64, besides there: ByteRanges, partByteCount: Int64) {
        self.partByteCount = partByteCount
        var position: Int64 = 0
        for range in there.ranges + [byteCount..<byteCount] {
            let end = Swift.min(range.lowerBound, byteCount)
            if position < end { gaps.append(position..<end) }
            position = Swift.max(position, range.upperBound)
        }
    }

    mutating func next() -> Range<Int64>? {
        gaps.first.map { take($0.prefix(partByteCount), ofGap: 0) }
    }

    /// The part that a byte is in; `nil` where none is missing there, or it was given out already.
    mutating func next(around offset: Int64) -> Range<Int64>? {
        guard let index = gaps.firstIndex(where: { $0.contains(offset) }) else { return nil }
        let start = offset / partByteCount * partByteCount
        let part = start..<start + Swift.min(partByteCount, .max - start)
        return take(part.clamped(to: gaps[index]), ofGap: index)
    }

    private mutating func take(_ part: Range<Int64>, ofGap index: Int) -> Range<Int64> {
        let gap = gaps[index]
        let rest = [gap.lowerBound..<part.lowerBound, part.upperBound..<gap.upperBound]
        gaps.replaceSubrange(index...index, with: rest.filter { !$0.isEmpty })
        return part
    }
}

extension Range<Int64> {
    /// The first so many.
    fileprivate func prefix(_ maxCount: Int64) -> Range { lowerBound..<Swift.min(upperBound, lowerBound + maxCount) }
}
