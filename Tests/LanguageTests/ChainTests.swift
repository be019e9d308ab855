import Language
import Testing

@Suite("Lines and chains")
struct ChainTests {
    /// The chains of a text: commands by name, with the signs between them.
    private func chains(of text: String) -> [String] {
        let (script, findings) = Parser.parse(SourceFile(name: "test", text: text))
        #expect(findings.isEmpty, "\(findings)")
        return script.chains.map { chain in
            chain.rest.reduce(chain.first.name) { $0 + ($1.connector == .and ? "&&" : "||") + $1.command.name }
        }
    }

    @Test(
        "are one command a line, joined by ; && and ||, which rank equally",
        arguments: [
            ("", []), ("\n\n", []), ("# only a comment", []), ("#!/usr/bin/env snapsh\nls", ["ls"]),
            ("ls", ["ls"]), ("ls\n", ["ls"]), ("ls\nuse", ["ls", "use"]), ("ls; use ;echo;", ["ls", "use", "echo"]),
            ("a && b || c && d", ["a&&b||c&&d"]), ("a&&b||c", ["a&&b||c"]), ("a || b; c", ["a||b", "c"]),
            ("a \\\n && b", ["a&&b"]), ("ls\r\nuse\r\n", ["ls", "use"]), ("ls\r\n# x\r\nuse\r", ["ls", "use"]),
            ("\u{FEFF}ls", ["ls"]), ("ls # a; b && c", ["ls"]), ("  ls  ", ["ls"]),
        ]
    )
    func reading(text: String, expected: [String]) {
        #expect(chains(of: text) == expected)
    }

    @Test("'!' where a command begins takes the rest of its line as it stands")
    func shellEscape() throws {
        let text = "ls; !df -h | grep 'x && y' # z \\\nuse"
        let (script, findings) = Parser.parse(SourceFile(name: "test", text: text))
        #expect(findings.isEmpty)
        #expect(script.chains.map(\.first.name) == ["ls", "!", "use"])
        guard case .word(let word)? = script.chains[1].first.arguments.first else {
            Issue.record("no argument")
            return
        }
        #expect(word.literal == "df -h | grep 'x && y' # z \\")
    }
}
