import Foundation
import TestSupport
import Testing

@Suite("A runbook with its choices fixed", .ownThread)
struct PinTests {
    private static let runbook = """
        #!/usr/bin/env snapsh
        # The newest backup, from anywhere.
        param cluster "what to recover"
        use service \\
          http://127.0.0.1:9 || use pv backups || exit 7   # the service is gone
        cluster $cluster
        source common.snapsh; echo "picked ${pick.name}"
        get $out

        """

    private static func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9, age: 7200)
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"), age: 3600)
        try workplace.folder.write(Self.runbook.utf8, to: "recover.snapsh")
        try workplace.folder.write("pick 500 || pick max || pick min\nset out = out.db\n".utf8, to: "common.snapsh")
        return workplace
    }

    private static func pin(_ workplace: Workplace) throws -> Program.Outcome {
        try workplace.program.run(["--dry-run", "--pin", "pinned.snapsh", "recover.snapsh", "cluster=foo"])
    }

    @Test("it names the very backup, keeps the rest, and is the one file that is written")
    func writing() throws {
        let workplace = try Self.workplace()
        let before = try workplace.made()
        let outcome = try Self.pin(workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("wrote pinned.snapsh: 1 choice is fixed in it"))
        #expect(try workplace.made() == (before + ["pinned.snapsh"]).sorted())
        #expect(try workplace.folder.mode(of: "pinned.snapsh") == 0o600)
        let text = String(decoding: try workplace.folder.read("pinned.snapsh"), as: UTF8.self)
        let sha256 = try SystemTool.run([
            "sha256sum", workplace.folder.path("backups/v1/foo/3.4.23_00000000000000d0_etcd.backup"),
        ])
        .output.prefix(64)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "#!/usr/bin/env snapsh")
        #expect(lines[1].contains("by a dry run of recover.snapsh."))
        #expect(
            Array(lines.dropFirst(3)) == [
                "# Left out, as it failed in the dry run: use service   http://127.0.0.1:9",
                "# Left out, as it failed in the dry run: pick 500",
                "# The newest backup, from anywhere.",
                "param cluster = foo 'what to recover'",
                "use pv backups || exit 7   # the service is gone",
                "cluster $cluster",
                "# from common.snapsh:",
                "pick 3.4.23_00000000000000d0_etcd.backup --revision 208 --sha256 \(sha256) || exit 4",
                "set out = out.db",
                "# end of common.snapsh",
                " echo \"picked ${pick.name}\"",
                "get $out",
                "",
            ],
            "\(text)"
        )
    }

    @Test("it passes a check: a parameter that only a choice used is left out")
    func unusedParameters() throws {
        let workplace = try Self.workplace()
        let script = "use pv backups; cluster foo\nparam t; param u = $t; pick max --before $u && get\n"
        try workplace.folder.write(script.utf8, to: "before.snapsh")
        let arguments = ["--dry-run", "--pin", "pinned.snapsh", "before.snapsh", "t=2100-01-01"]
        #expect(try workplace.program.run(arguments).exitCode == 0)
        let text = String(decoding: try workplace.folder.read("pinned.snapsh"), as: UTF8.self)
        for name in ["t", "u"] {
            #expect(text.contains("# Left out, as nothing uses it here: param \(name)"), "\(text)")
        }
        let check = try workplace.program.run(["--check", "pinned.snapsh"])
        #expect(check.exitCode == 0, "\(check.talk)")
        #expect(try workplace.program.run(["pinned.snapsh"]).exitCode == 0)
    }

    @Test(
        "it takes the pinned backup, and says that a newer one exists; where that is gone or another one, exit code 4"
    )
    func running() throws {
        let workplace = try Self.workplace()
        #expect(try Self.pin(workplace).exitCode == 0)
        try workplace.volume.add(212, content: Fixture.snapshot("tombstone.db"), age: 60)
        let taken = try workplace.program.run(["pinned.snapsh"])
        #expect(taken.exitCode == 0, "\(taken.talk)")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("late.db"))
        #expect(
            taken.talk.contains(
                "warning: a newer backup exists, and is not taken: 3.4.23_00000000000000d4_etcd.backup, 44.0 KiB, 1m"
            ),
            "\(taken.talk)"
        )
        let dry = try workplace.program.run(["--dry-run", "pinned.snapsh"])
        #expect(dry.exitCode == 0 && dry.output.contains("out.db is there already, verified"), "\(dry.talk)")

        let path = workplace.volume.folder.path("v1/foo/3.4.23_00000000000000d0_etcd.backup")
        for (change, sentence) in [("changed", "it has changed, its SHA-256 is"), ("gone", "it is gone")] {
            if change == "gone" {
                try FileManager.default.removeItem(atPath: path)
            } else {
                try Data(try Fixture.snapshot("middle.db")).write(to: URL(fileURLWithPath: path))
            }
            try? FileManager.default.removeItem(atPath: workplace.folder.path("out.db"))
            let outcome = try workplace.program.run(["pinned.snapsh"])
            expectFailure(outcome, 4, says: "cannot pick the pinned 3.4.23_00000000000000d0_etcd.backup: \(sentence)")
            #expect(!workplace.folder.exists("out.db"))
        }
    }

    @Test("in the place of a pinned backup that is not sound no older one is taken")
    func unsound() throws {
        let workplace = try Self.workplace()
        try workplace.volume.add(300, content: UnsoundContent.all[3].bytes, age: 60)
        let text = "use pv backups; cluster foo; pick 300; get out.db --or-older=2"
        let pin = try workplace.program.run(["--dry-run", "--pin", "p.snapsh", "-c", text])
        #expect(pin.exitCode == 0, "\(pin.talk)")
        expectFailure(try workplace.program.run(["p.snapsh"]), 5, says: "cannot accept 3.4.23_000000000000012c")
        #expect(!workplace.folder.exists("out.db"))
    }

    @Test("a choice from a bucket is fixed by its ETag")
    func bucket() throws {
        let workplace = try BucketWorkplace()
        let name = try workplace.add(9)
        let flags = ["--dry-run", "--pin", "p.snapsh", "-c", "use s3 backups; cluster foo; pick max; get out.db"]
        let pin = try workplace.program.run(flags, environment: workplace.environment)
        #expect(pin.exitCode == 0, "\(pin.talk)")
        let text = String(decoding: try workplace.program.folder.read("p.snapsh"), as: UTF8.self)
        #expect(text.contains("pick \(name) --revision 9 --etag "), "\(text)")
        try workplace.add(10)
        let taken = try workplace.program.run(["p.snapsh"], environment: workplace.environment)
        #expect(taken.exitCode == 0 && taken.talk.contains("a newer backup exists, and is not taken"), "\(taken.talk)")
        try workplace.add(9, content: Fixture.snapshot("late.db"))
        let changed = try workplace.program.run(["p.snapsh"], environment: workplace.environment)
        expectFailure(changed, 4, says: "cannot pick the pinned \(name): it has changed, its ETag is")
    }

    @Test("a choice from a service is fixed by its name and revision, and no rate can be measured")
    func service() throws {
        let workplace = try Self.workplace()
        let serving = try ServingProgram(workplace.program, "use pv backups; cluster foo")
        let text = "use service \(serving.url); cluster foo; pick max; get out.db"
        let pin = try workplace.program.run(["--dry-run", "--pin", "p.snapsh", "-c", text])
        #expect(pin.exitCode == 0, "\(pin.talk)")
        #expect(pin.output.contains("unknown: the source sends a backup in one piece only"), "\(pin.output)")
        let runbook = String(decoding: try workplace.folder.read("p.snapsh"), as: UTF8.self)
        #expect(runbook.contains("; pick 3.4.23_00000000000000d0_etcd.backup --revision 208; get out.db"), "\(runbook)")
        try workplace.volume.add(212, content: Fixture.snapshot("tombstone.db"))
        let taken = try workplace.program.run(["p.snapsh"])
        #expect(taken.exitCode == 0 && taken.talk.contains("a newer backup exists, and is not taken"), "\(taken.talk)")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("late.db"))
    }

    @Test("where a choice is not known, or the file exists, nothing is written")
    func refusals() throws {
        let workplace = try Self.workplace()
        let text = "use pv backups; cluster foo; pick max; get out.db; pick ${file.revision}; info"
        let unknown = try workplace.program.run(["--dry-run", "--pin", "p.snapsh", "-c", text])
        expectFailure(
            unknown,
            1,
            says: "cannot pin -c:1:52: which backup 'pick' takes is not known before the download"
        )
        #expect(unknown.talk.contains("pick a backup that is there; or run it, and then 'record FILE --pinned'"))
        #expect(!workplace.folder.exists("p.snapsh"))
        let existing = try workplace.program.run([
            "--dry-run", "--pin", "common.snapsh", "recover.snapsh", "cluster=foo",
        ])
        expectFailure(existing, 1, says: "cannot write common.snapsh: it exists already")
        let chain = try workplace.program.run(
            ["--dry-run", "--pin", "p.snapsh", "-c", "use pv backups; cluster foo; source common.snapsh || exit 7"]
        )
        expectFailure(
            chain,
            1,
            says: "cannot pin -c:1:30: the script that it includes picks a backup, and '||' stands in the same chain"
        )
        #expect(chain.talk.contains("hint: put 'source' on a separate line: where it fails, the script ends there"))
        expectFailure(
            try workplace.program.run(["--pin", "p.snapsh", "recover.snapsh"]),
            2,
            says: "goes with '--dry-run'"
        )
    }

    @Test("a backup that does not exist yet can't be pinned, and the refusal says what to do")
    func fresh() throws {
        let server = try FaultServer { _ in .init(200, body: Array(#"{"backups":3,"backupSize":0.5}"#.utf8)) }
        let program = try Program()
        let text = "use service \(server.origin); cluster foo; get out.db --fresh"
        let outcome = try program.run(["--dry-run", "--pin", "p.snapsh", "-c", text])
        expectFailure(outcome, 1, says: "which backup 'get' takes is not known before the new backup")
        #expect(
            outcome.talk.contains(
                "hint: leave out --fresh to pin the newest backup that exists now; or run it, and then 'record FILE --pinned'"
            ),
            "\(outcome.talk)"
        )
        #expect(!program.folder.exists("p.snapsh"))
    }

    @Test("a script that picks is included in its place also between '&&', and where '||' never reached it, exit 4 is")
    func chains() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("pick min\nset out = min.db\n".utf8, to: "other.snapsh")
        for (chain, lines) in [
            (
                "use pv none || use pv backups && source common.snapsh && info # why",
                [
                    "use pv backups", "# from common.snapsh:", "PICK || exit 4", "set out = out.db",
                    "# end of common.snapsh", "info # why",
                ]
            ),
            (
                "source common.snapsh && info && expect pick.revision == 208",
                [
                    "# from common.snapsh:", "PICK || exit 4", "set out = out.db", "# end of common.snapsh",
                    "info && expect pick.revision == 208",
                ]
            ),
            (
                "pick 500 || source common.snapsh",
                ["# from common.snapsh:", "PICK || exit 4", "set out = out.db", "# end of common.snapsh"]
            ),
            ("pick max || source other.snapsh; set out = out.db", ["PICK || exit 4; set out = out.db"]),
        ] {
            let text = "use pv backups; cluster foo\n\(chain)\nget ${out:-out.db}\n"
            let pin = try workplace.program.run(["--dry-run", "--pin", "p.snapsh", "-c", text])
            #expect(pin.exitCode == 0, "\(pin.talk)")
            let pinned = String(decoding: try workplace.folder.read("p.snapsh"), as: UTF8.self)
                .replacing(/pick 3.4.23_00000000000000d0_etcd.backup --revision 208 --sha256 [0-9a-f]+/, with: "PICK")
            let found = pinned.split(separator: "\n").map(String.init)
                .drop { $0 != "use pv backups; cluster foo" }.dropFirst().filter { !$0.isEmpty }
            #expect(Array(found) == lines + ["get ${out:-out.db}"], "\(pinned)")
            let run = try workplace.program.run(["p.snapsh"])
            #expect(run.exitCode == 0, "\(run.talk)")
            #expect(try workplace.folder.read("out.db") == Fixture.snapshot("late.db"))
            for name in ["out.db", "p.snapsh"] {
                try FileManager.default.removeItem(atPath: workplace.folder.path(name))
            }
        }
    }

    @Test("only a name can be pinned")
    func usage() throws {
        let program = try Program()
        for (words, sentence) in [
            ("max --etag x", "only a backup's name can be pinned"), ("208 --revision 208", "only a backup's name"),
            ("name.db --sha256 12", "'12' is not a SHA-256"),
        ] {
            let outcome = try program.run(["--check", "-c", "use pv; cluster foo; pick \(words)"])
            expectFailure(outcome, 2, says: sentence)
        }
    }
}
