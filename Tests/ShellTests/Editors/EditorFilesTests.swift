import Foundation
import Language
import TestSupport
import Testing

@testable import Shell

/// `scripts/editors` is made from the tables of commands and facts: `UPDATE_EXPECTED=1 swift test --filter
/// EditorFiles`.
@Suite("The files for editors")
struct EditorFilesTests {
    private static let folder = URL(fileURLWithPath: Fixture.folder)
        .appendingPathComponent("../../scripts/editors").standardized.path

    /// - Returns: The file as it is; made anew where that is asked for.
    private func content(of name: String, expecting text: String) throws -> String {
        let path = "\(Self.folder)/\(name)"
        if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1" {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    private let grammar = TextMateGrammar(Sources.commands, Fact.all)

    @Test("are those that the tables of commands and facts give")
    func upToDate() throws {
        let expected = try json(grammar)
        #expect(try content(of: "snapsh.tmLanguage.json", expecting: expected) == expected)
        let tree = try json(CompletionTree(Sources.commands, Fact.all))
        #expect(try content(of: "completions.json", expecting: tree) == tree)
    }

    @Test("have patterns only that can be used")
    func patterns() throws {
        var count = 0
        func check(_ rule: TextMateGrammar.Rule) throws {
            for pattern in [rule.match, rule.begin, rule.end].compactMap({ $0 }) {
                _ = try NSRegularExpression(pattern: pattern)
                count += 1
            }
            for name in [rule.include].compactMap({ $0 }) {
                #expect(name.hasPrefix("#") && grammar.repository[String(name.dropFirst())] != nil, "\(name)")
            }
            for rule in rule.patterns ?? [] { try check(rule) }
        }
        for rule in grammar.patterns + grammar.repository.values { try check(rule) }
        #expect(count > 50)
    }

    @Test("know the command and the options of every example")
    func examples() throws {
        let rules = grammar.repository["commands"]?.patterns ?? []
        func matches(_ pattern: String?, _ text: String) throws -> Bool {
            let expression = try NSRegularExpression(pattern: try #require(pattern))
            return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
        }
        for command in Sources.commands.all where command.words[0].first?.isLetter == true {
            for example in command.examples {
                for chain in Parser.parse(SourceFile(name: "t", text: example.line)).script.chains {
                    for parsed in [chain.first] + chain.rest.map(\.command) {
                        let bytes = Array(example.line.utf8)[parsed.span.start..<parsed.span.end]
                        let text = String(decoding: bytes, as: UTF8.self)
                        let rule = try #require(try rules.first { try matches($0.begin, text) }, "\(text)")
                        for case .option(let name, _, _) in parsed.arguments {
                            let named = try (rule.patterns ?? []).first { rule in
                                try rule.match.map { try matches($0, " --\(name) ") } ?? false
                            }
                            #expect(named?.name?.hasPrefix("entity.") == true, "--\(name) in \(example.line)")
                        }
                    }
                }
            }
        }
    }
}
