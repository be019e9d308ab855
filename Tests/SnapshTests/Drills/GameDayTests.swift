import Foundation
import TestSupport
import Testing

@Suite("A game day", .ownThread)
struct GameDayTests {
    @Test("its master takes things away and says things from a second terminal, and watches until the end")
    func master() throws {
        let home = try DrillHome()
        let injects = """
            injects:
              - name: bucket-down
                say: The bucket does not answer any more.
                bucket: {down: true}
              - name: bucket-back
                say: The bucket answers again.
                bucket: {}

            """
        try home.folder.write(try OwnDrill.text { $0 + injects }.utf8, to: "game.yaml")
        func master(_ words: String...) throws -> Program.Outcome { try home.program.run(["drill"] + words) }
        expectFailure(try master("say", "hello"), 4, says: "no session is in one")

        let learner = try DrillTerminal(home)
        let story = try learner.run("drill start ./game.yaml --seed 1").words
        let cluster = try #require(try /etcd of ([a-z-]+) is gone/.firstMatch(in: story)).output.1
        let watch = try home.program.start(["drill", "watch"])
        try learner.run("cluster \(cluster)")
        #expect(try learner.run("use s3 my-backups").words.contains("cannot") == false)

        #expect(try master("inject", "bucket-down").exitCode == 0)
        try learner.terminal.wait(for: "The bucket does not answer any more.")
        #expect(try learner.run("use s3 my-backups").words.contains("cannot"))
        #expect(try master("inject", "bucket-back").exitCode == 0)
        try learner.terminal.wait(for: "The bucket answers again.")
        #expect(try !learner.run("use s3 my-backups").words.contains("cannot"))
        #expect(try master("say", "The boss asks", "how long it takes.").exitCode == 0)
        try learner.terminal.wait(for: "The boss asks how long it takes.")
        expectFailure(try master("inject", "bucket-dwon"), 4, says: "the drill has none of that name")

        try learner.run("drill check")
        try learner.run("drill hint")
        #expect(watch.wait { (try? watch.output().contains("hint: Three")) == true })
        try learner.run("drill stop --discard")
        let seen = try watch.wait()
        #expect(seen.exitCode == 0, "\(seen.talk)")
        for text in [
            "cluster \(cluster)", "use s3 my-backups", "inject: bucket-down", "failed: cannot",
            "message: The boss asks how long it takes.", "check: 0 objectives reached", "hint: Three commands",
        ] { #expect(seen.output.contains(text), "\(text)") }
        #expect(seen.talk.contains("the drill has ended"))
        learner.terminal.close()
        try eventually { home.processes().isEmpty }
        try home.expectClean()
    }

    @Test("names its drill where several are played, and what the drill has planned happens at its time")
    func several() throws {
        let home = try DrillHome()
        let injects = """
            injects:
              - name: service-down
                at: 1s
                say: The service is gone, too.
                service: {down: true}

            """
        try home.folder.write(try OwnDrill.text { $0 + injects }.utf8, to: "game.yaml")
        let learners = [try DrillTerminal(home), try DrillTerminal(home)]
        try learners[0].run("drill start ./game.yaml --seed 1")
        try learners[1].run("drill start service-gone --seed 1")
        try learners[0].terminal.wait(for: "The service is gone, too.")
        #expect(try learners[0].run("cluster shop-eu; use service; pick max").words.contains("refuses connections"))

        let which = try home.program.run(["drill", "say", "hello"])
        expectFailure(which, 1, says: "several")
        #expect(which.talk.contains("service-gone-1") && which.talk.contains("service-healthy-1"))
        let said = try home.program.run(["drill", "say", "--sandbox", "service-gone-1", "hello", "there"])
        #expect(said.exitCode == 0, "\(said.talk)")
        try learners[1].terminal.wait(for: "hello there")
        #expect(try !learners[0].terminal.lines().words.contains("hello there"))
        for learner in learners { try learner.run("drill stop --discard") }
    }
}
