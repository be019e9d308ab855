import Backups
import Foundation
import Language
import Snapshot
import TestSupport
import Testing

@testable import Shell

/// What messages say of values that nobody expects.
@Suite("Sentences", .ownThread)
@MainActor
struct SentenceTests {
    /// What keeps a test from running: it waits, asks, or leaves the process's folder.
    nonisolated private static let left: Set = ["drill", "!", "serve", "exit", "confirm"]

    nonisolated private static let commands = Sources.commands.all.filter { !left.contains($0.words[0]) }

    /// A word that fits a kind. Files are in a folder that does not exist: nothing is written.
    private static func word(_ kind: AnyValueKind) -> String {
        let words = [
            "missing/out.db", "3.4.23", "15", "max", "foo", "24h", "2026-01-31", "a=b", "http://127.0.0.1:9", "==",
            "pick.age",
            "127.0.0.1:1", "m1=http://127.0.0.1:1", "0000", "yes", String(repeating: "0", count: 64), "age -d", "x.md",
        ]
        return words.first { kind.mistake(in: $0) == nil } ?? "x"
    }

    /// Lines of a command, each with the value in one of the places that take one.
    private static func lines(_ command: CommandDeclaration, with value: String) -> [String] {
        let quoted = Word.shown(value)
        func line(_ arguments: [String], _ options: [String] = []) -> String {
            (command.words + arguments + options).joined(separator: " ")
        }
        func given(_ index: Int?) -> [String] {
            command.arguments.enumerated().flatMap { place, argument in
                [argument.introducer, place == index ? quoted : Word.shown(word(argument.kind))].compactMap(\.self)
            }
        }
        return command.arguments.indices.map { line(given($0)) }
            + command.options.filter { $0.value != nil }.map { line(given(nil), ["--\($0.name)=\(quoted)"]) }
    }

    private static func messages(_ line: String) async throws -> [FailureMessage] {
        let scene = try Scene()
        try scene.volume.add(15, age: 60)
        let session = scene.session
        _ = await scene.run("use pv; cluster foo; ls; pick max")
        let (program, findings) = try await Interpreter.check(SourceFile(name: "line", text: line), in: session)
        if !findings.isEmpty { return findings.map { FailureMessage($0, Sources.commands) } }
        do {
            try await Interpreter(session).run(program)
            return []
        } catch {
            return [FailureMessage(error, Sources.commands)]
        }
    }

    /// What is wrong with a sentence.
    private static func fault(_ sentence: String, value: String) -> String? {
        if sentence != sentence.withoutEmptyEnd { return "it ends in nothing" }
        if sentence.contains("  ") || sentence.contains(" :") || sentence.contains(" ,") { return "it has a gap" }
        if !value.isEmpty, sentence.components(separatedBy: value).count > 2 { return "it says a value twice" }
        return nil
    }

    @Test("of each command end in no empty name, and say no value twice", arguments: commands.map(\.name))
    func everyCommand(name: String) async throws {
        let command = try #require(Self.commands.first { $0.name == name })
        for value in ["", String(repeating: "a", count: 3000), "3.4.23_" + String(repeating: "0", count: 400)] {
            for line in Self.lines(command, with: value) {
                for message in try await Self.messages(line) {
                    let fault = Self.fault(message.sentence, value: value)
                    #expect(fault == nil, "\(line.prefix(120)): \(message.sentence.prefix(300))")
                }
            }
        }
    }

    @Test(
        "lose what leads to nothing",
        arguments: [
            ("cannot ask: ", "cannot ask"), ("it says: ''", "it says"), ("status 500: ;", "status 500"),
            ("'' is no number", "'' is no number"), ("it is 'a'", "it is 'a'"), ("", ""),
        ]
    )
    func emptyEnds(_ sentence: String, _ expected: String) {
        #expect(FailureMessage(code: "x", sentence, exitCode: .failed).sentence == expected)
    }

    @Test("of 'verify' do not repeat what its findings say")
    func verify() async throws {
        let folder = try TemporaryFolder()
        var bytes = try Fixture.snapshot("late.db")
        bytes[9000] ^= 1
        try folder.write(bytes, to: "bad.db")
        let scene = try Scene()
        #expect(await scene.run("verify \(folder.path("bad.db"))") == .unsound)
        let all = scene.data + scene.talk
        let hashes = all.matches(of: #/[0-9a-f]{64}/#).map { String($0.output) }
        #expect(hashes.count >= 2 && Set(hashes).count == hashes.count, "\(all)")
        #expect(scene.talk.contains("it was altered"))
    }
}
