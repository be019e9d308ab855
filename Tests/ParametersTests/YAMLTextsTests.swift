import Foundation
import TestSupport
import Testing
import YAML

@testable import Parameters

@Suite("A file of parameters") struct YAMLTextsTests {
    private func read(_ text: String) throws -> [YAMLTexts.Entry] { try YAMLTexts.read(Array(text.utf8)) }

    @Test func `has names with texts, read as they are written`() throws {
        let entries = try read(
            """
            # what to recover
            cluster: foo
            target: 3.10
            "quoted": "a\\tb: #"   # behind it
            single: 'it''s'
            empty: ""
            flag: true
            number: 0x0f
            block: |
              two
              lines
            folded: >-
              one
              line
            größe: ✓
            typed: !!str 7
            """
        )
        let texts = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.text) })
        #expect(
            texts == [
                "cluster": "foo", "target": "3.10", "quoted": "a\tb: #", "single": "it's", "empty": "", "flag": "true",
                "number": "0x0f", "block": "two\nlines\n", "folded": "one line", "größe": "✓", "typed": "7",
            ]
        )
        let target = try #require(entries.first { $0.name == "target" })
        #expect(target.line == 3 && target.column == 1)
    }

    @Test(arguments: ["", "\n", "# nothing\n", "---\n", "---\n...\n", "{}", "null"])
    func `may have nothing in it`(text: String) throws {
        #expect(try read(text).isEmpty)
    }

    @Test func `may be written as JSON`() throws {
        #expect(try read(#"{"a": "1", "b": 2}"#).map(\.text) == ["1", "2"])
    }

    @Test(arguments: [
        ("a: [1, 2]", 1, 4, "the value of 'a' is nested: only texts are read"),
        ("a: 1\nb:\n  c: 2", 3, 3, "the value of 'b' is nested: only texts are read"),
        ("b:\n- 1", 2, 1, "the value of 'b' is nested: only texts are read"),
        ("a: {{name}}", 1, 4, "the value of 'a' is nested: only texts are read"),
        ("- a: 1", 1, 1, "only lines NAME: VALUE are read"), ("just text", 1, 1, "only lines NAME: VALUE are read"),
        ("a: 1\na: 2", 2, 1, "'a' is given twice"), ("a:", 1, 3, "'a' has no value"),
        ("a: ~", 1, 4, "'a' has no value"),
        ("a: null # none", 1, 4, "'a' has no value"),
        ("a: &x 1\nb: *x", 2, 4, "the value of 'b' refers to another one: write the text itself"),
        ("a: !!int 7", 1, 4, "the value of 'a' has a tag"), ("[a]: 1", 1, 1, "a name is expected here"),
        ("a: 1\n---\nb: 2", 3, 1, "a second document begins here: only one is read"),
    ])
    func `is refused with the place where it is anything else`(
        text: String,
        line: Int,
        column: Int,
        reason: String
    ) throws {
        let problem = try #require(throws: YAMLProblem.self) { try read(text) }
        #expect((problem.line, problem.column) == (line, column), "\(problem)")
        #expect(problem.reason == reason)
    }

    @Test(arguments: [
        ("a: 1\n\tb: 2", 2, 1), ("a: \"no end", 1, 11), ("a: 1\n b: 2", 2, 3), ("a: @x", 1, 4), ("a: 'x' y", 1, 8),
        ("a: %x", 1, 4),
    ])
    func `that is no YAML is refused with the place`(text: String, line: Int, column: Int) throws {
        let problem = try #require(throws: YAMLProblem.self) { try read(text) }
        #expect((problem.line, problem.column) == (line, column), "\(problem)")
        #expect(problem.reason.hasPrefix("it is not YAML: "), "\(problem)")
    }

    @Test func `that is no text is refused with the place`() throws {
        for (bytes, line, column) in [
            (Array("a: 1\nä: ".utf8) + [0xFF], 2, 4), (Array("a: ".utf8) + [0], 1, 4), ([0x1B], 1, 1),
        ] {
            let problem = try #require(throws: YAMLProblem.self) { try YAMLTexts.read(bytes) }
            #expect((problem.line, problem.column) == (line, column), "\(problem)")
        }
    }

    @Test func `costs nothing however deep it is nested and whatever refers to what`() throws {
        for text in [
            String(repeating: "[", count: 100_000), "a: " + String(repeating: "{a: ", count: 100_000),
            "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
        ] {
            #expect(throws: YAMLProblem.self) { try read(text) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `takes as long as it is long, however many names it has`() throws {
        let names = (0..<100_000).map { "n\($0)" }
        #expect(try read(names.map { "\($0): x\n" }.joined()).map(\.name) == names)
    }

    @Test func `never ends the program, whatever is in it`() throws {
        var random = SeededGenerator(seed: 7)
        let seed = Array("# c\na: \"x\\n\"\nb: 'y'\nc: |\n  z\n---\n? [d]\n: {e: &f g, h: *f}\n".utf8)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(seed[Int.random(in: 0..<seed.count, using: &random)], at: index)
                }
            }
            do {
                let entries = try YAMLTexts.read(bytes)
                #expect(Set(entries.map(\.name)).count == entries.count)
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.reason.isEmpty)
            }
        }
    }
}
