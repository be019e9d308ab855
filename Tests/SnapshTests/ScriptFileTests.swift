import Foundation
import TestSupport
import Testing

/// Runs the scripts of `Tests/Fixtures/scripts` over the standard volume, and compares with what is expected of them.
@Suite(.ownThread) struct ScriptFileTests {
    private static let folder = "\(Fixture.folder)/scripts"

    private static func names(ending: String = ".snapsh") throws -> [String] {
        try Fixture.paths(in: "scripts", ending: ending, atLeast: 20).map {
            String(URL(fileURLWithPath: $0).lastPathComponent.dropLast(ending.count))
        }
    }

    @Test("a script brings about what is expected of it", arguments: try names())
    func runs(_ name: String) throws {
        let workplace = try Workplace()
        try StandardVolume.fill(workplace.volume)
        try PlainFolder.fill(workplace.folder)
        try workplace.folder.link("scripts", to: Self.folder)
        let volumeBefore = try workplace.volume.folder.state()

        let outcome = try workplace.program.run(try Self.commandLine(of: name))
        let brought = try ScriptExpectation(
            outcome,
            in: workplace.folder,
            ignoring: ["backups", "dumps", "mixed", "packed", "scripts"]
        )
        #expect(try workplace.volume.folder.state() == volumeBefore)

        let expectedFile = URL(fileURLWithPath: "\(Self.folder)/\(name).expected")
        if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1" {
            try Data(brought.text.utf8).write(to: expectedFile)
        }
        let expected = try String(contentsOf: expectedFile, encoding: .utf8)
        #expect(brought.text == expected, "\(Self.firstDifference(brought.text, expected))")
    }

    @Test func everyExpectationHasItsScript() throws {
        #expect(try Self.names(ending: ".expected") == Self.names())
    }

    /// A script may begin with a comment `#: WORDS`: flags, and values for its parameters. `FILE` among them is the
    /// script itself, where flags take values.
    private static func commandLine(of name: String) throws -> [String] {
        let file = "scripts/\(name).snapsh"
        let text = try String(contentsOfFile: "\(folder)/\(name).snapsh", encoding: .utf8)
        guard let line = text.split(separator: "\n").first, line.hasPrefix("#:") else { return [file] }
        let words = line.dropFirst(2).split(separator: " ").map(String.init)
        if words.contains("FILE") { return words.map { $0 == "FILE" ? file : $0 } }
        return words.filter { $0.hasPrefix("-") } + [file] + words.filter { !$0.hasPrefix("-") }
    }

    private static func firstDifference(_ a: String, _ b: String) -> String {
        let lines = (a.split(separator: "\n"), b.split(separator: "\n"))
        guard let index = zip(lines.0, lines.1).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return "one goes on where the other ends"
        }
        return "line \(index + 1):\n  is       \(lines.0[index])\n  expected \(lines.1[index])"
    }
}
