import Foundation
import Restore
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("A database with pages of another size, as other machines write it", .ownThread)
struct PageSizeTests {
    @Test("is read, and restored so that a real etcd starts on it", arguments: [1024, 16384, 65536])
    func otherSize(pageByteCount: Int) async throws {
        let folder = try TemporaryFolder()
        var builder = try SnapshotBuilder("late.db")
        builder.pageByteCount = pageByteCount
        let path = try folder.write(builder.bytes(), to: "other.db")
        let original = try await SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db").contents()
        let file = try SnapshotFile(path: path)
        let verification = try await file.verify()
        #expect(verification.problems == [])
        #expect(verification.contents?.pageByteCount == Int64(pageByteCount))
        #expect(verification.contents?.hash == original.hash)
        #expect(verification.contents?.freeByteCount == 0)
        #expect(try StatusOfEtcd(.v34, path).hash == original.hash)

        let cluster = try InitialCluster("default=http://localhost:2380", token: "etcd-cluster")
        for (name, bump) in [("plain", nil), ("bumped", 1000)] as [(String, Int64?)] {
            let target = RestoreTarget(member: cluster.members[0], dataDirectory: folder.path(name))
            _ = try await file.restore(cluster, to: [target], bumpBy: bump, accept: requireSound)
            let server = try EtcdServer(.v34, folder: folder.path(name))
            #expect(try server.client.revision() == 208 + (bump ?? 0))
            #expect(try server.client.keys().count == original.liveKeyCount)
            #expect(try server.client.change([.init("/after", [1])]) == 209 + (bump ?? 0))
        }
    }
}
