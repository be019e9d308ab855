import Language
import Testing

@Suite("The words of a command without a shell")
struct SplittingTests {
    @Test(
        "are split and quoted as the language does",
        arguments: [
            ("age -d -i key.txt", ["age", "-d", "-i", "key.txt"]),
            ("  gpg\t--decrypt  ", ["gpg", "--decrypt"]),
            ("openssl -pass 'file:my key' \"a \\\" b\"", ["openssl", "-pass", "file:my key", "a \" b"]),
            ("a\\ b #c =d ''", ["a b", "#c", "=d", ""]),
            ("", []),
        ]
    )
    func split(text: String, words: [String]) throws {
        #expect(try Word.words(of: text).map(\.literal) == words)
    }

    @Test(
        "are nothing that only a shell has a meaning for",
        arguments: ["a | b", "a; b", "a & b", "a 'b", "a $b", "a\nb"]
    )
    func refused(text: String) {
        #expect(throws: Diagnostic.self) { try Word.words(of: text) }
    }
}
