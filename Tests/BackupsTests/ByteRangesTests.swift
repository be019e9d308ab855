import Testing

@testable import Backups

struct ByteRangesTests {
    @Test func `the parts of a file whose size is absurd are made one by one`() {
        var ranges = ByteRanges()
        ranges.insert(10..<20)
        let missing = ranges.missing(of: .max, partByteCount: 16)
        #expect(Array(missing.prefix(3)) == [0..<10, 20..<36, 36..<52])
    }

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

            // What is missing is just the rest, in pieces that are not too large.
            let missing = ranges.missing(of: 40, partByteCount: 7)
            var rest = bytes
            for part in missing {
                #expect(!part.isEmpty && part.count <= 7)
                for index in part {
                    #expect(!rest[Int(index)])
                    rest[Int(index)] = true
                }
            }
            #expect(rest.allSatisfy { $0 })
        }
    }
}
