import TestSupport
import Testing

/// What a file claims of itself takes neither memory nor time beyond what its size justifies.
@Suite("A small file that claims to be a huge one", .ownThread)
struct HostileFileTests {
    /// Of processor time that a run may take, in seconds.
    private static let processorLimit = ["prlimit", "--cpu=5"]
    /// What a run may really take of memory, in KiB: a reader that believes the file needs 3 GiB.
    private static let greatestPeak = 100 << 10

    /// Runs what follows, and writes its peak memory (wait4(2), `ru_maxrss`) to the file `peak`. A limit would count
    /// what is only reserved, too: stacks of threads and arenas of malloc.
    private static let measuring = [
        "python3", "-c",
        """
        import os, sys
        child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
        _, status, usage = os.wait4(child, 0)
        with open("peak", "w") as file: file.write(str(usage.ru_maxrss))
        code = os.waitstatus_to_exitcode(status)
        sys.exit(code if code >= 0 else 128 - code)
        """,
    ]

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
            let outcome = try program.run(["-c", command], prefix: Self.processorLimit + Self.measuring)
            #expect(outcome.exitCode == 5, "\(command): \(outcome.talk)")
            let peak = try #require(Int(String(decoding: try program.folder.read("peak"), as: UTF8.self)))
            #expect(peak <= Self.greatestPeak, "\(command): a peak of \(peak >> 10) MiB")
        }
    }
}
