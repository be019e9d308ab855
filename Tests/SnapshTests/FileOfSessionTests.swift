import TestSupport
import Testing

/// FILE may be left out after 'get' and 'verify'.
@Suite("The file of a session", .ownThread)
struct FileOfSessionTests {
    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        try workplace.folder.write(Fixture.snapshot("early.db"), to: "early.db")
        return workplace
    }

    @Test(
        "is taken by what reads a file, and is named",
        arguments: [
            ("verify", "sound: checksum, structure and revisions of out.db are right"),
            ("status", "out.db, verified in this session and unchanged since"),
            ("keys --prefix /registry/namespaces/ -n 1", "/registry/namespaces/"),
            ("restore --data-dir d", "restored out.db"),
            ("restore --print", " snapshot restore out.db"),
        ]
    )
    func isTaken(_ command: String, _ output: String) throws {
        let outcome = try workplace().recover("pick max; get out.db; \(command)")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains(output), "\(outcome.output)")
        let file = "out.db, which is 3.4.23_00000000000000d0_etcd.backup of cluster 'foo' in the volume backups"
        #expect(outcome.talk.contains("note: taking \(file)\n"), "\(outcome.talk)")
    }

    @Test("is named once where it is called as the backup is")
    func sameName() throws {
        let outcome = try workplace().recover("pick max; get; verify")
        let name = "3.4.23_00000000000000d0_etcd.backup"
        #expect(
            outcome.talk.contains("note: taking \(name) of cluster 'foo' in the volume backups\n"),
            "\(outcome.talk)"
        )
    }

    @Test("is not taken where one word is given: that is FILE")
    func oneWord() throws {
        let outcome = try workplace().recover("pick max; get out.db; keys /registry/")
        expectFailure(outcome, 4, says: "cannot read /registry/")
        #expect(outcome.talk.hasSuffix("hint: for the keys that begin so, write: keys --prefix /registry/\n"))
        let alone = try workplace().program.run(["keys", "/registry"])
        #expect(alone.talk.hasSuffix("name the file first: keys FILE /registry\n"), "\(alone.talk)")
        let missing = try workplace().program.run(["keys", "/tmp/none.db"])
        #expect(missing.talk.hasSuffix("hint: see what is there: ls /tmp\n"), "\(missing.talk)")
        let both = try workplace().program.run(["keys", "early.db", "a", "--prefix", "b"])
        expectFailure(both, 2, says: "PREFIX is given twice")
    }

    @Test("that is not there is a finding of the check", arguments: ["verify", "status", "keys", "restore"])
    func missing(_ command: String) throws {
        let alone = try Program().run([command])
        expectFailure(
            alone,
            2,
            says: "'\(command)' needs FILE: no file that is downloaded, or verified as sound, is at hand"
        )
        #expect(alone.talk.contains("hint: write: snapsh \(command) FILE\n"))
        let uncertain = try Program().run(["-c", "use pv /x; cluster a; pick max; get || echo no; \(command)"])
        expectFailure(uncertain, 2, says: "it is not certain that a file is downloaded or verified here")
    }

    @Test("stays verified when another one was verified, until it changes")
    func severalFiles() throws {
        let text = "pick max; get out.db; verify early.db; status out.db; status early.db"
        let outcome = try workplace().recover(text)
        #expect(outcome.output.contains("out.db, verified in this session and unchanged since\n"))
        #expect(outcome.output.contains("early.db, verified in this session and unchanged since\n"))
        let session = try PromptSession()
        try session.run("use pv backups", then: "snapsh pv foo>")
        try session.run("pick max", then: "snapsh pv foo@208>")
        try session.run("get out.db")
        try session.run("!touch out.db")
        #expect(try session.run("status").contains { $0.contains("which was not verified") })
    }

    @Test("is not known in a dry run before the download")
    func dryRun() throws {
        let workplace = try workplace()
        let outcome = try workplace.program.run(
            ["--dry-run", "-c", "use pv backups; cluster foo; pick max; get out.db; status"]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("not known before the download: status\n"), "\(outcome.output)")
    }
}
