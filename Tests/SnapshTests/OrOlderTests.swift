import Foundation
import TestSupport
import Testing

/// `get --or-older`: where the pick is not sound, an older one is taken, and that is said.
@Suite(.ownThread) struct OrOlderTests {
    /// A backup's size, and not its bytes.
    private static func altered() throws -> [UInt8] {
        var bytes = try Fixture.snapshot("late.db")
        bytes[9000] ^= 1
        return bytes
    }

    /// Two that are sound, 9 and 168; of those above them, so many are altered.
    private func workplace(alteredCount: Int) throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9, content: Fixture.snapshot("early.db"), age: 5 * 86400 + 1800)
        try workplace.volume.add(168, content: Fixture.snapshot("middle.db"), age: 4 * 86400 + 1800)
        for revision in 0..<alteredCount {
            try workplace.volume.add(Int64(200 + revision), content: Self.altered(), age: 3600)
        }
        return workplace
    }

    @Test func theNextOlderOneIsTaken() throws {
        let workplace = try workplace(alteredCount: 1)
        let outcome = try workplace.recover(
            "pick max; expect pick.skipped == 0; get out.db --or-older;"
                + " echo ${pick.revision} ${pick.skipped} ${pick.age} ${file.revision}"
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("warning: cannot accept 3.4.23_00000000000000c8_etcd.backup: it was altered: "))
        #expect(
            outcome.output.contains(
                "picked 3.4.23_00000000000000a8_etcd.backup: the next older one, as"
                    + " 3.4.23_00000000000000c8_etcd.backup is not sound\n"
            )
        )
        #expect(outcome.output.hasSuffix("\n168 1 4d 168\n"))
        #expect(try workplace.made() == ["out.db"])
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("middle.db"))
    }

    @Test func withoutItTheGetFails() throws {
        let workplace = try workplace(alteredCount: 1)
        expectFailure(try workplace.recover("pick max; get out.db"), 5, says: "it was altered")
        #expect(try workplace.made().isEmpty)
    }

    @Test func withoutAFileEachIsCalledAsTheBackup() throws {
        let workplace = try workplace(alteredCount: 2)
        let outcome = try workplace.recover("pick max; get --or-older=2; echo ${pick.skipped}")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("\n2\n"))
        #expect(try workplace.made() == ["3.4.23_00000000000000a8_etcd.backup"])
    }

    @Test func noMoreThanItAllowsAreTried() throws {
        let workplace = try workplace(alteredCount: 4)
        let two = try workplace.recover("pick max; get out.db --or-older=2")
        expectFailure(two, 5, says: "cannot accept 3.4.23_00000000000000c9_etcd.backup: it was altered")
        #expect(two.talk.contains("; tried before it: 3.4.23_00000000000000cb_etcd.backup (it was altered: "))
        #expect(two.talk.contains("), 3.4.23_00000000000000ca_etcd.backup (it was altered: "))
        #expect(two.talk.contains("; 2 older ones were tried\n    hint: more are tried with --or-older=N"))
        expectFailure(try workplace.recover("pick max; get out.db --or-older"), 5, says: "; 3 older ones were tried\n")
        #expect(try workplace.made().isEmpty)
        let four = try workplace.recover("pick max; get out.db --or-older=4; expect pick.revision == 168")
        #expect(four.exitCode == 0, "\(four.talk)")
    }

    @Test func whereNoneIsOlderThatIsSaid() throws {
        let workplace = try Workplace()
        try workplace.volume.add(200, content: Self.altered())
        expectFailure(
            try workplace.recover("pick max; get out.db --or-older"),
            5,
            says: "; there is no older one\n"
        )
        try workplace.volume.add(9, content: Array("placeholder".utf8))
        expectFailure(
            try workplace.recover("pick max; get out.db --or-older"),
            5,
            says: "; no older one can be used: 3.4.23_0000000000000009_etcd.backup (11 bytes: too short for a snapshot)"
        )
    }

    @Test func whatCannotBeUsedIsPassedOverAndDoesNotCountAsATry() throws {
        let workplace = try workplace(alteredCount: 1)
        for revision in 180..<185 { try workplace.volume.add(Int64(revision), content: []) }
        let outcome = try workplace.recover("pick max; get out.db --or-older=1; echo ${pick.revision} ${pick.skipped}")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("warning: skipped 3.4.23_00000000000000b8_etcd.backup (it is empty), "))
        #expect(outcome.talk.contains(" and 2 more\n"))
        #expect(outcome.output.hasSuffix("\n168 6\n"))
    }

    @Test func inJSONThePickNamesWhatWasPassedOver() throws {
        let workplace = try workplace(alteredCount: 1)
        func picks(_ text: String) throws -> [[String: Any]] {
            try workplace.recover(text, ["--json"]).output.split(separator: "\n").compactMap {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }.filter { $0["kind"] as? String == "pick" }
        }
        #expect(try picks("pick max")[0]["skipped"] == nil && picks("pick max")[0]["passedOver"] == nil)
        try workplace.volume.add(300, content: [])
        let text = "pick max; info; get out.db --or-older"
        let found = try picks(text)
        try #require(found.count == 3)
        #expect(found.map { $0["skipped"] as? Int } == [1, 1, 2])
        let passedOver = found.map { $0["passedOver"] as? [[String: String]] ?? [] }
        let empty = ["name": "3.4.23_000000000000012c_etcd.backup", "reason": "it is empty"]
        #expect(passedOver[0] == [empty] && passedOver[1] == [empty] && passedOver[2].first == empty)
        #expect(passedOver[2].last?["reason"]?.hasPrefix("it was altered") == true, "\(passedOver)")
    }

    @Test func theLimitsOfThePickHoldForTheOlderOnes() throws {
        let workplace = try workplace(alteredCount: 1)
        try workplace.volume.add(190, version: "3.5.1", content: Fixture.snapshot("late.db"), age: 7200)
        let byVersion = try workplace.recover(
            "pick max --etcd-version 3.4; get out.db --or-older; expect pick.revision == 168"
        )
        #expect(byVersion.exitCode == 0, "\(byVersion.talk)")
        let byTarget = try workplace.recover(
            "target 3.4; pick max; get t.db --or-older; expect pick.revision == 168"
        )
        #expect(byTarget.exitCode == 0, "\(byTarget.talk)")
    }

    @Test func thePickThatIsNamedIsTakenAllTheSame() throws {
        let workplace = try workplace(alteredCount: 0)
        try workplace.volume.add(200, content: Array("placeholder".utf8))
        let max = try workplace.recover("pick max; get out.db; echo ${pick.revision} ${pick.skipped}")
        #expect(max.exitCode == 0, "\(max.talk)")
        #expect(max.output.hasSuffix("\n168 1\n"))
        #expect(max.output.contains(": the highest usable revision of 3 backups\n"))
        #expect(
            max.talk.contains(
                "warning: skipped 3.4.23_00000000000000c8_etcd.backup (11 bytes: too short for a snapshot)\n"
            )
        )
        let named = try workplace.recover("pick 200; get named.db")
        expectFailure(named, 5, says: "it is the text 'placeholder'")
        #expect(named.talk.contains("warning: 11 bytes: too short for a snapshot; 'get' will probably fail"))
        let older = try workplace.recover("pick 200; get older.db --or-older; expect pick.revision == 168")
        #expect(older.exitCode == 0, "\(older.talk)")
    }

    @Test func aBrokenConnectionIsNoReasonToTakeAnOlderOne() throws {
        let workplace = try Workplace(unprivileged: true)
        try workplace.volume.add(9)
        let name = try workplace.volume.add(208)
        let path = workplace.volume.folder.path("v1/foo/\(name)")
        try Workplace.setMode(0o000, of: path)
        defer { try? Workplace.setMode(0o644, of: path) }
        expectFailure(
            try workplace.recover("pick max; get out.db --or-older"),
            6,
            says: "permission denied"
        )
        #expect(try workplace.made().isEmpty)
    }

    @Test func fromABucketOlderOnesAreTakenToo() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        let name = "3.4.23_00000000000000c8_etcd.backup"
        try workplace.server.put(bucket: "backups", key: "v1/foo/\(name)", bytes: try Self.altered())
        try workplace.server.put(
            bucket: "backups",
            key: "v1/foo/3.4.23_00000000000000c9_etcd.backup",
            bytes: Array("placeholder".utf8)
        )
        let outcome = try workplace.run(
            "use s3 backups; cluster foo; pick max; get out.db --or-older; echo ${pick.revision} ${pick.skipped}"
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("\n9 2\n"))
        #expect(try workplace.program.folder.names().filter { $0.hasPrefix(".") }.isEmpty)
    }

    @Test func aServiceDoesNotListOlderOnesAndThatIsSaid() throws {
        let content = try Self.altered()
        let server = try FaultServer { request in
            request.target.hasPrefix("/v1/status")
                ? .init(200, body: Array(#"{"backups":3,"backupSize":0.5}"#.utf8))
                : .init(200, headers: ["X-etcd-Version": "3.4.23", "X-Revision": "200"], body: content)
        }
        let outcome = try Program().run(
            ["-c", "cluster foo; use service \(server.origin); pick max; get out.db --or-older"]
        )
        expectFailure(
            outcome,
            5,
            says: "; older ones are unknown: the backup service at \(server.origin) does not list them\n"
        )
    }

    @Test func theRunbookForAVolumeTakesTheNewestThatIsSound() throws {
        let workplace = try workplace(alteredCount: 2)
        let runbook = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../scripts/runbooks/quickstart.snapsh").standardized.path
        let outcome = try workplace.program.run([runbook, "volume=backups", "cluster=foo", "target=3.4.23"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("revision 168 of foo is in recovered.db\n"))
    }
}
