import Foundation
import Restore
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("A data directory that was restored, with a real etcd on it", .ownThread)
struct RestoredMemberTests {
    /// Which etcd wrote the snapshot, and which starts on what was made of it.
    struct Pair: Sendable, CustomTestStringConvertible {
        var writer: EtcdRelease
        var starter: EtcdRelease
        var testDescription: String { "of \(writer), started with \(starter)" }
    }

    static let pairs = EtcdRelease.available.flatMap { writer in
        EtcdRelease.available.map { Pair(writer: writer, starter: $0) }
    }

    /// A snapshot with history, leases and a compaction.
    private func snapshot(by release: EtcdRelease, in folder: TemporaryFolder) throws -> (
        path: String, server: EtcdServer
    ) {
        let server = try EtcdServer(release, folder: folder.path("data"))
        var history = RandomHistory(seed: 23, on: server.client)
        try history.write(80)
        try server.client.grantLease(seconds: 86400, id: 0x1234_5678_9abc)
        try server.client.change([.init("/leased", [1, 2, 3], lease: 0x1234_5678_9abc)])
        try server.client.compact(at: server.client.revision() - 30)
        try history.write(10)
        let path = folder.path("snapshot.db")
        try server.ctl("snapshot", "save", path)
        return (path, server)
    }

    private func restore(_ path: String, to folder: String, bumpBy bump: Int64? = nil) async throws -> Restored {
        let before = try FileState(path)
        defer { #expect((try? FileState(path)) == before, "the snapshot was written to") }
        let file = try SnapshotFile(path: path)
        let cluster = try InitialCluster("default=http://localhost:2380", token: "etcd-cluster")
        return try await file.restore(
            cluster,
            to: [RestoreTarget(member: cluster.member(named: "default"), dataDirectory: folder)],
            bumpBy: bump,
            accept: requireSound
        )
    }

    @Test("holds what was saved, goes on from there, and survives being killed", arguments: pairs)
    func started(pair: Pair) async throws {
        let folder = try TemporaryFolder()
        let (path, saved) = try snapshot(by: pair.writer, in: folder)
        let (keys, revision) = (try saved.client.keys(), try saved.client.revision())
        let leases = try saved.client.leases()
        let hash = try saved.keyHash()
        saved.kill()

        let restored = try await restore(path, to: folder.path("ours"))
        #expect(restored.revision == revision)
        #expect(restored.keyHash.hash == hash.hash)
        let (exitCode, output) = try SystemTool.run(
            pair.starter.snapshotTool() + ["snapshot", "restore", path, "--data-dir", folder.path("theirs")]
        )
        #expect(exitCode == 0, "\(output)")

        var server = try EtcdServer(pair.starter, folder: folder.path("ours"))
        let theirs = try EtcdServer(pair.starter, folder: folder.path("theirs"))
        #expect(try server.client.revision() == revision)
        #expect(try server.client.keys() == keys)
        #expect(try server.client.leases() == leases)
        #expect(try server.keyHash() == hash)
        #expect(try server.keyHash() == theirs.keyHash())
        #expect(try server.client.members() == theirs.client.members())
        for start in [Int64(1), revision - 5, revision + 1] {
            // Of what is yet to come, nothing comes.
            let patience = start > revision ? 1 : 10
            let ours = try Self.meaning(of: server.client.watch(from: start, patience: patience))
            let official = try Self.meaning(of: theirs.client.watch(from: start, patience: patience))
            #expect(ours == official, "a watch from \(start) of \(revision)")
        }
        theirs.kill()

        for round in 1...3 {
            let written = try server.client.change([.init("/after/\(round)", [UInt8(round)])])
            #expect(written == revision + Int64(round))
            let before = try server.client.keys()
            server.kill()
            // etcd has started on it: it is no longer what a restore would write.
            await #expect(throws: RestoreError.self) { _ = try await restore(path, to: folder.path("ours")) }
            server = try EtcdServer(pair.starter, folder: folder.path("ours"))
            #expect(try server.client.keys() == before)
            #expect(try server.client.revision() == written)
        }
    }

    @Test("its database is known as a member's, which no SHA-256 proves", arguments: EtcdRelease.available)
    func memberDatabase(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let (_, saved) = try snapshot(by: release, in: folder)
        let (keys, revision) = (try saved.client.keys(), try saved.client.revision())
        // What the log alone has is not in it: a compaction waits until all before it is written.
        try saved.client.compact(at: revision)
        saved.kill()
        let path = folder.path("data/member/snap/db")
        let before = try FileState(path)
        let verification = try await SnapshotFile(path: path).verify()
        #expect(verification.verdict == .unverified)
        #expect(verification.isMemberDatabase)
        #expect(verification.contents?.revision == revision)
        #expect(verification.contents?.liveKeyCount == keys.count)
        #expect(try FileState(path) == before)
    }

    @Test("with its revision raised has all keys, and no past that a client could go on from", arguments: pairs)
    func bumped(pair: Pair) async throws {
        let folder = try TemporaryFolder()
        let (path, saved) = try snapshot(by: pair.writer, in: folder)
        let (keys, revision) = (try saved.client.keys(), try saved.client.revision())
        saved.kill()

        let restored = try await restore(path, to: folder.path("ours"), bumpBy: 1_000_000)
        let raised = revision + 1_000_000
        #expect(restored.revision == raised)
        var server = try EtcdServer(pair.starter, folder: folder.path("ours"))
        for round in 1...2 {
            #expect(try server.client.revision() == raised + Int64(round) - 1)
            #expect(try Array(server.client.keys().prefix(keys.count)) == keys)
            #expect(throws: PartFailure.self) { try server.client.keys(at: revision) }
            #expect(try server.client.watch(from: revision).contains("compact"))
            #expect(try server.client.change([.init("~\(round)", [1])]) == raised + Int64(round))
            server.kill()
            server = try EtcdServer(pair.starter, folder: folder.path("ours"))
        }
        // What a snapshot of it says of itself is in order, the mark in it included.
        try server.ctl("snapshot", "save", folder.path("again.db"))
        let again = try await SnapshotFile(path: folder.path("again.db")).verify()
        #expect(again.problems == [])
        #expect(again.contents?.liveKeyCount == keys.count + 2)
        #expect(again.contents?.revision == raised + 2)
    }

    /// What an answer to a watch comes to, without ids and values.
    private static func meaning(of answer: String) -> String {
        if answer.contains("compact_revision") {
            return "compacted" + (answer.firstMatch(of: /"compact_revision":"(\d+)"/).map { " at \($0.1)" } ?? "")
        }
        return answer.contains("events") ? "events" : "nothing yet"
    }
}
