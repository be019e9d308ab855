import Foundation
import TestSupport
import Testing

@Suite("A world of ten thousand backups", .ownThread)
struct LargeWorldTests {
    @Test("needs at most 100 MB of memory and of disk, and its sources list all of them")
    func large() throws {
        let home = try DrillHome()
        let text = try OwnDrill.text("service-gone") {
            $0.replacing(
                "  other-clusters: 5\n",
                with: "  other-clusters: 1430\n  volume:\n    path: /var/etcd-backup\n"
            )
        }
        #expect(text.contains("other-clusters: 1430"))
        try home.folder.write(text.utf8, to: "large.yaml")
        let learner = try DrillTerminal(home)
        let story = try learner.run("drill start ./large.yaml --seed 1").words
        #expect(story.contains("Your files are in"), "\(story)")
        let process = MachineProcess(id: try learner.terminal.processID())
        let memory = try #require(process.maxResidentByteCount)
        #expect(memory < 100_000_000, "\(memory) bytes of memory")
        let sandbox = try #require(try home.sandboxes().first)
        let disk = try Self.diskByteCount(of: home.path("", of: sandbox))
        #expect(disk.byteCount < 100_000_000, "\(disk.byteCount) bytes of disk")
        #expect(disk.nameCount > 10_000)
        try learner.run("use s3 my-backups/prod")
        #expect(try learner.run("cluster team-1430").words.contains("team-1430"))
        #expect(try learner.run("pick max").words.contains("picked"))
        try learner.run("use pv")
        #expect(try learner.run("pick max").words.contains("picked"))
        #expect(try learner.run("drill stop --discard").words.contains("left the drill"))
        learner.terminal.close()
        try eventually { home.processes().isEmpty }
        try home.expectClean()
    }

    /// What a folder takes on its disk, where a file of several names counts once.
    private static func diskByteCount(of folder: String) throws -> (byteCount: Int, nameCount: Int) {
        var inodes: Set<UInt64> = []
        var (byteCount, nameCount) = (0, 0)
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
            nameCount += 1
            if inodes.insert(UInt64(status.st_ino)).inserted { byteCount += Int(status.st_blocks) * 512 }
        }
        return (byteCount, nameCount)
    }
}
