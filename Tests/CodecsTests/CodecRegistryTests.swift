import Backups
import BackupsTesting
import Codecs
import TestSupport
import Testing

@Suite("Every codec of the registry")
struct CodecRegistryTests {
    /// What encodes as each of them decodes; a new codec joins by one line.
    private static let kinds = [
        CodecUnderTest(GzipCodec()) { try GzipTool.gzip($0) }
    ]

    @Test("keeps to every rule", arguments: CodecRule.cases(of: kinds))
    func rule(_ rule: CodecRule.Case) async throws {
        try await rule.check()
    }

    @Test("is under test")
    func complete() {
        #expect(Self.kinds.map(\.codec.encoding) == CodecRegistry.all.map(\.encoding))
    }

    @Test("is found by its encoding, and none is needed for raw bytes")
    func found() throws {
        #expect(try CodecRegistry.all.codec(for: .raw) == nil)
        #expect(Set(CodecRegistry.all.map(\.encoding)).count == CodecRegistry.all.count)
        let none: [any Codec] = []
        #expect(throws: CodecError(.gzip, .noCodec)) { try none.codec(for: .gzip) }
    }
}
