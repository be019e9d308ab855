import Glibc
import TestSupport
import Testing

/// A machine without libarchive.
@Suite(.ownThread) struct MissingLibraryTests {
    private let program: Program
    private let machine: RefusingFileSystem
    private let environment: [String: String]

    init() throws {
        program = try Program()
        machine = try RefusingFileSystem()
        environment = machine.environment([.libArchive: ENOENT])
        try program.folder.write(Fixture.snapshot("late.db"), to: "etcd.db")
        let line = "gzip -k etcd.db && zstd -q etcd.db && mkdir backups && mv *.zst backups"
        let outcome = try SystemTool.run(["sh", "-c", line], in: program.folder)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
    }

    @Test func `what needs it says which package to install, and everything else works`() throws {
        let outcome = try program.run(["-c", "verify backups/etcd.db.zst"], environment: environment)
        #expect(outcome.exitCode == 1, "\(outcome.talk)")
        #expect(outcome.talk.contains("this machine lacks libarchive, which decodes zstd"), "\(outcome.talk)")
        #expect(outcome.talk.contains("install libarchive13 (Debian, Ubuntu) or libarchive"), "\(outcome.talk)")
        let others = try program.run(["-c", "verify etcd.db; verify etcd.db.gz"], environment: environment)
        #expect(others.exitCode == 0, "\(others.talk)")
    }

    @Test func `such a backup can be kept as it is stored, but not be proven`() throws {
        let line = "use pv backups; pick max; get out.zst --as-stored"
        let outcome = try program.run(["-c", line], environment: environment)
        #expect(outcome.exitCode != 0 && outcome.talk.contains("install libarchive13"), "\(outcome.talk)")
        #expect(try !program.folder.names().contains("out.zst"))
    }
}
