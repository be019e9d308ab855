import Backups
import BackupsTesting
import Codecs
import TestSupport
import Testing

@Suite("The codec of Go's LZW")
struct LZWCodecTests {
    private func decode(_ encoded: [UInt8]) throws -> (decoded: [UInt8], ignoredByteCount: Int64) {
        try CodecUnderTest.decode(SplitInput(encoded, maxPieceByteCount: 1), with: LZWCodec())
    }

    /// Packs codes of 9 bits, lowest bit first.
    private func packed(_ codes: [Int]) -> [UInt8] {
        var bits: [Bool] = []
        for code in codes { bits += (0..<9).map { code >> $0 & 1 == 1 } }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
        }
    }

    /// By hand, from the algorithm: 258 is the first code that is made, of the first two bytes.
    @Test(
        "reads codes by hand",
        arguments: [
            ([256, 257], ""),
            ([257], ""),
            ([256, 84, 79, 257], "TO"),
            // A code before it is complete: its string, and the first byte of that again.
            ([256, 97, 258, 259, 257], "aaaaaa"),
            ([256, 84, 79, 66, 69, 258, 260, 257], "TOBETOBE"),
            // Without a clear code at its beginning, as Go before 1.17 wrote it.
            ([84, 79, 258, 257], "TOTO"),
            // Forgets what it knew.
            ([256, 97, 258, 256, 98, 258, 257], "aaabbb"),
        ]
    )
    func vectors(codes: [Int], text: String) throws {
        #expect(try decode(packed(codes)) == (Array(text.utf8), 0))
        #expect(try decode(packed(codes) + [1, 2, 3]) == (Array(text.utf8), 3))
    }

    @Test("uses codes of 12 bits, and begins anew when all are used")
    func allWidths() throws {
        var random = SeededGenerator(seed: 3)
        let noise = (0..<60_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 / 300 &* 7 &+ $0 % 5) }
        for bytes in [noise, text, [UInt8](repeating: 0, count: 300_000), try Fixture.snapshot("late.db")] {
            let encoded = LZWEncoder.encode(bytes)
            #expect(try CodecUnderTest.decode(MemoryInput(encoded), with: LZWCodec()).decoded == bytes)
        }
    }

    @Test("refuses codes without a meaning, and what the program compress wrote")
    func refused() throws {
        for codes in [[256, 258, 257], [256, 97, 260, 257]] {
            #expect {
                _ = try decode(packed(codes))
            } throws: {
                if case .damaged? = ($0 as? CodecError)?.problem { true } else { false }
            }
        }
        #expect {
            _ = try decode([0x1F, 0x9D, 0x90, 0, 0])
        } throws: {
            if case .unsupported? = ($0 as? CodecError)?.problem { true } else { false }
        }
    }

    @Test("is found by the name alone, and undoes a whole snapshot")
    func byName() throws {
        let snapshot = try Fixture.snapshot("early.db")
        var bytes: [UInt8] = []
        let unpacked = try Unpacking(CodecRegistry.all, named: .lzw).runHere(MemoryInput(LZWEncoder.encode(snapshot))) {
            piece,
            _ in
            bytes += piece
        }
        #expect(bytes == snapshot && unpacked.layers == [.lzw])
    }
}
