import Foundation
import TestSupport
import Testing

@Suite("A session in a drill's world", .ownThread)
struct PromptDrillTests {
    @Test("shows in the prompt that it is a drill, keeps its lines apart, and is back where it was at the end")
    func prompt() throws {
        let session = try PromptSession()
        try session.run("echo real")
        try session.run("drill start service-gone", then: "snapsh drill:service-gone>")
        try session.run("use s3 my-backups/prod", then: "snapsh drill:service-gone s3>")
        for _ in 0..<3 { try session.terminal.press("Up") }
        try session.expect(typed: "use s3 my-backups/prod")
        try session.dropLine()
        #expect(try session.run("history") == ["  1  use s3 my-backups/prod", "  2  history"])
        #expect(try session.run("!pwd").last?.hasSuffix("/work") == true)
        try session.run("drill stop --discard", then: "snapsh>")
        for line in ["drill start service-gone", "echo real"] {
            try session.terminal.press("Up")
            try session.expect(typed: line)
        }
        try session.dropLine()
        #expect(try session.run("use").contains { $0.hasPrefix("no source is in use yet") })
        #expect(try session.run("!pwd") == [session.folder.path])
        let kept = String(decoding: try session.folder.read(PromptSession.historyPath), as: UTF8.self)
        #expect(kept == "echo real\ndrill start service-gone\nuse\n!pwd\n")
    }

    @Test("leaves room for a command on 40 columns")
    func narrow() throws {
        let session = try PromptSession(columns: 40)
        try session.terminal.type("drill start service-gone")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "snapsh drill:service-gone>")
        try session.terminal.type("use pv")
        try session.terminal.wait(forLastLine: "snapsh drill:service-gone> use pv")
    }

    @Test("is that of a script in the drill's folder, too: its home, and no way out")
    func script() throws {
        let program = try Program()
        let started = try program.run(["drill", "start", "service-gone"])
        #expect(started.exitCode == 0, "\(started.talk)")
        let drills = ".local/state/snapsh/drills"
        let sandbox = try #require(try program.folder.names(in: drills).first { $0.hasPrefix("service-gone") })
        try program.folder.write("echo ~/a\nuse pv /\n".utf8, to: "\(drills)/\(sandbox)/work/r.snapsh")
        let inWork = Program.shell(#"cd '\#(program.folder.path("\(drills)/\(sandbox)/work"))' && exec "$@""#)
        let outcome = try program.run(["r.snapsh"], prefix: inWork)
        #expect(outcome.exitCode == 6, "\(outcome.talk)")
        #expect(outcome.output == "\(program.folder.path("\(drills)/\(sandbox)/home/a"))\n")
        #expect(
            outcome.talk.contains(
                "cannot reach / from the drill service-gone\n    hint: check the name; to reach what is outside, leave the drill first: snapsh drill stop"
            )
        )
        let elsewhere = try program.run(["-c", "echo ~/a"])
        #expect(elsewhere.output == "\(program.folder.path("a"))\n")
    }
}
