import Foundation
import TestSupport
import Testing

/// The `next` lines of the program are run as they stand, by the system's shell.
@Suite("The next line in a pipe, a text or a script", .ownThread)
struct OfferedLineProgramTests {
    /// The lines of a table that are called `next`.
    private func next(_ output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            let text = line.drop { $0 == " " }
            guard line.hasPrefix("  next "), text != line else { return nil }
            return String(text.dropFirst("next".count).drop { $0 == " " })
        }
    }

    private func run(_ line: String, _ workplace: Workplace) throws -> Program.Outcome {
        try workplace.program.run(
            [],
            prefix: ["sh", "-c", "alias snapsh=\"$1\"; eval \"$2\"", "sh", Program.path, line]
        )
    }

    @Test("leads from 'info' to the file, and from there to the data directory of Kubernetes' etcd")
    func steps() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let info = try workplace.recover("pick max; info")
        #expect(next(info.output) == ["snapsh -c 'use pv backups; cluster foo; pick max; get'"])
        let got = try run(next(info.output)[0], workplace)
        #expect(got.exitCode == 0, "\(got.talk)")
        let name = "3.4.23_00000000000000d0_etcd.backup"
        let restore = "snapsh restore \(name) --data-dir foo.etcd --bump-revision 1000000000 --mark-compacted"
        #expect(next(got.output) == [restore])
        #expect(got.output.contains("\n  why        Kubernetes remembers later revisions"))
        let restored = try run(restore, workplace)
        #expect(restored.exitCode == 0, "\(restored.talk)")
        #expect(restored.output.contains("revision    1000000208"))
        #expect(next(restored.output).allSatisfy { $0.hasPrefix("etcd --name default ") })

        let status = try workplace.program.run(["status", name])
        #expect(next(status.output) == [restore.replacing("foo.etcd", with: "restored.etcd")])
    }

    @Test("names a data directory that is not there yet, after each restore")
    func freeFolder() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        for folder in ["foo.etcd", "foo-2.etcd", "foo-3.etcd"] {
            let got = try workplace.recover("pick max; get out.db")
            let line = try #require(next(got.output).first)
            #expect(line.contains(" --data-dir \(folder) "), "\(line)")
            let restored = try run(line, workplace)
            #expect(restored.exitCode == 0, "\(restored.talk)")
            #expect(workplace.folder.exists("\(folder)/member/snap/db"))
        }
    }

    @Test("a place that is taken is answered with one that is free")
    func takenFolder() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        #expect(try program.run(["restore", "out.db", "--data-dir", "a/foo.etcd"]).exitCode == 0)
        let other = try program.run([
            "restore", "out.db", "--data-dir", "a/foo.etcd", "--bump-revision", "5", "--mark-compacted",
        ])
        expectFailure(
            other,
            1,
            says:
                "cannot restore into a/foo.etcd: a member is in it already, with other data: a/foo.etcd/member/snap/db"
                + " is not what this restore writes\n    hint: choose another one, as with --data-dir a/foo-2.etcd, or"
        )
        let all = try program.run(["-c", "restore out.db --all a --initial-cluster foo.etcd=http://h:1"])
        expectFailure(all, 1, says: "hint: choose another one, as with --all a-2, or move away")
    }

    @Test("that Kubernetes wants another revision is said before the data directory has its name, and in a dry run")
    func kubernetes() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let note =
            "note: out.db holds the data of Kubernetes, which may remember later revisions: with --bump-revision 1000000000"
            + " --mark-compacted, it reads everything again (snapsh help restore)\n"
        let both = Program.shell(#"exec "$@" 2>&1"#)
        let made = try program.run(["restore", "out.db", "--data-dir", "a"], prefix: both)
        #expect(made.output.hasPrefix(note + "restored out.db\n"), "\(made.output)")
        #expect(try program.run(["--dry-run", "restore", "out.db"]).talk.hasPrefix(note))
        let raised = ["--bump-revision", "5", "--mark-compacted"]
        #expect(try !program.run(["restore", "out.db", "--data-dir", "b"] + raised).talk.contains("Kubernetes"))
        #expect(try program.run(["help", "restore"]).output.contains("Kubernetes needs both."))
    }

    @Test("for etcd's own tool are of the version that wrote the file, where no target is chosen")
    func ownTool() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let old = try program.run(["restore", "out.db", "--print"])
        #expect(old.output.hasPrefix("ETCDCTL_API=3 etcdctl snapshot restore out.db "), "\(old.output)")
        #expect(old.talk.contains("note: out.db is of etcd 3.4, which has no etcdutl"))
        let chosen = try program.run(["-c", "target 3.5; restore out.db --print"])
        #expect(chosen.output.contains("\netcdutl snapshot restore out.db "), "\(chosen.output)")
        #expect(chosen.talk.hasPrefix("note: out.db holds the data of Kubernetes") && !chosen.talk.contains("etcdutl"))
        #expect(
            try program.run(["restore", "none.db", "--print"]).output.hasPrefix("etcdutl snapshot restore none.db ")
        )
    }

    @Test("of a file that holds no keys of Kubernetes raises nothing")
    func otherKeys() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("empty.db"), to: "it's.db")
        let status = try program.run(["status", "it's.db"])
        let lines = next(status.output)
        #expect(lines.count == 1 && !lines[0].contains("--bump-revision"), "\(status.output)")
        let outcome = try program.run(
            [],
            prefix: ["sh", "-c", "alias snapsh=\"$1\"; eval \"$2\"", "sh", Program.path, lines[0]]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
    }

    @Test("at the prompt is the prompt's, also where it is for the system's shell")
    func prompt() throws {
        let session = try PromptSession()
        try session.run("use pv backups", then: "snapsh pv foo>")
        try session.run("pick max", then: "snapsh pv foo@208>")
        let got = try session.run("get out.db").joined()
        #expect(
            got.contains("next       restore out.db --data-dir foo.etcd --bump-revision 1000000000 --mark-compacted")
        )
        let restored = try session.run("restore out.db --data-dir foo.etcd").joined()
        #expect(restored.contains("next        !etcd --name default --data-dir foo.etcd"), "\(restored)")
        #expect(try session.run("hashkv out.db").joined().contains("compare with  !etcdctl endpoint hashkv "))
    }

    @Test("a hint in a script is for the system's shell, and begins where the script was")
    func hints() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208)
        let missing = try workplace.recover("pick 77")
        #expect(missing.talk.contains("hint: see them all: snapsh -c 'use pv backups; cluster foo; ls'\n"))
        #expect(try run("snapsh -c 'use pv backups; cluster foo; ls'", workplace).exitCode == 0)
        let noFile = try workplace.program.run(["status", "none.db"])
        #expect(noFile.talk.hasSuffix("    hint: see what is there: ls\n"), "\(noFile.talk)")
        let topic = try workplace.program.run(["help", "nonsense"])
        #expect(topic.talk.contains("hint: 'snapsh help' lists the commands"), "\(topic.talk)")
    }
}
