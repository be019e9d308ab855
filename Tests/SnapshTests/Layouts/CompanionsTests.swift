import TestSupport
import Testing

/// What belongs to a backup, written beside the file that `get` makes.
@Suite(.ownThread) struct CompanionsTests {
    private let program: Program
    private let snapshot: [UInt8]

    init() throws {
        program = try Program()
        snapshot = try Fixture.snapshot("late.db")
    }

    @Test(arguments: ["", "--force "])
    func `never replace the backup, although one is called as it is`(option: String) throws {
        let name = "etcd-snapshot-n1-1714550400"
        try program.folder.write(snapshot, to: "k3s/\(name)")
        try program.folder.write("{}".utf8, to: "k3s/.metadata/\(name)")
        let outcome = try program.run(["-c", "use pv k3s; pick max; get \(option)--companions ."])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try program.folder.read(name) == snapshot)
        #expect(try program.folder.read(".metadata/\(name)") == Array("{}".utf8))
    }

    @Test(arguments: ["", "--force "])
    func `never replace an archive that has a file of its own name`(option: String) throws {
        try program.folder.makeFolder("plain")
        try program.folder.write(snapshot, to: "etcd.db")
        try program.folder.write("theirs".utf8, to: "etcd.tar.gz")
        try program.folder.write("theirs".utf8, to: ".etcd.tar.gz.part")
        let packed = try SystemTool.run(
            ["sh", "-c", "tar -czf plain/etcd.tar.gz etcd.tar.gz .etcd.tar.gz.part etcd.db && rm etcd.* .etcd.*"],
            in: program.folder
        )
        try #require(packed.exitCode == 0)
        let outcome = try program.run(["-c", "use pv plain; pick max; get \(option)--as-stored --companions ."])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("cannot write the companion etcd.tar.gz: another file is there"))
        #expect(try program.folder.read("etcd.tar.gz") == program.folder.read("plain/etcd.tar.gz"))
        #expect(try program.folder.read(".etcd.tar.gz.part") == Array("theirs".utf8))
    }
}
