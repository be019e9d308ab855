import Foundation
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

    @Test func `that can't be read leave the backup that was got, and that is said`() throws {
        let program = try Program.unprivileged()
        let name = "etcd-snapshot-n1-1714550400"
        try program.folder.write(snapshot, to: "k3s/\(name)")
        try program.folder.write("{}".utf8, to: "k3s/.metadata/\(name)")
        let companion = program.folder.path("k3s/.metadata/\(name)")
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: companion)
        let outcome = try program.run(["-c", "use pv k3s; pick max; get out.db --companions beside"])
        expectFailure(outcome, 6, says: "permission denied")
        #expect(outcome.talk.contains("note: out.db is there, and sound; its companions are not"), "\(outcome.talk)")
        #expect(try program.folder.read("out.db") == snapshot)
    }

    @Test(arguments: ["server/db", "server/db/snapshots"])
    func `of k3s are found beside the folder of its snapshots`(place: String) throws {
        let name = "etcd-snapshot-n1-1714550400"
        try program.folder.write(snapshot, to: "server/db/snapshots/\(name)")
        try program.folder.write("{}".utf8, to: "server/db/.metadata/\(name)")
        try program.folder.write("{}".utf8, to: "server/db/.metadata/etcd-snapshot-n2-1714550400")
        let outcome = try program.run(
            ["-c", "use pv \(place) --layout k3s; pick max; info; get out.db --companions beside"]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("beside it  .metadata/\(name)\n"), "\(outcome.output)")
        #expect(try program.folder.read("beside/.metadata/\(name)") == Array("{}".utf8))
        #expect(try program.folder.names(in: "beside/.metadata") == [name])
    }

    @Test func `that OpenShift needs and that are missing are warned of, and required where they are asked for`() throws
    {
        let static1 = "static_kuberesources_2026-01-30_081500.tar.gz"
        try program.folder.write(snapshot, to: "backup/snapshot_2026-01-31_081500.db")
        try program.folder.write("resources".utf8, to: "backup/\(static1)")
        let get = "use pv backup; pick max; info; get out.db"
        let outcome = try program.run(["-c", get])
        let missing = "static_kuberesources_2026-01-31_081500.tar.gz"
        #expect(outcome.exitCode == 0)
        let warnings = outcome.talk.components(separatedBy: "\(missing) is missing beside it: it belongs to the backup")
        #expect(warnings.count == 3, "\(outcome.talk)")
        #expect(outcome.output.contains("nothing: \(missing) is missing"), "\(outcome.output)")
        let refused = try program.run(["-c", "use pv backup; pick max; get other.db --companions ."])
        expectFailure(refused, 4, says: "\(missing) is missing, and belongs to it")
        #expect(!program.folder.exists("other.db"))
        let listed = try program.run(["-c", "use pv backup; ls --ignored"])
        #expect(listed.output.contains("the snapshot that it belongs to is missing"), "\(listed.output)")
        try program.folder.write("resources".utf8, to: "backup/\(missing)")
        let whole = try program.run(["-c", get + " --companions ."])
        #expect(whole.exitCode == 0 && !whole.talk.contains("is missing beside it"), "\(whole.talk)")
        #expect(try program.folder.read(missing) == Array("resources".utf8))
    }

    @Test func `of a cron job are the files of its folder pki`() throws {
        try program.folder.write(snapshot, to: "dumps/2026-01-30/etcd.db")
        try program.folder.write("key".utf8, to: "dumps/2026-01-30/pki/ca.key")
        try program.folder.write("key".utf8, to: "dumps/2026-01-30/pki/etcd/ca.key")
        let outcome = try program.run(["-c", "use pv dumps; pick max; info; get --companions beside"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("beside it  pki/ca.key\n"), "\(outcome.output)")
        #expect(try program.folder.read("beside/pki/ca.key") == Array("key".utf8))
        // The name of the backup has a folder in it; that of the file has none.
        #expect(try program.folder.read("2026-01-30_etcd.db") == snapshot)
    }

    @Test func `are of a time that may be ahead of the clock of this machine`() throws {
        try program.folder.write(snapshot, to: "backup/snapshot_2999-01-31_081500.db")
        let info = try program.run(["-c", "use pv backup; pick snapshot_2999-01-31_081500.db; info"])
        #expect(info.exitCode == 0)
        #expect(info.output.contains("in the future: its clock or this one is wrong"), "\(info.output)")
    }

    @Test func `a packed file whose name does not say so is got as it is verified`() throws {
        try program.folder.makeFolder("dumps")
        let packed = try GzipTool.gzip(snapshot)
        try program.folder.write(packed, to: "dumps/etcd.db")
        let outcome = try program.run(["-c", "use pv dumps; pick etcd.db; get out.db; get out.db"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try program.folder.read("out.db") == snapshot)
        #expect(outcome.output.contains("its size and its CRC-32 are those that the packed backup says"))
        let stored = try program.run(["-c", "use pv dumps; pick etcd.db; get --as-stored stored.db"])
        #expect(try stored.exitCode == 0 && program.folder.read("stored.db") == packed, "\(stored.talk)")
    }

    @Test func `of OpenShift are got by the line that is offered, once, and its script gets their folder`() throws {
        let time = "2026-01-02_030405"
        try program.folder.write(snapshot, to: "o/snapshot_\(time).db")
        try program.folder.write([1], to: "o/static_kuberesources_\(time).tar.gz")
        let script = "cluster-restore.sh \(program.folder.path("backup"))"
        func offer(_ text: String) throws -> String {
            let outcome = try program.run(["-c", "use pv o; pick max; \(text)"])
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            #expect(outcome.output.contains("\(script)\n"), "\(outcome.output)")
            return outcome.output
        }
        let get = "get backup/ --companions backup"
        for text in ["info", "get out.db"] { #expect(try offer(text).contains("; \(get)'\n")) }
        #expect(try !offer(get).contains("; \(get)'"))
        #expect(try program.folder.names(in: "backup").count == 2)
    }
}
