import Backups
import BackupsTesting
import Codecs
import LibZ
import TestSupport
import Testing

@Suite("The gzip codec")
struct GzipCodecTests {
    private let codec = GzipCodec()
    private let text = Array("a snapshot, or what is one for this test".utf8)

    private func decode(_ encoded: [UInt8]) throws -> (decoded: [UInt8], ignoredByteCount: Int64) {
        // In single bytes: what a split can break, this breaks.
        try CodecUnderTest.decode(SplitInput(encoded, maxPieceByteCount: 1), with: codec)
    }

    private func gzip(_ bytes: [UInt8]) throws -> [UInt8] { try GzipTool.gzip(bytes, options: "-n") }

    private func problem(_ encoded: [UInt8]) -> CodecError.Problem? {
        do {
            _ = try decode(encoded)
            return nil
        } catch {
            return (error as? CodecError)?.problem
        }
    }

    @Test("undoes what gzip makes, with and without a name in it", arguments: ["-1", "-9 -n", "-6 -N"])
    func realFiles(options: String) throws {
        let snapshot = try Fixture.snapshot("early.db")
        let encoded = try GzipTool.gzip(snapshot, options: options)
        #expect(try CodecUnderTest.decode(MemoryInput(encoded), with: codec) == (snapshot, 0))
        #expect(try decode(encoded) == (snapshot, 0))
    }

    @Test("puts several members together")
    func members() throws {
        let (first, second) = (try gzip(Array("one ".utf8)), try gzip(Array("two".utf8)))
        let empty = try gzip([])
        #expect(try decode(first + empty + second) == (Array("one two".utf8), 0))
        #expect(problem(first + second.dropLast(3)) == .truncated(byteCount: Int64(first.count + second.count - 3)))
        var altered = second
        altered[altered.count - 5] ^= 1
        #expect(problem(first + altered) == .wrongChecksum)
    }

    @Test("ignores zeros behind the stream in silence, and counts other bytes")
    func trailingBytes() throws {
        let encoded = try gzip(text)
        #expect(try decode(encoded + [UInt8](repeating: 0, count: 1024)) == (text, 0))
        for trailing: [UInt8] in [[1], [0x1F], [0x1F, 0], [0x1F, 0x1F, 0x8B], [0, 0, 7, 7], [0] + encoded] {
            #expect(try decode(encoded + trailing) == (text, Int64(trailing.count)))
        }
    }

    /// A header with all that RFC 1952 has for one, section 2.3.
    private func header(flags: UInt8, checksum: UInt16? = nil) -> [UInt8] {
        var header: [UInt8] = [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 255]
        if flags & 4 != 0 { header += [5, 0] + Array("extra".utf8) }
        if flags & 8 != 0 { header += Array("name.db".utf8) + [0] }
        if flags & 16 != 0 { header += Array("a comment".utf8) + [0] }
        if flags & 2 != 0 {
            let computed = UInt16(
                truncatingIfNeeded: header.withUnsafeBufferPointer {
                    crc32(0, $0.baseAddress, UInt32($0.count))
                }
            )
            let stored = checksum ?? computed
            header += [UInt8(truncatingIfNeeded: stored), UInt8(stored >> 8)]
        }
        return header
    }

    @Test("reads every field that a header can have")
    func headers() throws {
        // gzip -n writes ten bytes of header, and no more.
        let body = try gzip(text).dropFirst(10)
        for flags in 0..<UInt8(32) {
            #expect(try decode(header(flags: flags) + body) == (text, 0), "flags \(flags)")
        }
        #expect(problem(header(flags: 30, checksum: 7) + body) == .wrongHeaderChecksum)
        #expect(problem(header(flags: 0x20) + body) == .unsupported(reason: "unknown header flags set"))
        var method = try gzip(text)
        method[2] = 9
        #expect(problem(method) == .unsupported(reason: "unknown compression method"))
    }

    @Test("has a sentence for each way to be wrong")
    func sentences() throws {
        let encoded = try gzip(text)
        func altered(_ index: Int) -> [UInt8] {
            var bytes = encoded
            bytes[index] ^= 0x40
            return bytes
        }
        let cases: [([UInt8], String)] = [
            (Array("a snapshot".utf8), "it is not a gzip file, although its name says so"),
            ([], "its gzip stream is truncated after 0 bytes"),
            (Array(encoded.dropLast()), "its gzip stream is truncated after \(encoded.count - 1) bytes"),
            (altered(encoded.count - 8), "it was altered: the checksum of its gzip stream is wrong"),
            (altered(encoded.count - 1), "it was altered: the length in its gzip stream is wrong"),
            (
                Array(encoded.prefix(10)) + [7, 0, 0],
                "its gzip stream is damaged before byte 11: invalid block type"
            ),
        ]
        for (bytes, sentence) in cases {
            #expect {
                _ = try decode(bytes)
            } throws: {
                "\($0)" == sentence
            }
        }
    }

    @Test("stops a small file that decodes to a huge one, long before its end")
    func bomb() throws {
        // Zeros: a two hundredth of that as a file.
        let folder = try TemporaryFolder()
        let command = "head -c 209715200 /dev/zero | gzip -1 > bomb.gz"
        try #require(try SystemTool.run(["sh", "-c", command], in: folder).exitCode == 0)
        let bomb = try folder.read("bomb.gz")
        var unpacking = Unpacking([codec], named: .gzip, maxByteCount: 20 << 20)
        unpacking.endsEarly = false
        var byteCount: Int64 = 0
        #expect(throws: CodecError(.gzip, .noRoom(maxByteCount: 20 << 20))) {
            try unpacking.runHere(MemoryInput(bomb)) { bytes, _ in byteCount += Int64(bytes.count) }
        }
        #expect(byteCount <= 20 << 20)
        // However much room there is.
        unpacking.maxByteCount = .max
        unpacking.limit = 10 << 20
        let error = CodecError(.gzip, .overLimit(maxByteCount: 10 << 20))
        #expect(throws: error) { try unpacking.runHere(MemoryInput(bomb)) { _, _ in } }
        #expect("\(error)" == "it decodes to more than 10.0 MiB, which is too large for an etcd backup")
        #expect(error.code == "codec.over-limit" && error.isOfContent)
    }
}
