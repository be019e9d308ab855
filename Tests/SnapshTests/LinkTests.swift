import TestSupport
import Testing

/// Symbolic links on a volume: those within it are followed, those that leave it never.
@Suite(.ownThread) struct LinkTests {
    private static let linkName = "3.4.23_0000000000000010_etcd.backup"

    private func workplace(linkTo target: String) throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.link("v1/foo/\(Self.linkName)", to: target)
        return workplace
    }

    private func expectIgnored(_ workplace: Workplace, _ reason: String) throws {
        let before = try workplace.state()
        let listed = try workplace.recover("ls --ignored; pick max")
        #expect(listed.output.contains("\(Self.linkName)  \(reason)"))
        #expect(listed.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
        let outcome = try workplace.recover("pick 16; get out.db")
        expectFailure(outcome, 4, says: "cannot pick revision 16 (0x10): no backup has it")
        #expect(try workplace.state() == before)
    }

    @Test func aLinkToNothingIsNamedAndIgnored() throws {
        try expectIgnored(workplace(linkTo: "no-such-file"), "it is a link to nothing")
    }

    @Test func aLinkThatLeavesTheVolumeIsNamedAndNeverRead() throws {
        let outside = try TemporaryFolder()
        let target = try outside.write(try Fixture.snapshot("late.db"), to: "secret.db")
        try expectIgnored(workplace(linkTo: target), "it is a link that leaves the volume")
    }

    @Test func aRelativeLinkThatLeavesTheVolumeIsNamedAndNeverRead() throws {
        let outside = try TemporaryFolder()
        let target = try outside.write(try Fixture.snapshot("late.db"), to: "secret.db")
        let steps = String(repeating: "../", count: 20)
        try expectIgnored(workplace(linkTo: steps + target.dropFirst()), "it is a link that leaves the volume")
    }

    @Test func aLinkToItselfIsNamedAndIgnored() throws {
        try expectIgnored(workplace(linkTo: Self.linkName), "its links lead in a circle")
    }

    @Test func aLinkToAFolderIsNoBackup() throws {
        let workplace = try workplace(linkTo: "../foo")
        let outcome = try workplace.recover("ls --ignored; pick max")
        #expect(outcome.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
        #expect(outcome.output.contains(Self.linkName))
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: ["3.4.23_0000000000000009_etcd.backup", "../bar/3.4.23_0000000000000009_etcd.backup"])
    func aLinkWithinTheVolumeIsABackup(_ target: String) throws {
        let workplace = try workplace(linkTo: target)
        let content = try Fixture.snapshot("late.db")
        for cluster in ["foo", "bar"] { try workplace.volume.add(9, cluster: cluster, content: content) }
        let outcome = try workplace.recover("pick 16; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db") == content)
    }

    @Test func aClusterThatIsALinkOutOfTheVolumeIsNamedAndNeverRead() throws {
        let other = try Workplace()
        try other.volume.add(9)
        let workplace = try workplace(linkTo: "no-such-file")
        try workplace.volume.folder.link("v1/bar", to: other.volume.folder.path("v1/foo"))
        let outcome = try workplace.program.run(["-c", "use pv backups; clusters; cluster bar"])
        expectFailure(outcome, 4, says: "cannot find cluster 'bar' in the volume backups")
        #expect(outcome.talk.contains("bar (it is a link that leaves the volume)"))
    }

    @Test func aClusterThatIsALinkWithinTheVolumeIsACluster() throws {
        let workplace = try workplace(linkTo: "no-such-file")
        try workplace.volume.folder.link("v1/bar", to: "foo")
        let outcome = try workplace.program.run(["-c", "use pv backups; cluster bar; pick max; get out.db"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("--data-dir bar.etcd"))
    }
}
