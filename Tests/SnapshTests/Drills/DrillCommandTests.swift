import Foundation
import TestSupport
import Testing

@Suite("The commands within a drill", .ownThread)
struct DrillCommandTests {
    private let home: DrillHome

    init() throws { home = try DrillHome() }

    private func run(_ text: String) throws -> Program.Outcome { try home.program.run(["-c", text]) }

    /// The way to the goal of `service-healthy`, whatever the seed.
    private static let way = """
        use s3 my-backups; cluster shop || cluster webshop || cluster shop-eu; use service; pick max; get recovered.db --force
        """

    @Test("'drill reset' builds the same world anew, and counts on; 'drill again' builds another one")
    func reset() throws {
        let outcome = try run(
            """
            drill start service-healthy --seed 1; use s3 my-backups; cluster shop || cluster webshop || cluster shop-eu; use service
            pick max; get recovered.db; drill hint; drill reset; drill check || echo 'not yet'; drill again --seed 2
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("is: recovered.db is missing"))
        #expect(try home.sandboxes() == ["service-healthy-2"])
        // The log of the one before is that of the one before.
        #expect(!home.folder.exists("\(DrillHome.drills)/service-healthy-2/log.jsonl"))
        #expect(try run("drill stop").exitCode == 0)
        try home.expectClean()
    }

    @Test("'drill reset' does not forget hints and failed checks")
    func resetCounts() throws {
        let outcome = try run(
            """
            drill start service-healthy; drill hint; drill check || echo no; drill reset
            \(Self.way)
            drill check; drill stop --discard
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let result = try #require(try home.results().first)
        #expect(result["hintCount"] as? Int == 1 && result["failedCheckCount"] as? Int == 1)
        try home.expectClean()
    }

    @Test("'drill stop --keep' keeps the files where it says, '--discard' keeps none")
    func keep() throws {
        let outcome = try run("drill start service-healthy --seed 1; \(Self.way); drill stop --keep")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let path = try #require(try /your files are in (\/.*)/.firstMatch(in: outcome.output)).output.1
        #expect(try FileManager.default.contentsOfDirectory(atPath: String(path)) == ["recovered.db"])
        try home.expectClean(but: ["kept"])
        // A second one of the same name replaces nothing.
        let second = try run("drill start service-healthy --seed 1; \(Self.way); drill stop --keep")
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(FileManager.default.fileExists(atPath: "\(path)/recovered.db"))
        #expect(try run("drill start service-healthy; \(Self.way); drill stop --discard").exitCode == 0)
        #expect(try home.sandboxes().isEmpty)
    }

    @Test("the solution counts as given up; the last hint is shown after a failed check only")
    func helps() throws {
        let hints = try run("drill start service-healthy; drill hint; drill hint; drill hint; drill hint")
        expectFailure(hints, 1, says: "cannot show the last hint: it is the command itself")
        let outcome = try run(
            """
            drill start service-healthy; drill check || echo no; drill hint; drill hint; drill hint; drill hint
            drill hint || echo none; drill solution
            \(Self.way)
            drill check; drill stop --discard
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.talk.contains("cannot give another hint")
                && outcome.output.split(separator: "\n").map(String.init).words.contains("The solution was asked for.")
        )
        let result = try #require(try home.results().first)
        #expect(result["hasGivenUp"] as? Bool == true && result["hintCount"] as? Int == 4)
        // What was given up is not done.
        #expect(try run("drill").output.contains(/service-healthy: 5 min, never done/))
        try home.expectClean()
    }

    @Test("--timed, --team and --seed stand in the result; the same seed tells the same story")
    func options() throws {
        let other = try DrillHome()
        func told(_ home: DrillHome, _ seed: String) throws -> String {
            let outcome = try home.program.run(["-c", "drill start service-gone --seed \(seed)"])
            #expect(outcome.exitCode == 0)
            return outcome.output.split(separator: "\n").filter { !$0.contains("/work") }.joined(separator: "\n")
        }
        var stories: Set<String> = []
        for seed in ["1", "2", "3", "4", "5", "6"] {
            let story = try told(home, seed)
            #expect(try told(other, seed) == story)
            stories.insert(story)
        }
        #expect(stories.count > 1)
        expectFailure(try run("drill start service-gone --seed x"), 2, says: "'x' is no seed")

        let outcome = try run(
            """
            drill start service-healthy --seed 1f --timed 15m --team blue
            \(Self.way)
            drill check; drill stop --discard; drill report
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("You have 15m") && outcome.output.contains("within the limit of 15m"))
        let result = try #require(try home.results().last)
        #expect(result["person"] as? String == "blue" && result["limitSeconds"] as? Double == 900)
        #expect(result["seed"] as? String == "1f" && outcome.output.contains("blue"))
        try home.expectClean()
    }

    @Test("'drill' says when one was done, and that it is due three months later")
    func due() throws {
        #expect(try run("drill start service-healthy; \(Self.way); drill check; drill stop --discard").exitCode == 0)
        #expect(try run("drill").output.contains(/service-healthy: +5 min, done [0-9]+s ago, due in 89d/))
        let file = "\(DrillHome.drills)/results.jsonl"
        let text = String(decoding: try home.folder.read(file), as: UTF8.self)
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        try home.folder.write(
            text.replacing(/"(end|start)":"[0-9]{4}/) { "\"\($0.output.1)\":\"\(year - 2)" }.utf8,
            to: file
        )
        #expect(try run("drill").output.contains(/service-healthy: +5 min, done [0-9]+y ago, due,/))
    }

    @Test("a secret that is typed in a drill stands nowhere in what is kept of it")
    func secret() throws {
        let outcome = try run(
            """
            drill start service-healthy --seed 1
            use service http://localhost:19999 --header 'Authorization: Bearer SECRET-4711' || echo no
            \(Self.way)
            drill check; drill report -o r.html; drill report
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let found = try SystemTool.run(
            ["grep", "--recursive", "--text", "--files-with-matches", "SECRET", "."],
            in: home.folder
        )
        #expect(found.output.isEmpty)
        #expect(!(outcome.output + outcome.talk).contains("SECRET"))
        #expect(try home.program.run(["-c", "drill stop"]).exitCode == 0)
    }

    @Test("results of several people make one report, as Markdown and as a page")
    func report() throws {
        for team in ["blue", "red"] {
            let outcome = try run(
                "drill start service-healthy --team \(team); \(Self.way); drill check; drill stop --discard"
            )
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            let file = "\(DrillHome.drills)/results.jsonl"
            try home.folder.write(try home.folder.read(file), to: "\(team).jsonl")
            try FileManager.default.removeItem(atPath: home.folder.path(file))
        }
        let words = ["drill", "report", "--results", "blue.jsonl", "--results", "red.jsonl"]
        let markdown = try home.program.run(words)
        #expect(markdown.exitCode == 0 && markdown.output.contains("blue") && markdown.output.contains("red"))
        let page = try home.program.run(words + ["-o", "day.html"])
        #expect(page.exitCode == 0 && page.output.contains("wrote day.html: 2 results"))
        let text = String(decoding: try home.folder.read("day.html"), as: UTF8.self)
        #expect(text.contains("blue") && text.contains("red") && text.contains("</html>"))
        expectFailure(try home.program.run(words + ["-o", "day.html"]), 1, says: "day.html")
        #expect(try home.program.run(words + ["-o", "day.html", "--force"]).exitCode == 0)
    }
}
