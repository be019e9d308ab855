import Backups
import BackupsTesting
import Codecs
import TestSupport
import Testing

@Suite("Every codec of the registry")
struct CodecRegistryTests {
    /// What encodes as each of them decodes.
    private static let encoders: [BackupEncoding: @Sendable ([UInt8]) throws -> [UInt8]] = [
        .gzip: { try GzipTool.gzip($0) }
    ]

    @Test("keeps the contract", arguments: CodecRegistry.all.map(\.encoding))
    func contract(encoding: BackupEncoding) async throws {
        let codec = try #require(try CodecRegistry.all.codec(for: encoding))
        let encode = try #require(Self.encoders[encoding], "nothing here encodes \(encoding)")
        try await CodecContract(codec, encode: encode).run([
            [], [7], Array("a snapshot".utf8), try Fixture.snapshot("early.db"),
        ])
    }

    @Test("is found by its encoding, and none is needed for raw bytes")
    func found() throws {
        #expect(try CodecRegistry.all.codec(for: .raw) == nil)
        #expect(Set(CodecRegistry.all.map(\.encoding)).count == CodecRegistry.all.count)
        let none: [any Codec] = []
        #expect(throws: CodecError(.gzip, .noCodec)) { try none.codec(for: .gzip) }
    }
}
