import Glibc
import TestSupport
import Testing

@Suite("Two drills at once", .ownThread)
struct TwoDrillsTests {
    @Test("do not disturb each other, also where they are the same one")
    func together() throws {
        let home = try DrillHome()
        let learners = [try DrillTerminal(home), try DrillTerminal(home), try DrillTerminal(home)]
        let clusters = try learners.enumerated().map { number, learner in
            let name = number == 2 ? "name-order" : "service-gone"
            let story = try learner.run("drill start \(name) --seed 1").words
            return String(
                try #require(try /(?:power, and|etcd of) ([a-z-]+) (?:with it|does not start)/.firstMatch(in: story))
                    .output.1
            )
        }
        #expect(try home.sandboxes() == ["name-order-1", "service-gone-1", "service-gone-1-1"])

        // The first one reaches its goal, which is nothing to the others.
        for line in ["cluster \(clusters[0])", "use s3 my-backups/prod", "pick max", "get recovered.db"] {
            try learners[0].run(line)
        }
        try learners[0].run("restore recovered.db --data-dir restored")
        #expect(try learners[1].run("drill check").words.contains("0 of 2 objectives are reached"))
        #expect(try learners[2].run("drill check").words.contains("1 of 3 objectives are reached"))
        #expect(try home.folder.names(in: "\(DrillHome.drills)/service-gone-1-1/work").isEmpty)
        #expect(try learners[1].run("drill stop service-gone-1").words.contains("cannot do this"))
        #expect(try learners[0].run("drill stop --discard").words.contains("left the drill service-gone"))

        // The others go on with servers and files of their own.
        #expect(try home.sandboxes() == ["name-order-1", "service-gone-1-1"])
        for line in ["cluster \(clusters[1])", "use s3 my-backups/prod", "pick max"] { try learners[1].run(line) }
        #expect(try learners[1].run("get recovered.db").words.contains("recovered.db"))
        #expect(try learners[1].run("drill check").words.contains("reached: recovered.db is the newest backup"))
        for line in ["cluster \(clusters[2])", "use pv", "pick max"] { try learners[2].run(line) }
        #expect(try learners[2].run("get recovered.db").words.contains("recovered.db"))

        // What others are in is not theirs to remove.
        _ = try home.program.run(["-c", "drill stop"])
        #expect(try home.sandboxes() == ["name-order-1", "service-gone-1-1"])
        for learner in learners[1...] {
            #expect(try learner.run("drill stop --discard").words.contains("left the drill"))
        }
        for learner in learners { learner.terminal.close() }
        try eventually { home.processes().isEmpty }
        try home.expectClean()
    }
}

extension TwoDrillsTests {
    @Test("that are started and stopped at the same time, over and over, leave nothing")
    func race() throws {
        let home = try DrillHome()
        let words = ["-c", "drill start service-gone --seed 1; use s3 my-backups/prod; drill stop --discard"]
        for _ in 0..<4 {
            let running = try (0..<6).map { _ in try home.program.start(words) }
            for outcome in try running.map({ try $0.wait() }) { #expect(outcome.exitCode == 0, "\(outcome.talk)") }
            try home.expectClean()
        }
    }
}

/// Waits until something holds, at most as long as any run of a program may take.
func eventually(_ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(Program.timeLimit)
    while ContinuousClock.now < deadline {
        if try condition() { return }
        usleep(5000)
    }
    #expect(try condition())
}
