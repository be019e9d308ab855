import Foundation
import Language
import TestSupport
import Testing

@testable import Shell

/// Lines that messages offer, all that stand in the sources: each is one that can be typed where it is read.
@Suite("Lines that are offered", .ownThread)
struct OfferedLineTests {
    private static let commands = Sources.commands

    /// What a check finds in a line, but for values: a placeholder is none.
    private static func findings(_ line: String, isPrompt: Bool) -> [String] {
        var definitions = Definitions()
        definitions.achieve([.source, .cluster, .pick, .listing, .file])
        let parsed = Parser.parse(SourceFile(name: "line", text: line))
        let context = CheckContext(Sources.dependencies, isPrompt: isPrompt)
        return Checker.check(parsed, context, from: definitions).findings
            .filter { finding in
                finding.code != "script.bad-value"
                    && !["there is no help on", "cannot read the script FILE", "parameter 'NAME'"].contains {
                        finding.message.hasPrefix($0)
                    }
            }
            .map { "\(line): \($0.message)" }
    }

    /// The words of a line of the system's shell, as that shell makes them.
    private static func shellWords(_ line: String) throws -> [String] {
        let (exitCode, output) = try SystemTool.run(["bash", "-c", "printf '%s\\0' \(line)"])
        #expect(exitCode == 0, "\(line)")
        return output.split(separator: "\0").map(String.init)
    }

    /// All Swift files of the program: their name, and their text with what is filled in replaced by a word.
    private static func files() throws -> [(name: String, text: String)] {
        let sources = URL(fileURLWithPath: "\(Fixture.folder)/../../Sources").standardized
        return try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
            .map { ($0, try String(contentsOf: sources.appending(path: $0), encoding: .utf8)) }
    }

    private static func filled(_ literal: Substring) -> String {
        String(literal).replacing(#/\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/#, with: "x").replacing(
            "\\\"",
            with: "\""
        )
    }

    @Test("of our own language work at the prompt, and as words of the system's shell")
    func ownLines() throws {
        var count = 0
        for (name, text) in try Self.files() {
            for match in text.matches(of: #/(?:\\\(line: |own\()"((?:[^"\\]|\\\([^"]*\)|\\.)*)"\)/#) {
                count += 1
                let line = Self.filled(match.output.1)
                #expect(Self.findings(line, isPrompt: true) == [], "\(name)")
                let words = try Self.shellWords(Offers(.shell).own(line))
                #expect(words.first == "snapsh")
                if words.dropFirst().first == "-c" {
                    #expect(words.count == 3)
                    #expect(Self.findings(words.last ?? "", isPrompt: false) == [], "\(name)")
                } else {
                    #expect(words.dropFirst().joined(separator: " ") == line, "\(name): \(words)")
                }
            }
        }
        #expect(count > 20)
    }

    @Test("of our own language that are quoted or to be written are complete, wherever a message has them")
    func mentions() throws {
        let first = Set(Self.commands.firstWords)
        let names = first.union(Self.commands.all.map(\.name))
        var count = 0
        for (name, text) in try Self.files() where name.hasPrefix("Shell/") || name.hasPrefix("snapsh/") {
            // What a drill or a guide teaches is tested with it.
            if name.contains("Recovery/Guides/") { continue }
            for line in text.split(separator: "\n") where !line.contains("//") && !line.contains("#\"") {
                let quoted = line.matches(of: #/'([a-z]+(?: [^'"]*)?)'/#).map(\.output.1)
                let written = line.matches(of: #/"write: ([^"]*)"/#).map(\.output.1)
                for mention in quoted + written {
                    let word = mention.prefix { $0 != " " }
                    guard first.contains(String(word)), !mention.contains("\\("), !mention.contains("…") else {
                        continue
                    }
                    // A command's name alone is a word in a sentence.
                    guard !names.contains(String(mention)) else { continue }
                    count += 1
                    #expect(Self.findings(String(mention), isPrompt: true) == [], "\(name)")
                }
            }
        }
        #expect(count > 20)
    }

    @Test("for the system's shell are given as such: none is written with its '!'")
    func systemLines() throws {
        for (name, text) in try Self.files() where !name.hasSuffix("ShellEscape.swift") {
            for match in text.matches(of: #/"[^"\n]*: !([a-z]+)[^"\n]*"/#) {
                Issue.record("\(name): \(match.output.0)")
            }
        }
        #expect(Offers(.shell).system("findmnt") == "findmnt")
        #expect(Offers(.prompt).system("findmnt") == "!findmnt")
        #expect(Self.findings("!findmnt", isPrompt: true) == [])
        #expect(Self.findings("!findmnt", isPrompt: false) != [])
        #expect(Offers(.prompt).system("snapsh restore 'a b'") == "restore 'a b'")
    }

    @Test("of each way of recovery work at the prompt and in the shell", arguments: RecoveryGuides.names)
    func guides(name: String) throws {
        let guide = try #require(RecoveryGuides.named(name))
        for line in guide.keySteps.flatMap(\.lines) + (guide.getCommand.map { [.own($0)] } ?? []) {
            #expect(Self.findings(line.text(.prompt), isPrompt: true) == [])
            let inShell = line.text(Offers(.shell))
            let (exitCode, _) = try SystemTool.run(["bash", "-n", "-c", inShell])
            #expect(exitCode == 0 && !inShell.hasPrefix("!"), "\(inShell)")
            if inShell.hasPrefix("snapsh ") {
                let words = try Self.shellWords(inShell).dropFirst()
                let text =
                    words.first == "-c"
                    ? words.dropFirst().joined()
                    : words.map { $0.hasPrefix("-") ? $0 : Word.shown($0) }.joined(separator: " ")
                #expect(Self.findings(text, isPrompt: false) == [])
            }
        }
    }

    @Test("in the shell begin where the session stands: with its source, its cluster and its pick")
    @MainActor
    func way() async throws {
        var offers = Offers(.shell)
        offers.commands = Self.commands
        let session = Session(dependencies: Sources.dependencies, output: Output { _, _ in })
        let text = "use pv 'a b'; cluster foo; pick max; pick min; use pv /c; cluster foo; target 3.4; pick max; ls"
        let context = CheckContext(Sources.dependencies, isPrompt: true)
        let (program, findings) = Checker.check(SourceFile(name: "line", text: text), context)
        #expect(findings.isEmpty)
        for command in program.chains.flatMap(\.commands) {
            offers.note(try await Invocation(command, in: session))
        }
        #expect(offers.own("get") == "snapsh -c 'use pv /c; cluster foo; pick max; get'")
        #expect(offers.own("ls") == "snapsh -c 'use pv /c; cluster foo; ls'")
        #expect(offers.own("restore out.db --data-dir a") == "snapsh restore out.db --data-dir a")
        #expect(offers.own("restore 'a b.db'") == #"snapsh -c 'restore '\''a b.db'\'''"#)
        #expect(offers.own("help facts") == "snapsh help facts")
    }
}
