import Testing

@testable import Terminal

@Suite("The line in the editor")
struct EditedLineTests {
    @Test("says what is typed between a place and the cursor")
    func typed() {
        let line = EditedLine(text: "get grün.db --force", cursor: "get grün".utf8.count)
        #expect(line.typed(from: 0) == "get grün")
        #expect(line.typed(from: 4) == "grün")
        #expect(line.typed(from: -1) == "get grün")
        #expect(line.typed(from: 100) == "")
    }

    @Test("knows whether a space follows the cursor")
    func space() {
        #expect(EditedLine(text: "get x", cursor: 3).isBeforeSpace)
        #expect(!EditedLine(text: "get x", cursor: 4).isBeforeSpace)
        #expect(!EditedLine(text: "get", cursor: 3).isBeforeSpace)
    }

    @Test("goes to libedit and back as its scalars; what is none becomes U+FFFD")
    func scalars() {
        let text = "e\u{301} 日本 \u{1F600}"
        #expect(
            String(scalars: text.zeroTerminatedScalars.dropLast()).unicodeScalars.elementsEqual(text.unicodeScalars)
        )
        #expect(text.zeroTerminatedScalars.last == 0)
        #expect("a\0b".zeroTerminatedScalars == [0x61, 0x62, 0])
        #expect(String(scalars: [0x61, 0xD800, 0x110000]) == "a\u{FFFD}\u{FFFD}")
    }
}
