import Testing

@testable import Snapshot

struct ByteRangesTests {
    @Test func `inserted ranges are joined where they touch or overlap, in any order`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var ranges = ByteRanges()
            var bytes = [Bool](repeating: false, count: 40)
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                let start = Int.random(in: 0..<40, using: &generator)
                let end = Int.random(in: start...40, using: &generator)
                ranges.insert(Int64(start)..<Int64(end))
                for index in start..<end { bytes[index] = true }
            }
            #expect(ranges.byteCount == bytes.count { $0 })
            #expect(ranges.contiguousByteCount == bytes.prefix { $0 }.count)
            #expect(ranges.end == bytes.lastIndex(of: true).map { $0 + 1 } ?? 0)
            for (a, b) in zip(ranges.ranges, ranges.ranges.dropFirst()) { #expect(a.upperBound < b.lowerBound) }
            let start = Int.random(in: 0...40, using: &generator)
            let end = Int.random(in: start...40, using: &generator)
            let firstMissing = bytes[start..<end].firstIndex(of: false).map(Int64.init)
            #expect(ranges.firstMissing(in: Int64(start)..<Int64(end)) == firstMissing)
        }
    }
}
