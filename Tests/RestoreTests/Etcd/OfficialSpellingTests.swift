import Foundation
import Restore
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

/// Ids hang on how the members are written: what etcd's own tool makes of the same options is what we make of them.
@Suite("The members of a new cluster, as etcd's own tool takes them", .ownThread)
struct OfficialSpellingTests {
    struct Spelling: Sendable, CustomTestStringConvertible {
        var cluster: String
        var token = "etcd-cluster"
        var testDescription: String { "\(cluster) \(token)" }
    }

    static let spellings = [
        Spelling(cluster: "m=http://127.0.0.1:2380"),
        Spelling(cluster: "m=HTTP://127.0.0.1:2380"),
        Spelling(cluster: "m=https://127.0.0.1:2380", token: ""),
        Spelling(cluster: "m=http://LOCALHOST:2380"),
        Spelling(cluster: "m=http://localhost:02380"),
        Spelling(cluster: "m=http://[::1]:2380", token: "tök&<en>"),
        Spelling(cluster: ",m=http://127.0.0.1:2380,,"),
        Spelling(cluster: "m=http://127.0.0.1:2381,m=http://127.0.0.1:2380,n=http://127.0.0.1:2382"),
        Spelling(cluster: "a<&>=http://127.0.0.1:2382,m=http://127.0.0.1:2380"),
        Spelling(cluster: "m=http://127.0.0.1:2380/"),
        Spelling(cluster: "m=http://127.0.0.1"),
        Spelling(cluster: "m=127.0.0.1:2380"),
        Spelling(cluster: "m=ftp://127.0.0.1:2380"),
        Spelling(cluster: "m=http://127.0.0.1:2380,n=http://127.0.0.1:2380"),
        Spelling(cluster: "n=http://127.0.0.1:2380"),
    ]

    @Test("come to the same log, or are refused by both", arguments: spellings)
    func spelled(spelling: Spelling) async throws {
        let folder = try TemporaryFolder()
        let release = try #require(EtcdRelease.available.last)
        let path = "\(Fixture.folder)/snapshots/early.db"
        let urls = spelling.cluster.split(separator: ",").filter { $0.hasPrefix("m=") }.map { $0.dropFirst(2) }
        let (exitCode, _) = try SystemTool.run(
            release.snapshotTool() + ["snapshot", "restore", path, "--data-dir", folder.path("theirs"), "--name", "m"]
                + ["--initial-cluster", spelling.cluster, "--initial-cluster-token", spelling.token]
                + ["--initial-advertise-peer-urls", urls.joined(separator: ",")]
        )
        let file = try SnapshotFile(path: path)
        let member: (cluster: InitialCluster, member: InitialCluster.Member)
        do throws(InitialClusterError) {
            let cluster = try InitialCluster(spelling.cluster, token: spelling.token)
            member = (cluster, try cluster.member(named: "m", advertising: urls.joined(separator: ",")))
        } catch {
            #expect(exitCode != 0, "we refuse it: \(error)")
            return
        }
        #expect(exitCode == 0, "etcd's own tool refuses it")
        let target = RestoreTarget(member: member.member, dataDirectory: folder.path("ours"))
        _ = try await file.restore(member.cluster, to: [target], accept: requireSound)
        let log = "member/wal/0000000000000000-0000000000000000.wal"
        // As data they are compared at once, not byte by byte.
        let (ours, theirs) = (Data(try folder.read("ours/\(log)")), Data(try folder.read("theirs/\(log)")))
        // The last record of 3.4 does not tell who votes.
        let same = release == .v34 ? 150 : ours.count
        #expect(ours.prefix(same) == theirs.prefix(same))
    }
}
