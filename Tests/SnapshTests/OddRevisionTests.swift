import TestSupport
import Testing

/// Revisions in names and in scripts that are not quite what they should be.
@Suite(.ownThread) struct OddRevisionTests {
    @Test(arguments: [
        ("000000000000010", "its revision has 15 digits, not 16"),
        ("00000000000000010", "its revision has 17 digits, not 16"),
        ("00000000000000D0", "its revision is not written in lower-case hexadecimal digits"),
        ("000000000000001g", "its revision is not written in lower-case hexadecimal digits"),
        ("-000000000000001", "its revision is not written in lower-case hexadecimal digits"),
        ("8000000000000000", "its revision is beyond what etcd can count to"),
        ("ffffffffffffffff", "its revision is beyond what etcd can count to"),
        ("", "its revision has 0 digits, not 16"),
    ])
    func aNameWithAnotherRevisionIsNamedAndIgnored(_ digits: String, _ reason: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let name = "3.4.23_\(digits)_etcd.backup"
        try workplace.volume.folder.write(try Fixture.snapshot("late.db"), to: "v1/foo/\(name)")
        let outcome = try workplace.recover("ls; ls --ignored; pick max; get")
        #expect(outcome.output.contains("\(name)  \(reason)"))
        #expect(outcome.talk.contains("ignored 1 name among the backups: \(name) (\(reason))"))
        #expect(try workplace.made() == ["3.4.23_0000000000000009_etcd.backup"])
        #expect(outcome.exitCode == 0)
    }

    @Test func theHighestRevisionOfAllIsABackup() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let name = try workplace.volume.add(.max)
        let outcome = try workplace.recover("ls; pick max; get")
        #expect(outcome.output.contains("picked \(name): the highest revision of 2 backups"))
        #expect(outcome.output.contains("9223372036854775807 (0x7fffffffffffffff)"))
        // No cluster comes that far.
        expectFailure(
            outcome,
            5,
            says: "expected revision 9223372036854775807, but the last key has revision 212"
        )
        #expect(try workplace.made().isEmpty)
    }

    @Test func revisionsCompareAsNumbersAcrossVersions() throws {
        let workplace = try Workplace()
        try workplace.volume.add(99, version: "3.4.9")
        try workplace.volume.add(100, version: "3.10.0")
        try workplace.volume.add(9, version: "3.5.0")
        let outcome = try workplace.recover("pick max; pick min")
        #expect(
            outcome.output.contains("picked 3.10.0_0000000000000064_etcd.backup: the highest revision of 3 backups")
        )
        #expect(outcome.output.contains("picked 3.5.0_0000000000000009_etcd.backup: the lowest revision of 3 backups"))
    }

    @Test(arguments: ["max", "9", "0x9", "0000000000000009"])
    func twoVersionsWithTheSameRevisionAreToldApartByName(_ which: String) throws {
        let workplace = try Workplace()
        let names = [try workplace.volume.add(9, version: "3.4.23"), try workplace.volume.add(9, version: "3.5.1")]
        let outcome = try workplace.recover("pick \(which); get")
        expectFailure(
            outcome,
            1,
            says: "cannot pick revision 9 (0x9): 2 backups have it, \(names[0]) and \(names[1])\n"
                + "    hint: choose one by its name: pick \(names[0])"
        )
        #expect(try workplace.made().isEmpty)
        #expect(try workplace.recover("pick \(names[1]); get").exitCode == 0)
        #expect(try workplace.made() == [names[1]])
    }

    @Test(arguments: ["9223372036854775808", "0x8000000000000000", "8000000000000000", "00000000000000000", "0x"])
    func aRevisionThatIsNoneIsFoundByTheCheck(_ text: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let outcome = try workplace.recover("pick \(text); get")
        // As decimal digits, seventeen zeros are the revision 0.
        if text.allSatisfy({ $0 == "0" }) {
            expectFailure(outcome, 4, says: "cannot pick revision 0 (0x0): no backup has it; the nearest is 9 (0x9)")
        } else {
            expectFailure(outcome, 2, says: "'\(text)' is not a revision")
            #expect(outcome.output.isEmpty)
        }
    }
}
