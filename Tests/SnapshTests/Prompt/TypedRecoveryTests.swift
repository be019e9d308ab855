import TestSupport
import Testing

@Suite("A recovery typed by hand", .ownThread)
struct TypedRecoveryTests {
    @Test("the session greets, and says how to go on and how to end")
    func greeting() throws {
        let session = try PromptSession()
        let lines = try session.terminal.lines()
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix(": 'help' lists the commands, Tab completes, Ctrl-D ends") == true)
        #expect(lines.last == "snapsh>")
    }

    @Test("from a volume to a verified file; the prompt shows how far one has come")
    func recovery() throws {
        let session = try PromptSession()
        #expect(
            try session.run("use pv backups", then: "snapsh pv foo>") == [
                "using volume backups, layout operator: 1 cluster, foo"
            ]
        )
        #expect(
            try session.run("clusters") == [
                "CLUSTER  BACKUPS  NEWEST      AGE", "foo            2  208 (0xd0)  3d",
            ]
        )
        #expect(try session.run("cluster foo", then: "snapsh pv foo>") == ["cluster foo"])
        let listing = try session.run("ls")
        #expect(listing.count == 3)
        #expect(listing.last?.hasSuffix("  3.4.23_00000000000000d0_etcd.backup") == true)
        #expect(
            try session.run("pick max", then: "snapsh pv foo@208>") == [
                "picked 3.4.23_00000000000000d0_etcd.backup: the highest revision of 2 backups",
                "  revision 208 (0xd0), etcd 3.4.23, 44.0 KiB, 3d old",
            ]
        )
        let got = try session.run("get out.db")
        #expect(got.first == "got out.db: checksum, structure and revisions verified")
        #expect(
            got.suffix(2) == [
                "  next       restore out.db --data-dir foo.etcd --bump-revision 1000000000 --mark-compacted",
                "  why        Kubernetes remembers later revisions: with a higher one, it reads everything again",
            ]
        )
        #expect(try session.folder.read("out.db") == Fixture.snapshot("late.db"))
    }

    @Test("a mistake shows where it is and what was meant, and the session goes on")
    func mistake() throws {
        let session = try PromptSession()
        let shown = try session.run("echo before; clutser foo")
        #expect(shown.first == "unknown command 'clutser'")
        #expect(shown.contains("    echo before; clutser foo"))
        #expect(shown.contains("                 ^~~~~~~"))
        #expect(shown.last == "    hint: did you mean 'cluster'?")
        #expect(!shown.contains("before"))
        #expect(try session.run("echo after") == ["after"])
    }

    @Test("a command that fails says so, and the session goes on")
    func failure() throws {
        let session = try PromptSession()
        try session.run("use pv backups", then: "snapsh pv foo>")
        #expect(
            try session.run("cluster fo") == [
                "cannot find cluster 'fo' in the volume backups; the cluster stays foo",
                "    hint: did you mean 'foo'?",
            ]
        )
        #expect(try session.run("cluster foo", then: "snapsh pv foo>") == ["cluster foo"])
    }

    @Test("Ctrl-D ends the session well, also after a failure")
    func controlD() throws {
        let session = try PromptSession()
        try session.run("use pv nowhere")
        try session.terminal.press("C-d")
        #expect(try session.terminal.exitCode() == 0)
    }

    @Test("'exit' ends the session, and what stands behind it is not run")
    func exit() throws {
        let session = try PromptSession()
        try session.type("echo before; exit; echo after")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        let lines = try session.terminal.lines()
        #expect(lines.contains("before"))
        #expect(!lines.contains("after"))
    }

    @Test("'exit CODE' ends the session with that code")
    func exitCode() throws {
        let session = try PromptSession()
        try session.type("use pv nowhere || exit 7")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 7)
    }

    @Test("'exit' in a runbook ends the session that sources it")
    func exitInARunbook() throws {
        let session = try PromptSession {
            try $0.folder.write("echo before\nexit\necho after\n".utf8, to: "end.snapsh")
        }
        try session.type("source end.snapsh; echo behind")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        let lines = try session.terminal.lines()
        #expect(lines.contains("before"))
        #expect(!lines.contains("after") && !lines.contains("behind"))
    }

    @Test("a runbook takes its parameters from what was set before")
    func parameters() throws {
        let session = try PromptSession {
            try $0.folder.write("param name = nobody\nparam place\necho $name at $place\n".utf8, to: "hello.snapsh")
        }
        #expect(try session.run("source hello.snapsh").contains("    hint: set it first: set place = VALUE"))
        try session.run("set place = home")
        #expect(try session.run("source hello.snapsh").last == "nobody at home")
        try session.run("set name = somebody")
        #expect(try session.run("source hello.snapsh").last == "somebody at home")
    }

    @Test("a command of the system's shell runs in the terminal, and its failure is told")
    func systemShell() throws {
        let session = try PromptSession()
        #expect(try session.run("!echo hi; test -t 0 -a -t 1 && echo a terminal") == ["hi", "a terminal"])
        #expect(try session.run("!false") == ["the shell command ended with exit code 1"])
        #expect(try session.run("echo after") == ["after"])
    }
}
