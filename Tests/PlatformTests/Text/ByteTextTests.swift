import Testing
import Text

@Suite("Names of files")
struct ByteTextTests {
    @Test("are the same only if all their bytes are")
    func equality() {
        let (composed, decomposed) = ("\u{E9}", "e\u{301}")
        // To Swift they are one text.
        #expect(composed == decomposed)
        #expect(!composed.hasSameBytes(as: decomposed))
        #expect(ByteText(composed) != ByteText(decomposed))
        #expect(ByteText(composed) == ByteText("\u{E9}"))
        #expect(Set([composed, decomposed, "\u{E9}"].map(ByteText.init)).count == 2)
    }
}
