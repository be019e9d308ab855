import Backups
import Foundation
import Language
import Snapshot
import TestSupport
import Testing

@testable import Blocking
@testable import Shell

@Suite("Failures")
struct FailureMessageTests {
    @Test("show the line, a caret under the place, and the hint")
    func rendering() throws {
        let finding = try #require(Parser.parse(SourceFile(name: "a.snapsh", text: "ls\n\tgröße |x")).findings.first)
        #expect(
            FailureMessage(finding, Sources.commands).text(showingPlace: true) == """
                a.snapsh:2:8: a single '|' has no meaning here
                    \tgröße |x
                    \t      ^
                    hint: '||' runs the next command if the one before it failed; there are no pipes
                """
        )
    }

    @Test("show what is around the place where the line is long, and no control characters")
    func longLines() throws {
        let text = "\u{1B}" + String(repeating: "x", count: 100_000) + " | y"
        let source = SourceFile(name: "t", text: text)
        let finding = Diagnostic("wrong", at: Span(100_002, 100_003), in: source)
        #expect(FailureMessage(finding, Sources.commands).text(showingPlace: true).count < 300)
        #expect(finding.excerpt(Sources.commands.secretLine).contains("x | y"))
        let first = Diagnostic("wrong", at: Span(0, 1), in: source)
        #expect(!first.excerpt(Sources.commands.secretLine).contains("\u{1B}"))
    }

    @Test("move no cursor, whatever text of others they quote")
    func escapes() {
        let source = SourceFile(name: "t", text: "x")
        let finding = Diagnostic("unknown '\u{1B}]0;x\u{7}\u{202E}'", at: Span(0, 1), in: source, hint: "a\u{9B}b\nc")
        let message = FailureMessage(finding, Sources.commands)
        let text = message.text(showingPlace: true)
        #expect(text.hasPrefix(#"t:1:1: unknown '\u{1b}]0;x\u{7}\u{202e}'"#))
        #expect(text.hasSuffix("hint: a\\u{9b}b\nc"))
        #expect(message.hint == "a\\u{9b}b\nc")
    }

    @Test("are objects where objects are wanted, with a code, the next step and the place")
    @MainActor
    func objects() throws {
        let source = SourceFile(name: "a.snapsh", text: "use pv\n  get x.db")
        let failure = CommandFailure(
            error: DownloadError.unsound(name: "x", .wrongTrailer(stored: "00", computed: "11"), keptAs: nil),
            source: source,
            span: Span(9, 12)
        )
        var talk: [UInt8] = []
        let output = Output(format: .json) { channel, bytes in
            #expect(channel == .talk)
            talk += bytes
        }
        output.failure(FailureMessage(failure, Sources.commands), showingPlace: true)
        struct Record: Decodable, Equatable {
            struct Place: Decodable, Equatable {
                var file: String
                var line: Int
                var column: Int
            }
            var kind: String
            var code: String
            var message: String
            var hint: String?
            var place: Place?
            var exit: Int
        }
        let record = try JSONDecoder().decode(Record.self, from: Data(talk))
        #expect(
            record
                == Record(
                    kind: "error",
                    code: "snapshot.trailer-mismatch",
                    message: "cannot accept x: it was altered: it ends in the SHA-256 00, but its bytes give 11",
                    hint: "choose another backup with 'ls' and 'pick'",
                    place: Record.Place(file: "a.snapsh", line: 2, column: 3),
                    exit: 5
                )
        )
    }

    @Test("name the place that does not answer, wherever that shows")
    func notAnswering() {
        let message = FailureMessage(
            NotAnswering(path: "/mnt/scripts", limit: .seconds(5), retryIn: nil),
            Sources.commands
        )
        #expect(message.code == "path.not-answering")
        #expect(message.exitCode == .unreachable)
        #expect(message.sentence == "cannot look into /mnt/scripts: no answer from /mnt/scripts within 5 s")
        #expect(message.hint == "look at the mount and its server: !findmnt")
    }

    @Test("have a code in lower case, whatever was thrown")
    func codes() {
        let errors: [any Error] = [
            StoreError.notFound("x"), SelectionError.noSuchName("x"), UsageError("x"), UnmetExpectation(message: "x"),
            CancellationError(), DroppedCall(), ClusterError.empty(ClusterName("x"), location: "x"),
            Diagnostic("x", at: Span(0, 0), in: SourceFile(name: "x", text: "")),
        ]
        for error in errors {
            let code = FailureMessage(error, Sources.commands).code
            #expect(code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?/) != nil, "\(code)")
        }
    }

    @Test("name settings as options and steps as commands, which libraries don't know")
    func nextSteps() {
        let step: NextStep = "name it with \(setting: "ca-file", "FILE"), or \(.use(source: "pv", place: "DIR"))"
        #expect(step.text([]) == "name it with --ca-file FILE, or use pv DIR")
    }

    @Test("of libraries name no command and no option")
    func libraries() throws {
        let sources = URL(fileURLWithPath: "\(Fixture.folder)/../../Sources").standardized
        let options = Set(Sources.commands.all.flatMap(\.options).map { "--\($0.name)" })
        let words = Set(Sources.commands.firstWords)
        let sourceCommands = Sources.commands.sources.map { "use \($0.name)" }
        let knowing: Set = ["Shell", "snapsh"]
        // What explains the file of a drill names the commands that the drill is about.
        let explaining = ["Drills/Reading/"]
        var literalCount = 0
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where file.hasSuffix(".swift") {
            guard let top = file.split(separator: "/").first, !knowing.contains(String(top)) else { continue }
            if explaining.contains(where: { file.hasPrefix($0) }) { continue }
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for literal in Self.literals(in: text) {
                literalCount += 1
                let option = literal.matches(of: #/--[a-z][a-z-]*/#).first { options.contains(String($0.output)) }
                // What other programs are called with is theirs.
                let isCall =
                    literal.prefixMatch(of: #/(?:set them before snapsh starts: )?(?:eval \\"\$\()?(?:aws|kubectl) /#)
                    != nil
                let quoted = literal.matches(of: #/'([a-z]+)(?: [^']*)?'/#).first {
                    words.contains(String($0.output.1))
                }
                let sourceCommand = sourceCommands.first { literal.contains($0) }
                #expect(
                    (option == nil || isCall) && quoted == nil && sourceCommand == nil,
                    "\(file): \(literal)"
                )
            }
        }
        #expect(literalCount > 1000)
    }

    @Test("of libraries name settings that are options; the server's are those of 'serve'")
    func settings() throws {
        let sources = URL(fileURLWithPath: "\(Fixture.folder)/../../Sources").standardized
        let commands = Sources.commands.all
        var count = 0
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where file.hasSuffix(".swift") {
            let isOfServer = file.hasPrefix("Sidecar/Server/")
            let options = commands.filter { !isOfServer || $0.name == "serve" }.flatMap(\.options).map(\.name)
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for match in text.matches(of: #/\\\(setting: "([^"]*)"/#) {
                count += 1
                #expect(options.contains(String(match.output.1)), "\(file): \(match.output.1)")
            }
        }
        #expect(count > 15)
    }

    /// What stands between quotes in a Swift file, on one line or over several, but not in comments of their own.
    private static func literals(in text: String) -> [Substring] {
        let code = text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
            .joined(separator: "\n")
        return code.matches(of: #/"""\n((?:[^\\]|\\.)*?)"""|"((?:[^"\\\n]|\\.)*)"/#.dotMatchesNewlines())
            .map { ($0.output.1 ?? $0.output.2 ?? "").drop(while: \.isWhitespace) }
    }

    @Test("are found in literals on one line and over several, not in comments")
    func literals() {
        let text = #"""
            // "a comment"
            let a = "one \"quoted\" word", b = """
                over
                two lines
                """
            """#
        let found = Self.literals(in: text).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        #expect(found == [#"one \"quoted\" word"#, "over two lines"])
    }
}
