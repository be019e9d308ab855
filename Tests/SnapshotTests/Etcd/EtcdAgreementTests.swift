import Foundation
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("What etcd says of its own snapshots, random histories in them", .ownThread)
struct EtcdAgreementTests {
    @Test(
        "is what we say: status, keys of some revisions, hash of the keys",
        arguments: EtcdRelease.available,
        [5, 8] as [UInt64]
    )
    func agreement(release: EtcdRelease, seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let server = try EtcdServer(release, folder: folder.path("data"))
        var history = RandomHistory(seed: seed, on: server.client)

        try await compare(server, "nothing", folder)
        try history.write(150)
        try await compare(server, "history", folder)
        // The largest that etcd takes, and nothing.
        try server.client.change([.init("/large", history.value(byteCount: 1_500_000)), .init("/empty", [])])
        try server.client.compact(at: server.client.revision() - 40)
        try await compare(server, "compacted", folder)
        try history.write(100)
        try server.client.delete(prefix: "/registry/2/")
        try server.client.compact(at: server.client.revision())
        try await compare(server, "compacted at a deletion", folder)
        try server.client.defragment()
        try await compare(server, "defragmented", folder)
    }

    @Test("is what we say where users have to log in", arguments: EtcdRelease.available)
    func authentication(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let server = try EtcdServer(release, folder: folder.path("data"))
        try server.client.change([.init("/a", [1])])
        try server.ctl("role", "add", "root")
        try server.ctl("user", "add", "root:secret")
        try server.ctl("user", "grant-role", "root", "root")
        try server.ctl("auth", "enable")
        let path = folder.path("auth.db")
        try server.ctl("snapshot", "save", path, user: "root:secret")
        let contents = try await SnapshotFile(path: path).contents()
        let status = try StatusOfEtcd(release, path)
        #expect(contents.isAuthEnabled)
        #expect(contents.hash == status.hash && contents.pairCount == status.totalKey)
    }

    @Test("the hash is also that of a cluster which compacted later", arguments: EtcdRelease.available)
    func laterCompaction(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let server = try EtcdServer(release, folder: folder.path("data"))
        var history = RandomHistory(seed: 11, on: server.client)
        try history.write(120)
        let path = try save(server, "uncompacted", folder)
        let file = try SnapshotFile(path: path)
        let last = try server.client.revision()
        for compacted in stride(from: last / 5, through: last, by: Int(last / 5)) {
            try server.client.compact(at: compacted)
            let live = try server.keyHash()
            let ours = try await file.keyHash(compactedAt: compacted)
            #expect(ours.hash == live.hash && live.compactedRevision == compacted, "compacted at \(compacted)")
        }
    }

    @Test("the hash is also that of a cluster that compacted where no key was alive", arguments: EtcdRelease.available)
    func compactionOfAllKeys(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let server = try EtcdServer(release, folder: folder.path("data"))
        try server.client.change([.init("/a", [1])])
        try server.client.change([.init("/b", [2])])
        try server.client.delete(prefix: "/a")
        try server.client.delete(prefix: "/b")
        let file = try SnapshotFile(path: save(server, "uncompacted", folder))
        #expect(try server.client.revision() == 5)
        // At 2 and 3 keys are alive that are deleted later, at 5 none is.
        for compacted in [2, 3, 4, 5] as [Int64] {
            try server.client.compact(at: compacted)
            let live = try server.keyHash()
            let ours = try await file.keyHash(compactedAt: compacted)
            #expect(ours.hash == live.hash && live.compactedRevision == compacted, "compacted at \(compacted)")
            let compactedFile = try SnapshotFile(path: save(server, "compacted-\(compacted)", folder))
            #expect(try await compactedFile.keyHash() == ours, "of a file compacted at \(compacted)")
        }
        // The hash of the bucket's name alone.
        #expect(try await file.keyHash(compactedAt: 5).hash == 1_084_519_789)
    }

    // MARK: - Comparing

    private func save(_ server: EtcdServer, _ name: String, _ folder: TemporaryFolder) throws -> String {
        let path = folder.path("\(name).db")
        try server.ctl("snapshot", "save", path)
        return path
    }

    private func compare(_ server: EtcdServer, _ name: String, _ folder: TemporaryFolder) async throws {
        let path = try save(server, name, folder)
        let before = try FileState(path)
        let file = try SnapshotFile(path: path)
        let verification = try await file.verify()
        #expect(verification.problems == [], "\(name)")
        let contents = try #require(verification.contents)
        #expect(contents == (try await file.contents()))

        let status = try StatusOfEtcd(server.release, path)
        #expect(contents.hash == status.hash, "\(name)")
        #expect(contents.lastRecordRevision == status.revision, "\(name)")
        #expect(contents.pairCount == status.totalKey, "\(name)")
        #expect(contents.imageByteCount == status.totalSize, "\(name)")

        let revision = try server.client.revision()
        #expect(contents.revision == revision, "\(name)")
        #expect(contents.leaseCount == (try server.client.leases().count))
        #expect(contents.members.map(\.id) == Array(try server.client.members().keys))

        let oldest = max(1, contents.compactedRevision)
        for asked in Set([revision, (revision + oldest) / 2, min(revision, oldest + 1)])
        where asked > oldest || asked == revision {
            let keys = try await file.keys(at: asked)
            let live = try server.client.keys(at: asked == revision ? 0 : asked)
            let changes = (0..<keys.count).map { keys[$0] }
            let values = try await file.values(of: changes)
            #expect(zip(changes, values).map(EtcdClient.Key.init) == live, "\(name) at \(asked)")
            if asked == revision { #expect(contents.liveKeyCount == live.count) }
        }
        let live = try server.keyHash()
        let hash = try await file.keyHash()
        #expect(hash.hash == live.hash, "\(name)")
        #expect(hash.compactedRevision == max(0, live.compactedRevision), "\(name)")
        #expect(try FileState(path) == before, "\(name) was written to")
    }
}

extension EtcdClient.Key {
    init(_ change: KeyChange, value: [UInt8]) {
        self.init(
            key: change.key,
            value: value,
            createRevision: change.createRevision,
            modRevision: change.revision,
            version: change.version,
            lease: change.lease
        )
    }
}
