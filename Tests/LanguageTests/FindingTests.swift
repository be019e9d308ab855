import Language
import Testing

@Suite("Findings")
struct FindingTests {
    private func findings(in text: String) -> [String] {
        Parser.parse(SourceFile(name: "t", text: text)).findings.map { finding in
            let (line, column) = finding.source.position(at: finding.span.start)
            return "\(line):\(column) \(finding.message)"
        }
    }

    static let texts: [(text: String, findings: [String])] = [
        ("echo 'a", ["1:6 this quote is not closed on its line"]),
        ("echo \"a\nls", ["1:6 this quote is not closed on its line"]),
        ("echo ${x", ["1:6 '${x' is not closed"]),
        ("echo ${}", ["1:6 a variable's name is missing after '${'"]),
        ("echo $", ["1:6 a variable's name is missing after '$'"]),
        ("echo $(date)", ["1:6 a command inside a command is not part of the language"]),
        ("echo ${x:-$y}", ["1:11 the text after '${x:' can't hold a variable"]),
        ("a & b", ["1:3 a single '&' has no meaning here"]),
        ("a | b", ["1:3 a single '|' has no meaning here"]),
        ("a &&", ["1:3 a command is missing after this"]),
        ("a &&\nls \"", ["1:3 a command is missing after this", "2:4 this quote is not closed on its line"]),
        ("; a", ["1:1 a command is missing before this"]),
        ("|| a", ["1:1 a command is missing before this"]),
        ("$x a", ["1:1 a command's name can't be a variable"]),
        ("--x a", ["1:1 an option, --x, stands where a command begins"]),
        ("a --", ["1:3 an option's name is missing after '--'"]),
        ("a --x:y", ["1:6 this character can't stand in an option's name"]),
        ("a \\n", ["1:3 '\\' has no meaning before this character"]),
        ("a \"\\n\"", ["1:4 in double quotes '\\' stands before '\"', '$' or '\\' only"]),
        ("a \u{1B}[31m", ["1:3 a control character (U+001B) can't stand in a script"]),
        ("a '\u{7}'", ["1:4 a control character (U+0007) can't stand in a script"]),
        ("a\rb", ["1:2 a carriage return stands in the middle of a line"]),
        (
            "echo “a”",
            [
                "1:6 this is not the character that it looks like, as after copying from a document"
            ]
        ),
        (
            "größe 'x\nb \"",
            [
                "1:7 this quote is not closed on its line", "2:3 this quote is not closed on its line",
            ]
        ),
        (
            "a \\\n  & b\nc 'd",
            [
                "2:3 a single '&' has no meaning here", "3:3 this quote is not closed on its line",
            ]
        ),
        ("a 'b \\\n still the line\nls", ["1:3 this quote is not closed on its line"]),
    ]

    @Test("say what is wrong and where, one a line, and go on with the next", arguments: texts)
    func places(_ example: (text: String, findings: [String])) {
        #expect(findings(in: example.text) == example.findings)
    }

    @Test("a text that ends in a joining backslash is incomplete, as a prompt wants to know")
    func incomplete() {
        #expect(Parser.parse(SourceFile(name: "t", text: "ls \\")).findings.map(\.isIncomplete) == [true])
        #expect(Parser.parse(SourceFile(name: "t", text: "ls \\\\")).findings.isEmpty)
        #expect(Parser.parse(SourceFile(name: "t", text: "ls '")).findings.map(\.isIncomplete) == [false])
    }

    @Test("stop after a thousand")
    func many() {
        let source = SourceFile(name: "t", text: String(repeating: "'\n", count: 5000))
        #expect(Parser.parse(source).findings.count == Parser.maxFindingCount)
    }
}
