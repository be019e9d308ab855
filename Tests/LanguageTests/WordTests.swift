import Language
import Testing

@Suite("Words")
struct WordTests {
    /// The words after a command's name, as a test writes them down: text as it is, `$name` for a variable.
    private func words(of text: String) throws -> [String] {
        let (script, findings) = Parser.parse(SourceFile(name: "test", text: "echo \(text)"))
        #expect(findings.isEmpty, "\(findings)")
        let arguments = try #require(script.chains.first).first.arguments
        return arguments.map { argument in
            switch argument {
            case .word(let word): word.shown
            case .option(let name, let value, _): "--\(name)" + (value.map { "=" + $0.shown } ?? "")
            case .shortOption(let letter, let value, _): "-\(letter)" + (value.map { "=" + $0.shown } ?? "")
            }
        }
    }

    static let texts: [(text: String, words: [String])] = [
        ("one two\tthree", ["one", "two", "three"]),
        ("  one  ", ["one"]),
        ("'one two' \"three four\"", ["one two", "three four"]),
        ("one' two'\" three\"", ["one two three"]),
        ("'' \"\"", ["", ""]),
        ("'$x \\ \"'", ["$x \\ \""]),
        ("\"a \\\" \\\\ \\$ b\"", ["a \" \\ $ b"]),
        ("a\\ b \\#c \\;d \\'e \\\"f \\$g \\\\h", ["a b", "#c", ";d", "'e", "\"f", "$g", "\\h"]),
        ("a#b # a comment", ["a#b"]),
        ("grün ключ 日本", ["grün", "ключ", "日本"]),
        ("~ ~/x '~/x' x~/y", ["~", "HOME/x", "~/x", "x~/y"]),
        ("$x ${y} \"$x\" '$x' pre$x.db", ["$x", "$y", "$x", "$x", "pre$x.db"]),
        ("${pick.age} $pick.age", ["$pick.age", "$pick.age"]),
        ("${x:-a b} ${x:-} ${x:?say why} ${x:-\\}}", ["$x:-a b", "$x:-", "$x:?say why", "$x:-}"]),
        (
            "--limit 5 --name=value --name=\"two words\" --name=$x",
            [
                "--limit", "5", "--name=value", "--name=two words", "--name=$x",
            ]
        ),
        ("'--x' \\-\\-x a--b -x - <= >= == !=", ["--x", "--x", "a--b", "-x", "-", "<=", ">=", "==", "!="]),
        ("one\\\ntwo \\\n  three", ["onetwo", "three"]),
        ("\"one\\\ntwo\" \\\r\n three", ["onetwo", "three"]),
        ("“x” in 'a “quoted” word'".replacing("“x” in ", with: ""), ["a “quoted” word"]),
    ]

    @Test("are bare, quoted, escaped, joined, and filled in later", arguments: texts)
    func reading(_ example: (text: String, words: [String])) throws {
        #expect(try words(of: example.text) == example.words)
    }

    @Test("a word can be a megabyte long")
    func long() throws {
        let text = String(repeating: "x", count: 1 << 20)
        #expect(try words(of: text) == [text])
    }
}

extension Word {
    fileprivate var shown: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .home: "HOME"
            case .variable(let variable):
                switch variable.otherwise {
                case .mistake: "$\(variable.name)"
                case .text(let text): "$\(variable.name):-\(text)"
                case .message(let text): "$\(variable.name):?\(text)"
                }
            }
        }.joined()
    }
}
