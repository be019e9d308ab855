import Language
import Testing

@Suite("A script's text")
struct SourceFileTests {
    @Test(
        "must be UTF-8; the first byte that is not is told",
        arguments: [
            ([0x6C, 0x73, 0xFF], "this is not UTF-8 text: byte 0xff at offset 2", "t:1:3"),
            ([0x0A, 0xC3], "this is not UTF-8 text: byte 0xc3 at offset 1", "t:2:1"),
            ([0x61, 0xC0, 0xAF], "this is not UTF-8 text: byte 0xc0 at offset 1", "t:1:2"),
            ([0xED, 0xA0, 0x80], "this is not UTF-8 text: byte 0xed at offset 0", "t:1:1"),
            ([0xE2, 0x82, 0x20], "this is not UTF-8 text: byte 0xe2 at offset 0", "t:1:1"),
            ([0x6C, 0x00, 0x73], "this is not a script: it holds binary data (a NUL byte at offset 1)", "t:1:2"),
            ([0x00, 0xFF], "this is not a script: it holds binary data (a NUL byte at offset 0)", "t:1:1"),
        ] as [([UInt8], String, String)]
    )
    func encoding(bytes: [UInt8], message: String, place: String) {
        let error = #expect(throws: Diagnostic.self) { try SourceFile(name: "t", bytes: bytes) }
        #expect(error?.message == message)
        let position = error.map { $0.source.position(at: $0.span.start) }
        #expect(position.map { "t:\($0.line):\($0.column)" } == place)
    }

    @Test("tells lines and columns, in Unicode scalars, past a byte order mark")
    func positions() throws {
        let source = SourceFile(name: "t", text: "\u{FEFF}ab\r\nö€x\n\n")
        let places = [3, 4, 5, 7, 9, 12, 13, 14].map { source.position(at: $0) }
        #expect(places.map(\.line) == [1, 1, 1, 2, 2, 2, 2, 3])
        #expect(places.map(\.column) == [1, 2, 3, 1, 2, 3, 4, 1])
    }
}

@Suite("Did you mean")
struct SuggestionTests {
    @Test(
        "finds what was nearly typed",
        arguments: [
            ("pik", "pick"), ("PICK", "pick"), ("pcik", "pick"), ("clutser", "cluster"), ("clsuters", "clusters"),
            ("l", nil), ("xyz", nil), ("", nil), ("get-it-all-now", nil),
        ] as [(String, String?)]
    )
    func nearest(word: String, expected: String?) {
        let names = ["pick", "cluster", "clusters", "ls", "get", "!"]
        #expect(Suggestion.nearest(to: word, among: names) == expected)
    }

    @Test("does not look at what is far too long")
    func long() {
        #expect(Suggestion.nearest(to: String(repeating: "a", count: 1000), among: ["a"]) == nil)
    }
}
