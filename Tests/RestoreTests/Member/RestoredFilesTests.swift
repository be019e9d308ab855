import Foundation
import Restore
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("What a restore writes")
struct RestoredFilesTests {
    /// As `Tests/Fixtures/restore` has them.
    struct Example: Sendable {
        var memberCount: Int
        var name: String
        var cluster: String
        var token: String
        var memberID: UInt64
        var clusterID: UInt64
    }

    static let examples = [
        Example(
            memberCount: 1,
            name: "x",
            cluster: "x=http://127.0.0.1:42380",
            token: "etcd-cluster",
            memberID: 0x6678_8015_7b88_12c8,
            clusterID: 0xdc50_b8da_ae93_b3e0
        ),
        Example(
            memberCount: 3,
            name: "m3",
            cluster: "m1=http://127.0.0.1:42381,m2=http://127.0.0.1:42382,m3=https://127.0.0.1:42383,"
                + "m3=HTTP://127.0.0.1:42384",
            token: "tok-3",
            memberID: 0xfcfb_dee3_36f7_3eab,
            clusterID: 0xb3e8_224a_4fad_96e9
        ),
    ]

    @Test("the log is that of etcdutl 3.5.1, byte for byte, and the raft snapshot says the same", arguments: examples)
    func vectors(example: Example) async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let cluster = try InitialCluster(example.cluster, token: example.token)
        #expect(cluster.id == example.clusterID)
        let member = try cluster.member(named: example.name)
        #expect(member.id == example.memberID)
        let target = RestoreTarget(member: member, dataDirectory: folder.path("new/x.etcd"))
        _ = try await file.restore(cluster, to: [target], accept: requireSound)

        let log = try folder.read("new/x.etcd/member/wal/0000000000000000-0000000000000000.wal")
        let official = try Fixture.restored("official-35-\(example.memberCount).wal.head")
        #expect(log.count == 64_000_000)
        #expect(Array(log.prefix(official.count)) == official)
        #expect(Data(log.dropFirst(official.count)) == Data(count: log.count - official.count))

        let snapshot = try folder.read(
            "new/x.etcd/member/snap/000000000000000\(1)-000000000000000\(example.memberCount).snap"
        )
        let store = String(decoding: try Fixture.restored("minimal-\(example.memberCount).json"), as: UTF8.self)
        #expect(String(decoding: snapshot, as: UTF8.self).contains(store.trimmingCharacters(in: .newlines)))
        // What follows the store is the same: who votes, index and term.
        let theirs = try Fixture.restored("official-35-\(example.memberCount).snap")
        let brace = UInt8(ascii: "}")
        #expect(snapshot.split(separator: brace).last == theirs.split(separator: brace).last)

