package import Backups
import TestSupport
import Testing

/// A codec whose contract is checked, and how to encode what it decodes.
///
/// A new codec joins by one line in the list of kinds that a test target hands to `CodecRule.cases(of:)`.
package struct CodecUnderTest: Sendable {
    /// What it has for sure, as its format is.
    package struct Traits: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// It has a checksum over all that it decodes to.
        package static let checksum = Traits(rawValue: 1)
        /// It shows at which byte it was cut off, and even nothing can be encoded so.
        package static let exactLength = Traits(rawValue: 2)
        /// It holds snapshots, and nothing else.
        package static let archive = Traits(rawValue: 4)
    }

    package let codec: any Codec
    package let traits: Traits
    /// Encodes bytes, as others do.
    let encode: @Sendable ([UInt8]) throws -> [UInt8]

    package init(
        _ codec: any Codec,
        _ traits: Traits,
        encode: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.codec = codec
        self.traits = traits
        self.encode = encode
    }

    /// Decodes what one codec alone has encoded, whatever it is.
    package static func decode(
        _ input: some ByteInput,
        with codec: any Codec,
        maxByteCount: Int64 = .max
    ) throws -> (decoded: [UInt8], ignoredByteCount: Int64) {
        var unpacking = Unpacking([codec], named: codec.encoding, maxByteCount: maxByteCount)
        unpacking.endsEarly = false
        var decoded: [UInt8] = []
        let unpacked = try unpacking.runHere(input) { piece, offset in
            #expect(offset == Int64(decoded.count))
            decoded += piece
        }
        #expect(unpacked.byteCount == Int64(decoded.count))
        #expect(unpacked.layers == [codec.encoding])
        return (decoded, unpacked.ignoredByteCount)
    }

    private func decode(_ encoded: [UInt8], maxByteCount: Int64 = .max) throws -> [UInt8] {
        try Self.decode(MemoryInput(encoded), with: codec, maxByteCount: maxByteCount).decoded
    }

    /// What is encoded and decoded again.
    private func samples() throws -> [[UInt8]] {
        let snapshot = try Fixture.snapshot("early.db")
        if traits.contains(.archive) { return [snapshot] }
        return (traits.contains(.exactLength) ? [[]] : []) + [[7], Array("a snapshot".utf8), snapshot]
    }

    /// Something large that takes little room encoded.
    private func large() throws -> [UInt8] {
        try Array(Fixture.snapshot("early.db").prefix(4096)) + [UInt8](repeating: 0, count: 5 << 20)
    }

    func decodesHoweverItIsSplit() throws {
        for sample in try samples() { try decodesHoweverItIsSplit(encode(sample), to: sample) }
    }

    private func decodesHoweverItIsSplit(_ encoded: [UInt8], to sample: [UInt8]) throws {
        // Every place to split it in two, of a long one some; then pieces of one size, also from where bytes come in
        // order.
        for place in stride(from: 0, through: encoded.count, by: max(1, encoded.count / 100)) {
            let input = SplitInput(encoded, cuts: [place])
            try #require(try Self.decode(input, with: codec) == (sample, 0), "split at \(place)")
        }
        for size in [1, 2, 3, 7, 4096] {
            for hasRandomAccess in [true, false] {
                let input = SplitInput(encoded, maxPieceByteCount: size, hasRandomAccess: hasRandomAccess)
                try #require(try Self.decode(input, with: codec) == (sample, 0), "pieces of \(size)")
            }
        }
    }

    func noticesTruncation() throws {
        for sample in try samples() { try noticesTruncation(of: encode(sample), to: sample) }
    }

    private func noticesTruncation(of encoded: [UInt8], to sample: [UInt8]) throws {
        for count in stride(from: 0, to: encoded.count, by: max(1, min(1000, encoded.count / 100))) {
            let truncated = Array(encoded.prefix(count))
            if traits.contains(.exactLength) {
                let error = CodecError(codec.encoding, .truncated(byteCount: Int64(count)))
                #expect(throws: error) { try decode(truncated) }
            } else {
                expectErrorOrOriginal(truncated, sample, "cut off after \(count) of \(encoded.count) bytes")
            }
        }
    }

    /// - Parameter original: What an undamaged one decodes to. Without a checksum, others pass, too: the snapshot in it
    ///   has checksums.
    private func expectErrorOrOriginal(_ encoded: [UInt8], _ original: [UInt8], _ comment: Comment) {
        do {
            let decoded = try decode(encoded, maxByteCount: 8 << 20)
            #expect(decoded == original || !traits.contains(.checksum), comment)
        } catch let error as CodecError {
            #expect(error.isOfContent || error.problem == .noRoom(maxByteCount: 8 << 20), comment)
        } catch {
            Issue.record(error, comment)
        }
    }

    func boundsItsPieces() throws {
        let large = try large()
        var unpacking = Unpacking([codec], named: codec.encoding)
        unpacking.endsEarly = false
        var largest = 0
        let unpacked = try unpacking.runHere(MemoryInput(try encode(large))) { bytes, _ in
            largest = max(largest, bytes.count)
        }
        #expect(unpacked.byteCount == Int64(large.count))
        #expect((1...Unpacking.maxPieceByteCount).contains(largest))
    }

    func keepsToItsBudget() throws {
        let large = try large()
        let encoded = try encode(large)
        #expect(try decode(encoded, maxByteCount: Int64(large.count)) == large)
        for budget in [0, 1, 1 << 20, Int64(large.count) - 1] {
            var unpacking = Unpacking([codec], named: codec.encoding, maxByteCount: budget)
            unpacking.endsEarly = false
            var count: Int64 = 0
            #expect(throws: CodecError(codec.encoding, .noRoom(maxByteCount: budget))) {
                try unpacking.runHere(MemoryInput(encoded)) { bytes, _ in count += Int64(bytes.count) }
            }
            #expect(count <= budget)
        }
    }

    func passesOnWhatTheSinkThrows() throws {
        struct Full: Error {}
        let encoded = try encode(try Fixture.snapshot("early.db"))
        #expect(throws: Full.self) {
            try Unpacking([codec], named: codec.encoding).runHere(MemoryInput(encoded)) { _, _ in throw Full() }
        }
    }

    /// Whatever happens to the bytes: either the original comes out, or an error.
    func neverTakesAlteredBytesForTheOriginal() throws {
        var random = SeededGenerator(seed: 14)
        let sample = try Fixture.snapshot("early.db")
        let encoded = try encode(sample)
        for round in 0..<200 {
            var altered = encoded
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                altered[Int.random(in: altered.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            if Bool.random(using: &random) { altered.removeLast(Int.random(in: 0..<altered.count, using: &random)) }
            expectErrorOrOriginal(altered, sample, "round \(round)")
        }
    }

    func endsWhenItsTaskIsCancelled() async throws {
        let encoded = try encode(try large())
        let codec = codec
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try CodecUnderTest.decode(MemoryInput(encoded), with: codec).decoded.count
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
