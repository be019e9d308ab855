import Snapshot
import Testing

@testable import Backups

struct MissingPartsTests {
    @Test func `the parts of a file whose size is absurd are made one by one`() {
        var ranges = ByteRanges()
        ranges.insert(10..<20)
        var missing = MissingParts(of: .max, besides: ranges, partByteCount: 16)
        #expect(missing.next(around: .max - 1) == .max - 15..<Int64.max)
        #expect(Array(missing.prefix(3)) == [0..<10, 20..<36, 36..<52])
    }

    @Test func `a part that is wanted comes first, and none comes twice`() {
        var missing = MissingParts(of: 100, besides: ByteRanges(), partByteCount: 16)
        #expect(missing.next() == 0..<16)
        #expect(missing.next(around: 99) == 96..<100)
        #expect(missing.next(around: 50) == 48..<64)
        #expect(missing.next(around: 50) == nil)
        #expect(missing.next(around: 3) == nil)
        #expect(Array(missing) == [16..<32, 32..<48, 64..<80, 80..<96])
    }

    @Test func `what is missing is just what is not there, in parts that are not too large`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var ranges = ByteRanges()
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let start = Int64.random(in: 0..<40, using: &generator)
                ranges.insert(start..<Int64.random(in: start...40, using: &generator))
            }
            var missing = MissingParts(of: 40, besides: ranges, partByteCount: 7)
            while true {
                let wanted = Bool.random(using: &generator) ? Int64.random(in: 0..<40, using: &generator) : nil
                guard let part = wanted.flatMap({ missing.next(around: $0) }) ?? missing.next() else { break }
                #expect(!part.isEmpty && part.count <= 7)
                for byte in part { #expect(ranges.firstMissing(in: byte..<byte + 1) == byte) }
                ranges.insert(part)
            }
            #expect(ranges.firstMissing(in: 0..<40) == nil)
        }
    }
}
