import TestSupport
import Testing

@Suite("A slip of the finger in a drill", .ownThread)
struct DrillSlipsTests {
    @Test("in an answer costs no answer: after an arrow key it is typed again")
    func arrowKey() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        let story = try learner.run("drill start service-healthy --seed 2").words
        let cluster = try #require(try /etcd of ([a-z-]+) is gone/.firstMatch(in: story)?.output.1)
        for line in ["cluster \(cluster)", "use service", "pick max", "get recovered.db"] { try learner.run(line) }
        _ = try learner.enter("drill check")
        try learner.terminal.wait(for: "the first question") { $0.last?.hasPrefix(">") == true }
        try learner.terminal.press("Left")
        try learner.terminal.press("Enter")
        try learner.answer("can't be used here: type it again >", "the newest")
        try learner.answer("What proved that it is the right one, and sound? >", "its order")
        try learner.answer("What would you change in your runbook? >", "nothing")
        #expect(try learner.output(after: 1).words.contains("What to take from it:"))
        #expect(try home.results().map { $0["answers"] as? [String] } == [["the newest", "its order", "nothing"]])
        try learner.run("drill stop --discard")
    }

    @Test("is seen by the game master, too: a command that Ctrl-C ended is in the timeline")
    func interruptedCommand() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        let sandbox = try #require(
            try /drills\/([a-z-]+[0-9a-f]+)\/work/.firstMatch(
                in: learner.run("drill start service-healthy --seed 2").joined()
            )?.output.1
        )
        let typed = try learner.enter("confirm 'All right?'")
        try learner.terminal.wait(for: "the question") { ($0.last ?? "").hasPrefix("All right?") }
        try learner.terminal.press("C-c")
        let shown = try learner.output(after: typed).words
        #expect(shown.contains("interrupted") && !shown.contains("warning"))
        #expect(
            String(decoding: try home.folder.read("\(DrillHome.drills)/\(sandbox)/log.jsonl"), as: UTF8.self)
                .contains("confirm")
        )
        try learner.run("drill stop --discard")
    }

    @Test("in a cluster's name is answered by the names that a source has, which can be chosen next")
    func wrongCluster() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        try learner.run("drill start service-gone --seed 2")
        try learner.run("cluster nothing-like-it")
        let shown = try learner.run("use s3 my-backups/prod").words
        #expect(shown.contains("for one of them, write: use s3 my-backups/prod --cluster billing"))
        #expect(shown.contains("billing"))
        // Neither is this a reason to leave the drill.
        #expect(try learner.run("use service").words.contains("check the name"))
        try learner.run("drill stop --discard")
    }
}
