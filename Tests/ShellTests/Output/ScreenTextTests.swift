import TestSupport
import Testing

@testable import Shell

@Suite("Text on a terminal")
struct ScreenTextTests {
    private static func lines(_ text: String, _ width: Int, breaksCommands: Bool = true, hang: Int? = nil) -> [String] {
        ScreenText(width: width, breaksCommands: breaksCommands).text(text, hang: hang).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test("is broken at blanks, and goes on a little to the right; what fits stays as it is")
    func words() {
        #expect(Self.lines("note: one two three", 12) == ["note: one", "  two three"])
        #expect(Self.lines("a  b   c", 8) == ["a  b   c"])
        #expect(Self.lines("one\n\n two", 5) == ["one", "", " two"])
        #expect(Self.lines("    hint: one two", 14, hang: 6) == ["    hint: one", "      two"])
        #expect(Self.lines("  a paragraph of text", 12) == ["  a", "  paragraph", "  of text"])
        #expect(Self.lines("- an item of a list", 12) == ["- an item of", "  a list"])
        #expect(Self.lines(String(repeating: "x", count: 30), 20) == [String(repeating: "x", count: 30)])
        #expect(Self.lines("größe größe", 11) == ["größe größe"])
    }

    @Test("of two columns goes on below the second one, where that leaves room")
    func columns() {
        #expect(Self.lines("  name   a long value", 20) == ["  name   a long", "         value"])
        #expect(Self.lines("  a long name  value of it", 16) == ["  a long name", "      value of", "      it"])
        #expect(
            Self.lines("208 (0xd0)  44.0 KiB  3d  3.4.23_etcd.backup  (picked)", 40)
                == ["208 (0xd0)  44.0 KiB  3d", "    3.4.23_etcd.backup  (picked)"]
        )
    }

    @Test("a command has a line of its own where it has no room behind its name, and is broken only where it must be")
    func commands() {
        let line = "  next   " + Copyable.marked("get out.db --force") + ", as 'x'"
        #expect(Self.lines(line, 60) == ["  next   get out.db --force, as 'x'"])
        #expect(Self.lines(line, 32) == ["  next", "    get out.db --force, as 'x'"])
        #expect(Self.lines(line, 24) == ["  next", "    get out.db --force", "    as 'x'"])
        let long = "  next   " + Copyable.marked("etcd --name 'a b' --data-dir=d --x y z")
        #expect(
            Self.lines(long, 30) == [
                "  next   etcd --name 'a b' \\", "           --data-dir=d \\", "           --x y z",
            ]
        )
        #expect(Self.lines(long, 30, breaksCommands: false) == ["  next   etcd --name 'a b' --data-dir=d --x y z"])
        #expect(Copyable.unmarked(long) == "  next   etcd --name 'a b' --data-dir=d --x y z")
    }

    @Test(
        "a broken command has the same words for the system's shell",
        arguments: [
            "etcd --name 'a b' --data-dir=d --listen-client-urls http://127.0.0.1:2379,http://10.0.0.1:2379 -x y",
            "snapsh -c 'use pv it; cluster \"a  b\"; pick max; get'",
            #"curl --header "Authorization: $(echo a  b)" u\ v"#,
            "printf $'a b' ''",
        ]
    )
    func sameWords(command: String) throws {
        func words(_ text: String) throws -> String {
            try SystemTool.run(["bash", "-c", "printf '%s\\0' \(text)"]).output
        }
        for width in 20...90 {
            let broken = Self.lines("  next   \(Copyable.marked(command))", width)
            let text = broken.joined(separator: "\n").drop { $0 == " " }.dropFirst("next".count)
            #expect(try words(String(text.drop { $0.isWhitespace })) == words(command), "\(width): \(broken)")
        }
    }

    @Test("messages, their hints and their commands fit, and in a pipe nothing is broken")
    @MainActor
    func messages() {
        for width in [50, 80, nil] {
            var talk = ""
            let output = Output(at: .shell) { _, bytes in
                talk += String(decoding: bytes, as: UTF8.self)
            }
            output.width = { _ in width }
            let words = String(repeating: "word ", count: 40)
            output.note(words)
            output.warning(words)
            output.talk("+ \(Copyable.marked("echo \(words)"))")
            let write = "write: snapsh -c 'use pv DIR; ls' --option value --another value --third value"
            output.failure(FailureMessage(code: "x", words, hint: write, exitCode: .failed))
            output.failure(FailureMessage(code: "x", "short", hint: "\(words)", exitCode: .failed))
            let longest = talk.split(separator: "\n").map(\.count).max() ?? 0
            if let width {
                #expect(longest <= width, "\(talk)")
                #expect(talk.contains(" \\\n"))
            } else {
                #expect(talk.split(separator: "\n").count == 7 && !talk.contains("\u{2}"), "\(talk)")
            }
        }
    }

    @Test("colours do not count as characters")
    @MainActor
    func colors() {
        var talk = ""
        let output = Output(usesColor: true) { _, bytes in
            talk += String(decoding: bytes, as: UTF8.self)
        }
        output.width = { _ in 20 }
        output.note("one two three four")
        #expect(talk == "\u{1B}[36mnote: \u{1B}[0mone two three\n  four\n")
    }

    @Test(
        "what 'help' says by topics fits 80 columns",
        arguments: HelpTopic.allCases.filter { ![.drills, .manual].contains($0) }
    )
    @MainActor
    func topics(topic: HelpTopic) async throws {
        let scene = try Scene(width: 80)
        #expect(await scene.run("help \(topic.rawValue)") == .success)
        for line in scene.data.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("what 'help' says of each command fits 80 columns", arguments: Sources.commands.all.map(\.name))
    @MainActor
    func commandHelp(name: String) async throws {
        let scene = try Scene(width: 80)
        #expect(await scene.run("help \(name)") == .success)
        // An example is copied as it stands.
        for line in scene.data.split(separator: "\n") where !line.hasPrefix("    \(name) ") {
            #expect(line.count <= 80, "\(line)")
        }
    }
}
