package import Backups
import TestSupport
import Testing

/// A codec whose contract is checked, and how to encode what it decodes.
///
/// A new codec joins by one line in the list of kinds that a test target hands to `CodecRule.cases(of:)`.
package struct CodecUnderTest: Sendable {
    package let codec: any Codec
    /// Encodes bytes, as others do.
    let encode: @Sendable ([UInt8]) throws -> [UInt8]

    package init(_ codec: any Codec, encode: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.codec = codec
        self.encode = encode
    }

    /// Decodes pieces of a stream, one after the other.
    package static func decode(
        _ pieces: some Sequence<ArraySlice<UInt8>>,
        with codec: any Codec,
        maxByteCount: Int64 = .max
    ) throws -> (decoded: [UInt8], ignoredByteCount: Int64) {
        let decoding = try Decoding(codec, maxByteCount: maxByteCount)
        var decoded: [UInt8] = []
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in try decoding.update(bytes) { decoded += $0 } }
        }
        let ignoredByteCount = try decoding.finish()
        #expect(decoding.byteCount == Int64(decoded.count))
        return (decoded, ignoredByteCount)
    }

    private func decode(_ encoded: [UInt8], maxByteCount: Int64 = .max) throws -> [UInt8] {
        try Self.decode([encoded[...]], with: codec, maxByteCount: maxByteCount).decoded
    }

    /// What is encoded and decoded again.
    private static func samples() throws -> [[UInt8]] {
        [[], [7], Array("a snapshot".utf8), try Fixture.snapshot("early.db")]
    }

    func decodesHoweverItIsSplit() throws {
        for sample in try Self.samples() { try decodesHoweverItIsSplit(encode(sample), to: sample) }
    }

    private func decodesHoweverItIsSplit(_ encoded: [UInt8], to sample: [UInt8]) throws {
        // Every place to split it in two, of a long one some; then pieces of one size.
        for place in stride(from: 0, through: encoded.count, by: max(1, encoded.count / 200)) {
            let pieces = [encoded[..<place], encoded[place...]]
            try #require(try Self.decode(pieces, with: codec) == (sample, 0), "split at \(place)")
        }
        for size in [1, 2, 3, 7, 4096] {
            let pieces = stride(from: 0, to: encoded.count, by: size).map {
                encoded[$0..<min($0 + size, encoded.count)]
            }
            try #require(try Self.decode(pieces, with: codec) == (sample, 0), "pieces of \(size)")
        }
    }

    func noticesTruncation() throws {
        for sample in try Self.samples() { try noticesTruncation(of: encode(sample)) }
    }

    private func noticesTruncation(of encoded: [UInt8]) throws {
        for count in stride(from: 0, to: encoded.count, by: max(1, encoded.count / 200)) {
            let truncated = Array(encoded.prefix(count))
            #expect(throws: CodecError(codec.encoding, .truncated(byteCount: Int64(count)))) { try decode(truncated) }
        }
    }

    func boundsItsPieces() throws {
        let zeros = [UInt8](repeating: 0, count: 5 << 20)
        let encoded = try encode(zeros)
        let decoding = try Decoding(codec, maxByteCount: .max)
        var largest = 0
        try encoded.withUnsafeBytes { bytes in try decoding.update(bytes) { largest = max(largest, $0.count) } }
        _ = try decoding.finish()
        #expect(decoding.byteCount == Int64(zeros.count))
        #expect((1...Decoding.maxPieceByteCount).contains(largest))
    }

    func keepsToItsBudget() throws {
        let zeros = [UInt8](repeating: 0, count: 5 << 20)
        let encoded = try encode(zeros)
        #expect(try decode(encoded, maxByteCount: Int64(zeros.count)) == zeros)
        for budget in [0, 1, 1 << 20, Int64(zeros.count) - 1] {
            let decoding = try Decoding(codec, maxByteCount: budget)
            var count: Int64 = 0
            #expect(throws: CodecError(codec.encoding, .noRoom(maxByteCount: budget))) {
                try encoded.withUnsafeBytes { bytes in try decoding.update(bytes) { count += Int64($0.count) } }
            }
            #expect(count <= budget)
        }
    }

    func passesOnWhatTheSinkThrows() throws {
        struct Full: Error {}
        let encoded = try encode([1, 2, 3])
        #expect(throws: Full.self) {
            let decoding = try Decoding(codec, maxByteCount: .max)
            try encoded.withUnsafeBytes { bytes in try decoding.update(bytes) { _ in throw Full() } }
            _ = try decoding.finish()
        }
    }

    /// Whatever happens to the bytes: either the original comes out, or an error.
    func neverTakesAlteredBytesForTheOriginal() throws {
        var random = SeededGenerator(seed: 14)
        let sample = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 / 7 &* $0) }
        let encoded = try encode(sample)
        for round in 0..<500 {
            var altered = encoded
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                altered[Int.random(in: altered.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            if Bool.random(using: &random) { altered.removeLast(Int.random(in: 0..<altered.count, using: &random)) }
            do {
                let decoded = try decode(altered, maxByteCount: 1 << 20)
                #expect(decoded == sample, "round \(round)")
            } catch is CodecError {
                continue
            }
        }
    }

    func endsWhenItsTaskIsCancelled() async throws {
        let encoded = try encode([UInt8](repeating: 0, count: 5 << 20))
        let codec = codec
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try CodecUnderTest.decode([encoded[...]], with: codec).decoded.count
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
