import Language
import Testing

@Suite("A quoted text")
struct QuotingTests {
    /// The text of the one word that the lexer reads; `nil` where it is anything else.
    private func read(_ quoted: String, after command: String = "echo ") -> String? {
        let (script, findings) = Parser.parse(SourceFile(name: "test", text: command + quoted))
        guard findings.isEmpty, script.chains.count == 1, let chain = script.chains.first, chain.rest.isEmpty,
            chain.first.arguments.count == 1, case .word(let word) = chain.first.arguments[0]
        else { return nil }
        return word.literal
    }

    private static let signs =
        Array("ab9 \t'\"$\\;&|#!~-=.,:/(){}<>*?[]@%_éöключ日本".unicodeScalars)
        + [
            "\u{301}", "\u{2018}", "\u{2019}", "\u{201D}", "\u{2013}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{1F600}",
            "²",
        ]

    private static func text(_ counts: ClosedRange<Int>, _ numbers: inout Numbers) -> String {
        let scalars = (0..<Int.random(in: counts, using: &numbers)).compactMap { _ in
            signs.randomElement(using: &numbers)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("is read back by the lexer as the same word, whatever signs it has")
    func roundTrip() {
        var numbers = Numbers(state: 7)
        for _ in 0..<20_000 {
            let text = Self.text(0...8, &numbers)
            let quoted = Word.quoted(text)
            // By bytes: a sign with an accent is still that sign to the lexer.
            let found = read(quoted).map { Array($0.utf8) }
            #expect(found == Array(text.utf8), "\(text.debugDescription) as \(quoted.debugDescription)")
        }
    }

    @Test("names the same thing within a fact")
    func thing() {
        var numbers = Numbers(state: 7)
        for _ in 0..<5_000 {
            let text = Self.text(1...8, &numbers)
            let line = "expect file(\(Word.quoted(text, isOfThing: true))).verified"
            let (script, findings) = Parser.parse(SourceFile(name: "test", text: line))
            guard case .word(let word)? = script.chains.first?.first.arguments.first else {
                Issue.record("\(line.debugDescription): \(findings)")
                continue
            }
            let found = word.fact?.words.first?.literal.map { Array($0.utf8) }
            #expect(found == Array(text.utf8), "\(line.debugDescription)")
        }
    }

    @Test(
        "stays bare where it needs no quotes",
        arguments: [
            ("out.db", "out.db"), ("grün", "grün"), ("a,b=(c)", "a,b=(c)"), ("", "''"), ("-x", "'-x'"),
            ("~/x", "'~/x'"),
            ("it's $5", "\"it's \\$5\""), ("a – b", "'a – b'"), ("a'\u{301}b", "\"a'\u{301}b\""),
        ]
    )
    func form(text: String, quoted: String) {
        #expect(Array(Word.quoted(text).utf8) == Array(quoted.utf8))
    }
}
