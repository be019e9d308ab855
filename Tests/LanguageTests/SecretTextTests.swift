import Language
import Testing

@Suite("What is secret in a line")
struct SecretTextTests {
    @Test(
        "is hidden, byte for byte",
        arguments: [
            ("use service --header 'a: b' x", "use service --header ****** x"),
            ("use service --header=\"a: \\\"b\" x", "use service --header=******** x"),
            ("use service --header a:b;ls", "use service --header ***;ls"),
            ("use service --header a:b||ls", "use service --header ***||ls"),
            ("use service --header a\\ b c", "use service --header **** c"),
            ("--header 'é' --header b", "--header **** --header *"),
            ("use service --header \\\n  'a: b'\nls", "use service --header \\\n  ******\nls"),
            // What was never finished is hidden to its end.
            ("use service --header 'a: b", "use service --header *****"),
            ("use service --header", "use service --header"),
            ("use service --header ", "use service --header "),
            ("use service --headers a", "use service --headers a"),
            ("echo fine", "echo fine"),
        ]
    )
    func hidden(line: String, shown: String) {
        #expect(SecretText.hiding(line) == shown)
    }

    @Test("is hidden where a finding shows its line")
    func finding() {
        let source = SourceFile(name: "-c", text: "use service --header 'a: SECRET' |")
        let findings = Parser.parse(source).findings
        #expect(!findings.isEmpty)
        for finding in findings { #expect(!finding.description.contains("SECRET"), "\(finding)") }
    }
}
