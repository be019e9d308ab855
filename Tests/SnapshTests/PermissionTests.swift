import TestSupport
import Testing

/// What may not be read or written; the program is then run by a user whom permissions stop.
@Suite(.ownThread) struct PermissionTests {
    private func workplace() throws -> Workplace {
        let workplace = try Workplace(unprivileged: true)
        for name in [try workplace.volume.add(9), try workplace.volume.add(15)] {
            try Workplace.setMode(0o644, of: workplace.volume.folder.path("v1/foo/\(name)"))
        }
        try Workplace.setMode(0o755, of: workplace.volume.folder.path("v1/foo"))
        return workplace
    }

    /// Takes a path's permissions for as long as `body` runs, so that it can be removed afterwards.
    private func withoutPermissions(_ path: String, _ restored: Int, _ body: () throws -> Program.Outcome) throws
        -> Program.Outcome
    {
        try Workplace.setMode(0o000, of: path)
        defer { try? Workplace.setMode(restored, of: path) }
        return try body()
    }

    @Test(arguments: [
        ("", "cannot use the volume backups: permission denied"), ("v1", "cannot read v1/: permission denied"),
    ])
    func aVolumeThatMayNotBeReadIsNotUsed(_ folder: String, _ sentence: String) throws {
        let workplace = try workplace()
        let path = workplace.volume.folder.path(folder)
        let outcome = try withoutPermissions(path, 0o755) { try workplace.recover("ls; pick max; get out.db") }
        expectFailure(outcome, 6, says: sentence)
        #expect(outcome.output.isEmpty)
        #expect(try workplace.made().isEmpty)
    }

    @Test func aClusterThatMayNotBeReadIsNotListed() throws {
        let workplace = try workplace()
        let path = workplace.volume.folder.path("v1/foo")
        let outcome = try withoutPermissions(path, 0o755) { try workplace.recover("ls; pick max; get out.db") }
        expectFailure(outcome, 6, says: "cannot read v1/foo/: permission denied")
        #expect(outcome.talk.contains("hint: run snapsh as a user who may read it"))
        #expect(try workplace.made().isEmpty)
    }

    @Test func aBackupThatMayNotBeReadIsListedButNotGot() throws {
        let workplace = try workplace()
        let name = "3.4.23_000000000000000f_etcd.backup"
        let path = workplace.volume.folder.path("v1/foo/\(name)")
        let outcome = try withoutPermissions(path, 0o644) { try workplace.recover("ls; pick max; info; get out.db") }
        expectFailure(outcome, 6, says: "cannot read v1/foo/\(name): permission denied")
        #expect(outcome.output.contains("picked \(name)"))
        #expect(try workplace.made().isEmpty)
    }

    @Test func anotherBackupOfTheClusterIsStillGot() throws {
        let workplace = try workplace()
        let path = workplace.volume.folder.path("v1/foo/3.4.23_000000000000000f_etcd.backup")
        let outcome = try withoutPermissions(path, 0o644) {
            try workplace.recover("pick max && get out.db || pick 9 && get out.db")
        }
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
    }

    @Test(arguments: ["out.db", ""])
    func aFolderThatMayNotBeWrittenGetsNothing(_ name: String) throws {
        let workplace = try workplace()
        try workplace.makeFolder("shut", mode: 0o555)
        let outcome = try workplace.recover("pick 9; get shut/\(name)")
        let file = name.isEmpty ? "3.4.23_0000000000000009_etcd.backup" : name
        expectFailure(outcome, 1, says: "cannot write shut/\(file): permission denied")
        #expect(outcome.talk.contains("hint: choose another folder: get FOLDER/NAME"))
        #expect(try workplace.folder.names(in: "shut").isEmpty)
    }

    @Test func aFolderThatMayNotBeEnteredGetsNothing() throws {
        let workplace = try workplace()
        try workplace.makeFolder("shut", mode: 0o700)
        let outcome = try withoutPermissions(workplace.folder.path("shut"), 0o700) {
            try workplace.recover("pick 9; get shut/out.db")
        }
        expectFailure(outcome, 1, says: "cannot write into the folder shut: permission denied")
        #expect(try workplace.folder.names(in: "shut").isEmpty)
    }

    @Test func aFileOrALogThatMayNotBeReadIsNotAllowed() throws {
        let workplace = try workplace()
        let file = try workplace.folder.write(try Fixture.snapshot("late.db"), to: "late.db")
        try Workplace.setMode(0o644, of: file)
        let made = try workplace.program.run(["restore", "late.db", "--data-dir", "data"])
        #expect(made.exitCode == 0, "\(made.talk)")
        let unread = try withoutPermissions(file, 0o644) { try workplace.program.run(["status", "late.db"]) }
        expectFailure(unread, 6, says: "cannot read late.db: permission denied")
        let log = workplace.folder.path("data/member/wal")
        let fact = ["-c", "echo ${data(data).keys}; echo ${data(data).cluster-id}"]
        let partly = try withoutPermissions(log, 0o700) { try workplace.program.run(fact) }
        expectFailure(partly, 6, says: "cannot read the data directory data: cannot read member/wal: permission denied")
        #expect(partly.output == "139\n")
    }

    @Test func aScriptThatMayNotBeReadIsNotRun() throws {
        let workplace = try workplace()
        let path = try workplace.folder.write("echo ran\n".utf8, to: "script")
        let outcome = try withoutPermissions(path, 0o644) { try workplace.program.run(["script"]) }
        expectFailure(outcome, 2, says: "cannot read the script script: permission denied")
        #expect(outcome.output.isEmpty)
    }
}
