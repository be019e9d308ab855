import Testing

@testable import Language

@Suite("The command before the cursor")
struct CommandPrefixTests {
    /// What the cursor stands in: its kind, its text, where it begins.
    private func current(_ text: String) -> String {
        switch CommandPrefix(text).current {
        case .word(let word): "word \(shown(word)) at \(word.span.start)"
        case .optionName(let name, let span): "option \(name) at \(span.start)"
        case .optionValue(let name, let word): "value of \(name): \(shown(word)) at \(word.span.start)"
        case .nothing: "nothing"
        }
    }

    private func shown(_ word: Word) -> String {
        "["
            + word.parts.map { part in
                switch part {
                case .text(let text): text
                case .home: "HOME"
                case .variable(let variable): "$(\(variable.name))"
                }
            }.joined(separator: "+") + "]"
    }

    @Test(
        "ends in a word, an option's name or its value",
        arguments: [
            ("", "word [] at 0"), ("pi", "word [pi] at 0"), ("pick ", "word [] at 5"), ("get 'a b", "word [a b] at 4"),
            ("get \"a $b", "word [a +$(b)] at 4"), ("get a\\ b", "word [a b] at 4"), ("get a\\", "word [a] at 4"),
            ("get \"a\\", "word [a] at 4"), ("get a'b'\"c", "word [abc] at 4"), ("get ~/x", "word [HOME+/x] at 4"),
            ("get '~/x", "word [~/x] at 4"), ("echo $", "word [$()] at 5"),
            ("echo a${pick.a", "word [a+$(pick.a)] at 5"),
            ("echo ${a:-b c", "word [$(a)] at 5"), ("ls --", "option  at 3"), ("ls --li", "option li at 3"),
            ("ls --limit=", "value of limit: [] at 11"), ("ls --limit='1", "value of limit: [1] at 11"),
            ("a;", "word [] at 2"), ("a||b", "word [b] at 3"), ("a # b", "nothing"), ("a#b", "word [a#b] at 0"),
            ("!ls", "nothing"), ("a | b", "nothing"), ("a 'b' c\\q", "nothing"), ("a \\\n b", "word [b] at 5"),
            ("a | b\nls x", "word [x] at 9"), ("!ls\nls x", "word [x] at 7"),
        ]
    )
    func kinds(text: String, expected: String) {
        #expect(current(text) == expected)
    }

    /// The same numbers in every run (a linear congruential generator; Knuth, MMIX).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static let pieces = [
        "a", "bc", "ö", "'d e'", "\"f $g\"", "\"${h:-i j}\"", "$k", "${pick.age}", "\\ ", "\\$", "\\\"", "--l", "--m=",
        "=", " -n ", "~/", "~", "-", "#", "!", "n\\\n", " ", " ", " ", "\t", ";", " && ", " || ", "\n", "'", "\"", "|",
    ]

    @Test("is taken apart as the parser takes it apart, wherever the cursor stands")
    func sameAsParser() {
        var numbers = Numbers(state: 7)
        var comparedCount = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &numbers)).compactMap { _ in
                Self.pieces.randomElement(using: &numbers)
            }.joined()
            let (script, findings) = Parser.parse(SourceFile(name: "t", text: text))
            guard findings.isEmpty else { continue }
            let commands = script.chains.flatMap { [$0.first] + $0.rest.map(\.command) }.filter { $0.name != "!" }
            for command in commands {
                let words = [word(named: command)] + command.arguments.compactMap(word)
                for (index, (word, isOption)) in words.enumerated() {
                    let prefix = CommandPrefix(String(decoding: text.utf8.prefix(word.span.end), as: UTF8.self))
                    comparedCount += 1
                    // An option with a value is one argument, of which the value is what the cursor stands in.
                    #expect(prefix.finished.count == index, "\(text.debugDescription) at \(word.span.end)")
                    switch prefix.current {
                    case .word(let seen), .optionValue(_, let seen):
                        #expect(seen.span == word.span && shown(seen) == shown(word), "\(text.debugDescription)")
                    case .optionName(let name, let span):
                        #expect(isOption && span == word.span && shown(word) == "[\(name)]", "\(text.debugDescription)")
                    case .nothing:
                        Issue.record("nothing is seen in \(text.debugDescription) at \(word.span.end)")
                    }
                    // In the middle of a word its beginning is the same.
                    for end in word.span.start + 1..<max(word.span.end, word.span.start + 1)
                    where !isOption && isBoundary(end, in: text) {
                        switch CommandPrefix(String(decoding: text.utf8.prefix(end), as: UTF8.self)).current {
                        case .word(let seen), .optionValue(_, let seen):
                            #expect(seen.span.start == word.span.start, "\(text.debugDescription) at \(end)")
                        case .optionName, .nothing:
                            // `-` and `--` are no words yet, `\` and `|` may be anything.
                            break
                        }
                    }
                }
            }
        }
        #expect(comparedCount > 4000)
    }

    private func isBoundary(_ offset: Int, in text: String) -> Bool {
        let index = text.utf8.index(text.startIndex, offsetBy: offset)
        return index == text.endIndex || text.utf8[index] & 0xC0 != 0x80
    }

    private func word(named command: Command) -> (Word, isOption: Bool) {
        (Word(parts: [.text(command.name)], span: command.nameSpan), false)
    }

    private func word(_ argument: Argument) -> (Word, isOption: Bool)? {
        switch argument {
        case .word(let word): (word, false)
        case .option(_, let value?, _): (value, false)
        case .option(let name, nil, let span): (Word(parts: [.text(name)], span: span), true)
        case .shortOption(let letter, let value, let span): (Argument.word(fromShortOption: letter, value, span), false)
        }
    }
}