        for (name, mode) in [("", 0o700), ("/member", 0o700), ("/member/snap", 0o700), ("/member/snap/db", 0o600)] {
            #expect(try folder.mode(of: "new/x.etcd\(name)") == mode, "\(name)")
        }
        #expect(try folder.names(in: "new/x.etcd") == ["member"])
        #expect(try folder.names(in: "new/x.etcd/member") == ["snap", "wal"])
    }

    @Test("the database has all old pages but the two meta pages, and the keys are the same")
    func database() async throws {
        for snapshot in try Fixture.expectedSnapshots() {
            let folder = try TemporaryFolder()
            let path = "\(Fixture.folder)/snapshots/\(snapshot.file)"
            let before = try FileState(path)
            let file = try SnapshotFile(path: path)
            let cluster = try InitialCluster("a=http://localhost:1", token: "")
            let target = RestoreTarget(member: cluster.members[0], dataDirectory: folder.path("a"))
            let restored = try await file.restore(cluster, to: [target], accept: requireSound)
            #expect(try FileState(path) == before)

            let old = try Fixture.snapshot(snapshot.file)
            let new = try folder.read("a/member/snap/db")
            #expect(new[8192..<old.count - 32] == old[8192..<old.count - 32], "\(snapshot.file)")
            let written = try SnapshotFile(path: folder.path("a/member/snap/db"))
            let verification = try await written.verify()
            #expect(verification.verdict == .unverified && verification.problems == [.missingTrailer])
            let contents = try #require(verification.contents)
            #expect(contents.revision == snapshot.revision && contents.liveKeyCount == snapshot.liveKeys)
            #expect(contents.members.map(\.id) == [cluster.members[0].id] && contents.members[0].name == "a")
            #expect(contents.consistentIndex == 1)
            #expect(contents.clusterVersion == "3.4.0")
            #expect(try await written.keyHash() == restored.keyHash)
        }
    }

    @Test("what is not accepted is not restored, and nothing is left")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: folder.write(Fixture.snapshot("late.db").dropLast(), to: "cut.db"))
        let cluster = try InitialCluster("a=http://localhost:1", token: "")
        let target = RestoreTarget(member: cluster.members[0], dataDirectory: folder.path("deep/er/a"))
        await #expect(throws: SnapshotProblem.self) {
            _ = try await file.restore(cluster, to: [target], accept: requireSound)
        }
        #expect(try folder.names() == ["cut.db"])
    }

    @Test("what is verified is the copy: a file that changes while it is read is not restored, or whole")
    func changing() async throws {
        let folder = try TemporaryFolder()
        let bytes = try Fixture.snapshot("late.db")
        let path = try folder.write(bytes, to: "file.db")
        let (cluster, target) = try Self.oneMember(in: folder)
        // Once the copy is verified, the file itself is written over.
        _ = try await SnapshotFile(path: path).restore(cluster, to: [target]) { verification in
            try requireSound(verification)
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try handle.write(contentsOf: [UInt8](repeating: 0xAA, count: bytes.count))
            try handle.close()
        }
        let written = try await SnapshotFile(path: folder.path("a/member/snap/db")).verify()
        #expect(written.problems == [.missingTrailer] && written.contents?.revision == 208)
    }

    @Test("a second time, each directory that is as it would be written stays, and the others are made")
    func again() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let cluster = try InitialCluster("a=http://localhost:1,b=http://localhost:2", token: "")
        let targets = try ["a", "b"].map { name in
            RestoreTarget(member: try cluster.member(named: name), dataDirectory: folder.path(name))
        }
        let first = try await file.restore(cluster, to: [targets[1]], bumpBy: 7, accept: requireSound)
        #expect(first.existingDirectories == [])
        let existing = try FileState(folder.path("b/member/snap/db"))
        let both = try await file.restore(cluster, to: targets, bumpBy: 7, accept: requireSound)
        #expect(both.existingDirectories == [folder.path("b")])
        #expect(both.keyHash == first.keyHash && both.revision == first.revision)
        #expect(try folder.read("a/member/snap/db") == folder.read("b/member/snap/db"))
        let all = try await file.restore(cluster, to: targets, bumpBy: 7, accept: requireSound)
        #expect(all.existingDirectories == targets.map(\.dataDirectory))
        #expect(all.keyHash == first.keyHash && all.revision == first.revision)
        #expect(try FileState(folder.path("b/member/snap/db")) == existing)
    }

    /// What makes a directory another one than a restore would write.
    static let differences = [
        "another bump", "another token", "another name", "one byte", "a file more", "a file less",
    ]

    @Test("a directory that differs in anything is refused, and stays", arguments: differences)
    func differing(difference: String) async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let (cluster, target) = try Self.oneMember(in: folder)
        _ = try await file.restore(cluster, to: [target], accept: requireSound)
        var (order, bump) = (cluster, nil as Int64?)
        switch difference {
        case "another bump": bump = 1
        case "another token": order = try InitialCluster("a=http://localhost:1", token: "t")
        case "another name": order = try InitialCluster("b=http://localhost:1", token: "")
        case "one byte":
            var bytes = try folder.read("a/member/snap/db")
            bytes[bytes.count - 1] ^= 1
            try folder.write(bytes, to: "a/member/snap/db")
        case "a file more": try folder.write([], to: "a/member/wal/1.tmp")
        default:
            try FileManager.default.removeItem(
                atPath: folder.path("a/member/snap/0000000000000001-0000000000000001.snap")
            )
        }
        let before = try FileState(folder.path("a/member/snap/db"))
        let other = RestoreTarget(member: order.members[0], dataDirectory: folder.path("a"))
        await #expect(throws: RestoreError.self) {
            _ = try await file.restore(order, to: [other], bumpBy: bump, accept: requireSound)
        }
        #expect(try FileState(folder.path("a/member/snap/db")) == before)
        #expect(!folder.exists("a/member.restoring"))
    }

    @Test("what something else puts there meanwhile stays", arguments: ["a/member/snap/db", "log/\(walName)"])
    func meanwhile(name: String) async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let (cluster, target) = try Self.oneMember(in: folder, log: "log")
        await #expect(throws: RestoreError.self) {
            _ = try await file.restore(cluster, to: [target]) { verification in
                try requireSound(verification)
                try folder.write([1, 2, 3], to: name)
            }
        }
        #expect(try folder.read(name) == [1, 2, 3])
        #expect(!folder.exists("a/member.restoring") && !folder.exists("log/.restoring.wal"))
        #expect(name.hasPrefix("log") || !folder.exists("log/\(Self.walName)"))
    }

    /// A cluster of one member, which is restored into a folder `a`.
    ///
    /// - Parameter log: The folder of its log, where that is another one.
    private static func oneMember(
        in folder: TemporaryFolder,
        log: String? = nil
    ) throws -> (InitialCluster, RestoreTarget) {
        let cluster = try InitialCluster("a=http://localhost:1", token: "")
        let target = RestoreTarget(
            member: cluster.members[0],
            dataDirectory: folder.path("a"),
            walDirectory: log.map(folder.path)
        )
        return (cluster, target)
    }

    private static let walName = "0000000000000000-0000000000000000.wal"

    @Test("a restore that was killed between its two renames has left a log, and is done again")
    func leftLog() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let (cluster, target) = try Self.oneMember(in: folder, log: "log")
        _ = try await file.restore(cluster, to: [target], accept: requireSound)
        try FileManager.default.moveItem(atPath: folder.path("a/member"), toPath: folder.path("a/member.restoring"))
        let again = try await file.restore(cluster, to: [target], accept: requireSound)
        #expect(again.existingDirectories == [] && folder.exists("a/member/snap/db"))
        let existing = try await file.restore(cluster, to: [target], accept: requireSound)
        #expect(existing.existingDirectories == [folder.path("a")])
    }

    @Test("where a folder holds something, nothing is written, and all of it stays")
    func occupied() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "b/member/snap/db")
        try folder.makeFolder("a/lost+found")
        try folder.write([1], to: "a/member.restoring/snap/db")
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let cluster = try InitialCluster("a=http://localhost:1,b=http://localhost:2", token: "")
        let targets = cluster.members.map { RestoreTarget(member: $0, dataDirectory: folder.path($0.name)) }
        await #expect(throws: RestoreError.notEmpty(path: folder.path("b"), entry: "member")) {
            _ = try await file.restore(cluster, to: targets, accept: requireSound)
        }
        #expect(try folder.read("b/member/snap/db") == [1])
        #expect(!folder.exists("a/member"))
        // What a restore that was killed has left, and what the file system puts there, is no obstacle.
        _ = try await file.restore(cluster, to: targets.filter { $0.member.name == "a" }, accept: requireSound)
        #expect(try folder.names(in: "a") == ["lost+found", "member"])
    }

    @Test("a log in a folder of its own")
    func walDirectory() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/early.db")
        let (cluster, target) = try Self.oneMember(in: folder, log: "log/a")
        _ = try await file.restore(cluster, to: [target], accept: requireSound)
        #expect(try folder.names(in: "log/a") == ["0000000000000000-0000000000000000.wal"])
        #expect(try folder.names(in: "a/member") == ["snap"])
        var other = target
        other.dataDirectory = folder.path("b")
        await #expect(throws: RestoreError.self) {
            _ = try await file.restore(cluster, to: [other], accept: requireSound)
        }
        #expect(!folder.exists("b"))
    }

    @Test("a revision is not raised beyond what etcd can count to")
    func bumpedTooFar() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let (cluster, target) = try Self.oneMember(in: folder)
        await #expect(throws: RestoreError.bumpedTooFar(from: 208, by: .max)) {
            _ = try await file.restore(cluster, to: [target], bumpBy: .max, accept: requireSound)
        }
        #expect(try folder.names() == [])
    }

    @Test("a file without a bucket that every etcd writes is not restored", arguments: ["key", "meta"])
    func lackingBucket(name: String) async throws {
        let folder = try TemporaryFolder()
        var bytes = try Fixture.snapshot("late.db")
        let editor = try SnapshotEditor("late.db")
        let page = editor.rootOffset..<editor.rootOffset + 4096
        // The element's name, a letter later: the order stays as it is.
        for index in 0..<Int(editor.number(UInt16.self, at: page.lowerBound + 10)) {
            let element = page.lowerBound + 16 + index * 16
            let start = element + Int(editor.number(UInt32.self, at: element + 4))
            let end = start + Int(editor.number(UInt32.self, at: element + 8))
            if bytes[start..<end].elementsEqual(name.utf8) { bytes[end - 1] += 1 }
        }
        let file = try SnapshotFile(path: folder.write(Resealed.bytes(bytes), to: "lacking.db"))
        let (cluster, target) = try Self.oneMember(in: folder)
        await #expect(throws: RestoreError.noBucket(name)) {
            _ = try await file.restore(cluster, to: [target], accept: requireSound)
        }
        #expect(try folder.names() == ["lacking.db"])
    }
}
