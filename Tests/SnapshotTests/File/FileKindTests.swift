import Snapshot
import Testing

@Suite("What a file's first bytes show it to be")
struct FileKindTests {
    static let heads: [(head: [UInt8], kind: FileKind)] = [
        ([], .empty),
        ([0x1F, 0x8B, 8, 0], .gzip),
        (Array("PK\u{3}\u{4}rest".utf8), .zip),
        ([0x78, 0x9C, 1, 2], .zlib),
        ([0x28, 0xB5, 0x2F, 0xFD, 0], .zstandard),
        ([0xFD] + Array("7zXZ".utf8) + [0], .xz),
        (Array("\n <!DOCTYPE html><html>".utf8), .html),
        (Array("<html><body>".utf8), .html),
        (Array("<?xml version=\"1.0\"?><Error>".utf8), .xml),
        (Array("{\"error\": 1}".utf8), .json),
        (Array("[{\"events\": []}]".utf8), .json),
        (Array("placeholder".utf8), .text),
        (Array("größer".utf8), .text),
        ([UInt8](repeating: 0, count: 600), .zeros),
        ([0x01, 0x02, 0xFF, 0x00], .unknown),
        ([UInt8](repeating: 0, count: 16) + [0xED, 0xDA, 0x0C, 0xED], .bolt),
        ([UInt8](repeating: 0, count: 16) + [0xED, 0x0C, 0xDA, 0xED], .bigEndianBolt),
    ]

    @Test("is told by its magic or its text", arguments: heads)
    func kind(_ example: (head: [UInt8], kind: FileKind)) {
        #expect(FileKind(head: example.head) == example.kind)
    }

    @Test("a text whose last character is cut in two by the end of the head is still a text")
    func cutCharacter() {
        let head = [UInt8](repeating: 0x61, count: 511) + [0xC3]
        #expect(FileKind(head: head) == .text)
    }
}
