import Foundation
import TestSupport
import Testing

@Suite("A drill holds only in its session", .ownThread)
struct DrillBorderTests {
    @Test("and in those opened inside its folder, while it lives and after it was killed")
    func borders() throws {
        let home = try DrillHome()
        let lines = ["use pv", "use service", "use s3 my-backups --region none", "cluster shop; use pv"]
        func elsewhere() throws -> [String] {
            try lines.map { line in
                let outcome = try home.program.run(["-c", line])
                return "\(outcome.exitCode) \(outcome.output)\(outcome.talk)"
            }
        }
        let before = try elsewhere()
        let learner = try DrillTerminal(home)
        try learner.run("drill start name-order --seed 1")
        try learner.run("!touch mine")

        // Elsewhere nothing has changed: -c, a script, and a prompt.
        #expect(try elsewhere() == before)
        try home.folder.write("use pv || echo 'the real world'\n".utf8, to: "r.snapsh")
        let script = try home.program.run(["r.snapsh"])
        #expect(script.output.contains("the real world") && !script.talk.contains("drill"))
        let other = try DrillTerminal(home)
        let mention = "another session is in the drill name-order: 'drill resume' joins it"
        #expect(try other.greeting.words.contains(mention))
        #expect(try other.run("use pv").words.contains("cannot use the volume"))
        #expect(other.prompt == "snapsh>")
        other.terminal.close()

        // Inside, the world is that of the drill, shared with the session that serves it.
        func inside(_ text: String) throws -> Program.Outcome { try home.runInWork(text) }
        let joined = try inside("use pv; clusters; drill check || echo not yet")
        #expect(joined.exitCode == 0, "\(joined.talk)")
        #expect(joined.talk.contains("this is the drill name-order") && joined.output.contains("not yet"))
        #expect(try inside("use pv /tmp").exitCode != 0)
        #expect(try inside("drill stop --discard").talk.contains("another session is in it"))

        kill(try learner.terminal.processID(), SIGKILL)
        try eventually { home.processes().isEmpty }
        learner.terminal.close()
        #expect(try elsewhere() == before)
        #expect(try inside("use pv; clusters").exitCode == 0)

        // A new prompt elsewhere says so in one line, and goes on.
        let again = try DrillTerminal(home)
        #expect(try again.greeting.filter { $0.contains("unfinished") }.count == 1)
        #expect(try again.run("drill resume").words.contains("name-order"))
        #expect(again.prompt == "snapsh drill:name-order>")
        #expect(try again.run("!ls").words == "mine")
        #expect(try again.run("drill stop --discard").words.contains("left the drill"))
        again.terminal.close()
        try eventually { home.processes().isEmpty }
        try home.expectClean()
    }

    @Test("outlives its terminal: the window is closed, and a new prompt resumes it")
    func closedWindow() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        try learner.run("drill start service-gone")
        try learner.run("drill hint")
        try learner.run("!touch mine")
        try learner.terminal.closeWindow()
        try eventually { home.processes().isEmpty }
        let again = try DrillTerminal(home)
        #expect(try again.run("drill resume").words.contains("The backup service is gone"))
        #expect(try again.run("!ls").words == "mine")
        // Nothing of the first session is forgotten: the next hint is the second one.
        #expect(try again.run("drill hint").words.contains("'use s3 BUCKET/PREFIX' takes its keys"))
        #expect(try again.run("drill stop --discard").words.contains("left the drill"))
    }

    @Test("serves the sources of a session inside, also where the first one was killed")
    func served() throws {
        let home = try DrillHome()
        let learner = try DrillTerminal(home)
        let story = try learner.run("drill start service-healthy --seed 1").words
        let cluster = try #require(try /etcd of ([a-z-]+) is gone/.firstMatch(in: story)).output.1
        let text = "cluster \(cluster); use service; pick max; use s3 my-backups; pick max; get recovered.db --force"
        #expect(try home.runInWork(text).exitCode == 0)
        kill(try learner.terminal.processID(), SIGKILL)
        try eventually { home.processes().isEmpty }
        // The threads of a killed process end one by one, and the last of them frees what it has locked.
        try eventually { try home.runInWork(text).exitCode == 0 }
        #expect(try home.runInWork("drill stop --discard").exitCode == 0)
        try home.expectClean()
    }

    @Test("a session in the folder of a drill that was removed meanwhile runs nothing")
    func removed() throws {
        let home = try DrillHome()
        #expect(try home.program.run(["-c", "drill start name-order"]).exitCode == 0)
        let sandbox = try #require(try home.sandboxes().first)
        let script =
            #"cd '\#(home.path("work", of: sandbox))' && rm -r '\#(home.path("..", of: sandbox))/\#(sandbox)' && exec "$@""#
        let outcome = try home.program.run(["-c", "echo this ran; use pv"], prefix: Program.shell(script))
        #expect(outcome.exitCode == 1 && outcome.output.isEmpty, "\(outcome.output)\(outcome.talk)")
        #expect(outcome.talk.contains("hint: go to another folder"), "\(outcome.talk)")
        try home.expectClean()
    }

    @Test("a session inside a sandbox that is broken runs nothing", arguments: ["state.json", "definition/drill.yaml"])
    func broken(name: String) throws {
        let home = try DrillHome()
        #expect(try home.program.run(["-c", "drill start name-order"]).exitCode == 0)
        let sandbox = try #require(try home.sandboxes().first)
        let path = home.path(name, of: sandbox)
        for damage in ["", "{", "drill: 1\n"] {
            try Data(damage.utf8).write(to: URL(fileURLWithPath: path))
            let outcome = try home.runInWork("echo this ran; use pv")
            #expect(outcome.exitCode != 0 && outcome.output.isEmpty, "\(outcome.output)\(outcome.talk)")
            expectPlainText(outcome)
        }
        try FileManager.default.removeItem(atPath: path)
        let outcome = try home.runInWork("echo this ran; use pv")
        #expect(outcome.exitCode != 0 && outcome.output.isEmpty, "\(outcome.output)\(outcome.talk)")
        #expect(try home.program.run(["-c", "drill stop"]).exitCode == 0)
        try home.expectClean()
    }
}
