import TestSupport
import Testing

/// Volumes that can't be used, or not all of them.
@Suite(.ownThread) struct BadVolumeTests {
    @Test func aFolderThatDoesNotExistIsNoVolume() throws {
        let outcome = try Program().run(["-c", "use pv no/such/folder"])
        expectFailure(outcome, 6, says: "cannot use the volume no/such/folder: no such file or directory")
        #expect(outcome.talk.contains("hint: name the folder where it is mounted: use pv DIR"))
    }

    @Test func aFileIsNoVolume() throws {
        let workplace = try Workplace()
        try workplace.folder.write("text".utf8, to: "file")
        let outcome = try workplace.program.run(["-c", "use pv file"])
        expectFailure(outcome, 6, says: "cannot use the volume file: not a directory")
        #expect(try workplace.folder.read("file") == Array("text".utf8))
    }

    @Test func aLinkToNothingIsNoVolume() throws {
        let workplace = try Workplace()
        try workplace.folder.link("link", to: "/no/such/folder")
        let outcome = try workplace.program.run(["-c", "use pv link"])
        expectFailure(outcome, 6, says: "cannot use the volume link: no such file or directory")
    }

    @Test func aFolderWithoutBackupsIsNoVolume() throws {
        let workplace = try Workplace()
        try workplace.folder.makeFolder("other")
        let outcome = try workplace.program.run(["-c", "use pv other"])
        expectFailure(
            outcome,
            4,
            says: "cannot find backups in the volume other: "
        )
        #expect(outcome.talk.contains("hint: name the folder that holds the backups: use pv DIR"))
    }

    @Test func aFileCalledV1IsNoVolume() throws {
        let workplace = try Workplace()
        try workplace.folder.write([], to: "other/v1")
        let outcome = try workplace.program.run(["-c", "use pv other"])
        expectFailure(
            outcome,
            4,
            says: "cannot find backups in the volume other: "
        )
    }

    @Test(arguments: ["backups", "backups/", "backups/v1", "backups/v1/", "disk", "disk/"])
    func aVolumeIsFoundFromItsRootItsV1FolderOrADisk(_ path: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.folder.makeFolder("disk/var")
        try workplace.folder.link("disk/var/etcd-backup", to: workplace.volume.path)
        let outcome = try workplace.program.run(["-c", "use pv \(path); cluster foo; pick max; get out.db"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
    }

    @Test func anEmptyClusterHasNothingToPick() throws {
        let workplace = try Workplace()
        try workplace.volume.folder.makeFolder("v1/foo")
        let outcome = try workplace.recover("ls; pick max; get")
        expectFailure(outcome, 4, says: "cannot pick a backup: cluster 'foo' has none")
        #expect(try workplace.made().isEmpty)
    }

    @Test(arguments: [
        ([], ["lost+found", "notes"], "nothing there is a cluster: lost+found/, notes/, v1/ (empty)"),
        (["a.txt"], [], "nothing there is a cluster: a.txt (it is a file where the clusters' folders are)"),
        (
            ["1", "2", "3", "4", "5", "6"], [],
            ["1", "2", "3", "4", "5"].map { "\($0) (it is a file where the clusters' folders are)" }.joined(
                separator: ", "
            )
        ),
    ])
    func whereNoClusterIsTheFirstNamesAreSaid(_ files: [String], _ folders: [String], _ names: String) throws {
        let workplace = try Workplace()
        try workplace.volume.folder.makeFolder("v1")
        for name in files { try workplace.volume.folder.write([1], to: "v1/\(name)") }
        for name in folders { try workplace.volume.folder.makeFolder(name) }
        let outcome = try workplace.program.run(["-c", "use pv backups; clusters"])
        expectFailure(outcome, 4, says: "cannot find clusters in the volume backups: ")
        #expect(outcome.talk.contains(names + "\n"), "\(outcome.talk)")
        #expect(try workplace.program.run(["-c", "use pv backups || echo next"]).output.hasSuffix("next\n"))
    }

    @Test func aFileAmongTheClustersIsNamedAndIgnored() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.write([], to: "v1/file")
        let outcome = try workplace.recover("clusters")
        #expect(outcome.exitCode == 0)
        #expect(outcome.talk.contains("file (it is a file where the clusters' folders are)"))
        #expect(try workplace.program.run(["-c", "use pv backups; cluster file"]).exitCode == 4)
    }
}
