import Drills
import TestSupport
import Testing

@Suite("The first drill, at a terminal", .ownThread)
struct FirstDrillTests {
    @Test("is played from the listing to the debrief, and no line of it is broken within a word", arguments: [80, 40])
    func played(columns: Int) throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home, columns: columns)
        func run(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
            let shown = try learner.run(line)
            let broken = try learner.brokenLines()
            #expect(broken.isEmpty, sourceLocation: sourceLocation)
            return shown.words
        }

        let list = try run("drill")
        #expect(list.contains("service-healthy") && list.contains("5 min, never done, proven"))
        #expect(list.contains("get the newest backup from the cluster's own backup service, and prove it"))
        #expect(list.contains("start one: drill start NAME"))

        let story = try run("drill start service-healthy --seed 2")
        #expect(story.contains("service-healthy: The backup service is healthy"))
        #expect(story.contains("Mistakes cost nothing here") && story.contains("recovered.db is the newest backup"))
        #expect(learner.prompt == "snapsh drill:service-healthy>")
        let cluster = try #require(try /etcd of ([a-z-]+) is gone/.firstMatch(in: story)?.output.1)

        let early = try run("drill check")
        #expect(early.contains("not yet: recovered.db is the newest backup, and sound"))
        #expect(
            early.contains("is: recovered.db is missing")
                && early.contains("should be: recovered.db is from the right backup")
        )
        #expect(early.contains("0 of 2 objectives are reached"))
        #expect(try run("drill hint").contains("Three commands find a backup"))

        // A typical mistake is answered by its name.
        for line in ["cluster \(cluster)", "use s3 my-backups", "pick max", "get recovered.db"] {
            _ = try learner.run(line)
        }
        let mistaken = try run("drill check")
        #expect(mistaken.contains("a typical mistake, took-the-copy: This is yesterday's backup."))
        #expect(mistaken.contains("not yet: the last order is in it"))

        for line in ["use service", "pick max", "get recovered.db --force"] { _ = try learner.run(line) }
        let typed = try learner.enter("drill check")
        try learner.answer("Which backup did you take, and why that one? >", "the newest, of the service")
        try learner.answer("What proved that it is the right one, and sound? >", "its last order")
        try learner.answer("What would you change in your runbook? >", "ask the service first")
        let debrief = try learner.output(after: typed)
        let broken = try learner.brokenLines()
        #expect(broken.isEmpty)
        for text in [
            "All objectives are reached, after", "reached: recovered.db is the newest backup",
            "What you did, and an expert's way:", "get recovered.db --force", "expect file.verified",
            "What to take from it:", "The bucket was a day behind", "What else would have gone wrong:",
            "- took-an-old-one:", "Recovered after", "1 hint, 2 failed checks.", "'drill stop' leaves",
        ] { #expect(debrief.words.contains(text), "\(text)") }

        #expect(try run("drill").contains("5 min, done"))
        // Markdown has lines of its own, which a terminal breaks anywhere.
        let report = try learner.run("drill report").joined().filter { $0 != " " }
        #expect(report.contains("asktheservicefirst"))
        let stop = try learner.enter("drill stop")
        try learner.answer("work? [y/N]", "n")
        #expect(try learner.output(after: stop).words.contains("left the drill service-healthy"))
        #expect(learner.prompt == "snapsh>")
        #expect(MachineProcess(id: try learner.terminal.processID()).listeningSocketCount == 0)
        try learner.terminal.type("exit")
        try learner.terminal.press("Enter")
        #expect(try learner.terminal.exitCode() == 0)
        try home.expectClean()
    }

    @Test("asks its questions again where Ctrl-C ended them, and keeps one result")
    func interrupted() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        let story = try learner.run("drill start service-healthy --seed 2").words
        let cluster = try #require(try /etcd of ([a-z-]+) is gone/.firstMatch(in: story)?.output.1)
        for line in ["cluster \(cluster)", "use service", "pick max", "get recovered.db"] { try learner.run(line) }
        let typed = try learner.enter("drill check")
        try learner.answer("Which backup did you take, and why that one? >", "the newest")
        try learner.terminal.wait(for: "the second question") { $0.words.contains("What proved that") }
        try learner.terminal.press("C-c")
        #expect(try !learner.output(after: typed).words.contains("What to take from it"))
        #expect(!home.folder.exists("\(DrillHome.drills)/results.jsonl"))
        _ = try learner.enter("drill check")
        try learner.answer("Which backup did you take, and why that one? >", "")
        try learner.answer("What proved that it is the right one, and sound? >", "its order")
        try learner.answer("What would you change in your runbook? >", "")
        #expect(try learner.output(after: 1).words.contains("What to take from it:"))
        // A goal is reached once.
        #expect(try !learner.run("drill check").words.contains("What to take from it:"))
        #expect(try home.results().map { $0["answers"] as? [String] } == [["", "its order", ""]])
        try learner.run("drill stop --discard")
    }

    @Test("and all others fit a terminal of 40 columns: story, objectives, check and hints")
    func narrow() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home, columns: 40)
        for name in Catalog.drills.map(\.name) {
            for line in ["start \(name)", "check", "hint", "hint", "hint", "again", "stop --discard"] {
                try learner.run("drill \(line)")
                let broken = try learner.brokenLines()
                #expect(broken.isEmpty, "\(name): \(line)")
            }
        }
    }
}
