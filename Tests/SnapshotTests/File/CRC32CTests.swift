import CChecksum
import SnapshotTesting
import TestSupport
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    private typealias Checksum = @Sendable (UInt32, UnsafeRawPointer?, Int) -> UInt32

    private static let ways: [Checksum] = [cchecksum_crc32c, cchecksum_crc32c_portable]

    @Test("is what others give for the same bytes")
    func known() {
        // RFC 3720, appendix B.4, and the usual check value.
        let examples: [([UInt8], UInt32)] = [
            (Array("123456789".utf8), 0xE306_9283),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E),
            ([], 0),
        ]
        for (bytes, checksum) in examples {
            for way in Self.ways { #expect(way(0, bytes, bytes.count) == checksum) }
        }
    }

    @Test("is the same by the processor's instructions and without them, at once and piece by piece")
    func ways() {
        var random = SplitMix(state: 1)
        let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
        bytes.withUnsafeBytes { buffer in
            for _ in 0..<200 {
                let start = Int.random(in: 0..<2000, using: &random)
                let end = Int.random(in: start...5000, using: &random)
                let middle = Int.random(in: start...end, using: &random)
                let base = buffer.baseAddress
                let whole = cchecksum_crc32c(0, base.map { $0 + start }, end - start)
                for way in Self.ways {
                    let first = way(0, base.map { $0 + start }, middle - start)
                    #expect(way(first, base.map { $0 + middle }, end - middle) == whole)
                }
            }
        }
    }
}
