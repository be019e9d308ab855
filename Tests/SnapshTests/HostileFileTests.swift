import TestSupport
import Testing

/// What a file claims of itself takes neither memory nor time beyond what its size justifies.
@Suite("A small file that claims to be a huge one")
struct HostileFileTests {
    /// Of processor time and of memory that a run may take, the stacks of its threads included: a reader that believes the
    /// file needs 3 GiB.
    private static let limits = ["prlimit", "--cpu=5", "--data=\(1 << 30)"]

    @Test("is refused within bounds, whatever reads it", arguments: HostileSnapshot.allCases)
    func bounded(_ hostile: HostileSnapshot) throws {
        let program = try Program()
        let bytes = hostile.bytes()
        try program.folder.write(bytes, to: "file.db")
        try BackupVolume(folder: program.folder).add(2, content: bytes)
        for command in [
            "verify file.db", "status file.db", "keys file.db", "diff file.db file.db", "hashkv file.db",
            "restore file.db", "restore file.db --bump-revision 5 --mark-compacted",
            "use pv .; cluster foo; pick max; get out.db",
        ] {
            let outcome = try program.run(["-c", command], prefix: Self.limits)
            #expect(outcome.exitCode == 5, "\(command): \(outcome.talk)")
        }
    }
}
