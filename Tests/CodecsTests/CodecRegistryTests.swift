import Backups
import BackupsTesting
import Codecs
import TestSupport
import Testing

@Suite("Every codec of the registry", .ownThread)
struct CodecRegistryTests {
    /// What encodes as each of them decodes; a new codec joins by one line.
    private static let kinds = [
        CodecUnderTest(GzipCodec(), [.checksum, .exactLength]) { try GzipTool.gzip($0) },
        CodecUnderTest(LibArchiveCodec.zip, [.checksum, .archive]) {
            try Packing.shell("cat >etcd.db && zip -q etcd.zip etcd.db && cat etcd.zip", $0)
        },
        CodecUnderTest(LibArchiveCodec.tar, [.archive]) { try Packing.shell("cat >etcd.db && tar -cf - etcd.db", $0) },
        CodecUnderTest(LibArchiveCodec.zstd, [.checksum]) { try Packing.shell("zstd -q -c", $0) },
        CodecUnderTest(LibArchiveCodec.xz, [.checksum]) { try Packing.shell("xz -0 -c", $0) },
        CodecUnderTest(LibArchiveCodec.bzip2, [.checksum]) { try Packing.shell("bzip2 -c", $0) },
        CodecUnderTest(LibArchiveCodec.lz4, [.checksum]) { try Packing.shell("lz4 -q -c", $0) },
        CodecUnderTest(OmniCodec(), [.archive]) { Packing.omni($0) },
        CodecUnderTest(ZlibCodec(), [.checksum, .exactLength]) {
            try Packing.python("sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))", $0)
        },
        CodecUnderTest(LZWCodec(), [.exactLength]) { LZWEncoder.encode($0) },
        CodecUnderTest(Base64Codec(), []) { try Packing.shell("base64", $0) },
    ]

    @Test("keeps to every rule", arguments: CodecRule.cases(of: kinds))
    func rule(_ rule: CodecRule.Case) async throws {
        try await rule.check()
    }

    @Test("is under test, but those that run a command")
    func complete() {
        let commands: [BackupEncoding] = [.age, .openPGP, .openSSL]
        #expect(Self.kinds.map(\.codec.encoding) == CodecRegistry.all.map(\.encoding).filter { !commands.contains($0) })
    }

    @Test("is found by its encoding, and none is needed for raw bytes")
    func found() throws {
        #expect(try CodecRegistry.all.codec(for: .raw) == nil)
        for encoding in CodecRegistry.encodings {
            #expect(try CodecRegistry.all.codec(for: encoding) != nil, "\(encoding)")
        }
        let none: [any Codec] = []
        #expect(throws: CodecError(.gzip, .noCodec)) { try none.codec(for: .gzip) }
    }

    @Test(
        "has its part in what a name says",
        arguments: [
            ("etcd.backup.gz", "gzip", ".gz"),
            ("prod-v3-2026-01-02.db.tar.gz", "gzip", ".tar.gz"),
            ("prod-v3-2026-01-02.db.tar.gz.enc", "openpgp", ".tar.gz.enc"),
            ("c-2026-01-02T03:04:05Z.snap.zst.age", "age", ".zst.age"),
            ("etcd.tgz", "gzip", ".tgz"),
            ("Full-00000000-00000010-1700000000.Z", "lzw", ".Z"),
            ("etcd.db.zlib", "zlib", ".zlib"),
            ("etcd.db.zip", "zip", ".zip"),
            ("etcd.db.b64", "base64", ".b64"),
            ("etcd.db", "raw", ""),
            ("gz", "raw", ""),
        ]
    )
    func names(file: String, name: String, ending: String) throws {
        let encoding = CodecRegistry.encodings.encoding(ofFileNamed: file)
        #expect(encoding == BackupEncoding(name: name, nameEnding: ending))
        #expect(try (CodecRegistry.all.codec(for: encoding) == nil) == (name == "raw"))
    }
}
