import Foundation
import TestSupport
import Testing

/// The runbooks of `scripts/runbooks` as they are run: those for a place of their own are tested with that place.
@Suite("The runbooks", .ownThread)
struct RunbookTests {
    private static let folder = URL(fileURLWithPath: Fixture.folder)
        .appendingPathComponent("../../scripts/runbooks").standardized.path

    private static func path(_ name: String) -> String { "\(folder)/\(name).snapsh" }

    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try StandardVolume.fill(workplace.volume)
        return workplace
    }

    /// Runs a runbook over the volume, which takes the place of a bucket that does not answer.
    private func run(_ runbook: String, _ words: [String], in workplace: Workplace) throws -> Program.Outcome {
        try workplace.program.run(
            [Self.path(runbook), "volume=backups"] + words,
            environment: [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7", "AWS_SECRET_ACCESS_KEY": "not a real key",
            ]
        )
    }

    @Test("pass the check without any source, say what they are for, and are named in the README")
    func check() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
        #expect(names.count >= 9)
        let readme = try String(contentsOfFile: "\(Self.folder)/../../README.md", encoding: .utf8)
        for name in names {
            let outcome = try Program().run(["--check", "\(Self.folder)/\(name)"])
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
            #expect(text.hasPrefix("#!/usr/bin/env snapsh\n# "), "\(name)")
            #expect(readme.contains("(scripts/runbooks/\(name))"), "\(name)")
        }
    }

    @Test("each layout has its row in the README")
    func layouts() throws {
        let readme = try String(contentsOfFile: "\(Self.folder)/../../README.md", encoding: .utf8)
        for layout in Set(LayoutTrees.rows.map(\.layout)) where layout != "-" {
            #expect(readme.contains("\n| `\(layout)` | "), "\(layout)")
        }
    }

    @Test("the last backup before an upgrade is taken, although newer ones are there")
    func beforeUpgrade() throws {
        let workplace = try workplace()
        let words = ["cluster=twins", "bucket=none"]
        let outcome = try run("before-upgrade", words + ["version=3.4.23"], in: workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("revision 208 is the last backup that etcd 3.4.23 wrote\n"))
        #expect(outcome.output.contains("3.4.23_00000000000000d0_etcd.backup") && !outcome.output.contains("3.5.1_"))
        let none = try run("before-upgrade", words + ["version=3.3.27"], in: workplace)
        expectFailure(none, 4, says: "cannot pick a backup: ")
    }

    @Test("the nightly proof is silent where the newest backup is fresh and sound, and replaces the copy of before")
    func nightly() throws {
        let workplace = try workplace()
        let words = ["--quiet", "cluster=foo", "bucket=none"]
        let stale = try run("nightly", words, in: workplace)
        expectFailure(stale, 3, says: "an expectation is not met: pick.age is 1d2h, not < 26h")
        #expect(try workplace.made().isEmpty)

        let bucket = try BucketWorkplace()
        try bucket.add(212, content: Fixture.snapshot("tombstone.db"))
        try bucket.program.folder.write(Fixture.snapshot("early.db"), to: "nightly.db")
        let fresh = try bucket.program.run(
            ["--quiet", Self.path("nightly"), "cluster=foo", "bucket=backups", "volume=none"],
            environment: bucket.environment
        )
        #expect(fresh.exitCode == 0, "\(fresh.talk)")
        #expect(fresh.output.isEmpty && fresh.talk.isEmpty, "\(fresh)")
        #expect(try bucket.program.folder.read("nightly.db") == Fixture.snapshot("tombstone.db"))
    }

    @Test("the nightly proof takes the volume where the bucket is dead, and never hides that")
    func deadBucket() throws {
        let workplace = try workplace()
        let words = ["--quiet", "cluster=foo", "bucket=none", "oldest=2d"]
        let outcome = try run("nightly", words, in: workplace)
        expectFailure(outcome, 6, says: "127.0.0.1:9 refuses connections; the volume backups stays in use")
        #expect(try workplace.folder.read("nightly.db") == Fixture.snapshot("tombstone.db"))
        // Whatever fails first: the reason of the bucket is in the mail, too.
        let stale = try run("nightly", words.dropLast() + ["oldest=1h"], in: workplace)
        expectFailure(stale, 3, says: "127.0.0.1:9 refuses connections; continuing after '||'\n")
        let neither = try run("nightly", ["--quiet", "cluster=nothing", "bucket=none"], in: workplace)
        expectFailure(neither, 4, says: "127.0.0.1:9 refuses connections; continuing after '||'\n")
    }

    @Test("the nightly proof fails where the newest backup is not sound or can't be used, and keeps the copy of before")
    func unsoundNight() throws {
        let workplace = try workplace()
        let words = ["--quiet", "cluster=foo", "bucket=none", "oldest=2d"]
        var altered = try Fixture.snapshot("tombstone.db")
        altered[9000] ^= 1
        try workplace.volume.add(213, content: altered, age: 3600)
        try workplace.folder.write("the copy of before".utf8, to: "nightly.db")
        #expect(try run("nightly", words, in: workplace).exitCode == 5)
        try workplace.volume.add(214, content: [], age: 60)
        #expect(try run("nightly", words, in: workplace).exitCode == 3)
        #expect(try workplace.folder.read("nightly.db") == Array("the copy of before".utf8))
        #expect(try workplace.made() == ["nightly.db"])
    }

    @Test("two nights are compared: what was added, changed and deleted in between")
    func twoNights() throws {
        let workplace = try workplace()
        // Run again, it compares what is newest then.
        for _ in 0..<2 {
            let outcome = try run("two-nights", ["cluster=foo", "prefix=/registry/"], in: workplace)
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            #expect(outcome.output.contains("\nno keys differ between revision 208 and 212\n"))
        }
        #expect(try workplace.folder.read("last-night.db") == Fixture.snapshot("late.db"))
        #expect(try workplace.folder.read("tonight.db") == Fixture.snapshot("tombstone.db"))
    }

    @Test("a cluster is recovered once the steps of a person are confirmed, and nothing is written before")
    func recoverCluster() throws {
        let workplace = try workplace()
        let words = ["cluster=foo", "data=restored", "endpoint=127.0.0.1:9"]
        let steps = ["the API servers are stopped", "etcd is stopped on every member"]
        for count in 0..<2 {
            let flags = steps.prefix(count).flatMap { ["--confirmed", $0] }
            let outcome = try run("recover-cluster", words + flags, in: workplace)
            expectFailure(outcome, 3, says: "'\(steps[count])' is not confirmed, and there is no terminal")
            #expect(try workplace.made().isEmpty)
        }
        let flags = ["--transcript", "t.jsonl"] + steps.flatMap { ["--confirmed", $0] }
        // Run again, it finds all of it done.
        for _ in 0..<2 {
            let outcome = try run("recover-cluster", words + flags, in: workplace)
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            #expect(outcome.output.contains("confirmed on the command line: the API servers are stopped\n"))
            #expect(outcome.output.hasSuffix("start etcd from it, then the API servers\n"))
        }
        #expect(workplace.folder.exists("restored/member/snap/db"))
        let report = try workplace.program.run(["report", "t.jsonl"]).output
        #expect(report.contains("confirm 'etcd is stopped on every member'") && report.contains("| restored (cluster "))

        // An etcd that still answers is found, whatever was confirmed.
        let etcd = try FaultServer { _ in .init(404) }
        let port = etcd.origin.split(separator: ":").last ?? ""
        let answers = ["cluster=foo", "data=other", "endpoint=127.0.0.1:\(port)"] + flags
        expectFailure(try run("recover-cluster", answers, in: workplace), 3, says: ".open is yes, not == no")
        #expect(!workplace.folder.exists("other"))
    }

    @Test("a restored data directory holds what the file held")
    func restoreAndCompare() throws {
        let workplace = try workplace()
        let outcome = try run("restore-and-compare", ["cluster=foo", "data=proof"], in: workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("as expected: data(proof).hashkv is "))
        #expect(outcome.output.hasSuffix("proof holds revision 212 of foo, as in recovered.db\n"))
        #expect(workplace.folder.exists("proof/member/snap/db"))
    }
}
