import Foundation
import Restore
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("A cluster that was restored, with real etcds on it", .ownThread)
struct RestoredClusterTests {
    /// The members of a cluster of three, each with a port.
    private struct Plan {
        let names = ["m1", "m2", "m3"]
        let ports: [UInt16]
        let cluster: InitialCluster
        let text: String

        init() throws {
            ports = try (0..<3).map { _ in try EtcdServer.freePort() }
            text = zip(names, ports).map { "\($0)=http://127.0.0.1:\($1)" }.joined(separator: ",")
            cluster = try InitialCluster(text, token: "three")
        }

        func start(_ release: EtcdRelease, _ folder: TemporaryFolder) throws -> [EtcdServer] {
            let servers = try zip(names, ports).map { name, port in
                try EtcdServer(
                    release,
                    folder: folder.path(name),
                    name: name,
                    peerPort: port,
                    initialCluster: text,
                    waits: false
                )
            }
            for server in servers { try server.waitUntilHealthy() }
            return servers
        }
    }

    private func restore(_ plan: Plan, _ names: [String], _ folder: TemporaryFolder) async throws {
        let file = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db")
        let targets = try names.map { name in
            RestoreTarget(member: try plan.cluster.member(named: name), dataDirectory: folder.path(name))
        }
        _ = try await file.restore(plan.cluster, to: targets, accept: requireSound)
    }

    @Test(
        "of three members holds what was saved, and a member that joins later gets all of it",
        arguments: EtcdRelease.available
    )
    func members(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let plan = try Plan()
        try await restore(plan, plan.names, folder)
        var servers = try plan.start(release, folder)
        let keys = try servers[0].client.keys()
        #expect(keys.count == 139)
        #expect(try Set(servers[0].client.members().keys) == Set(plan.cluster.members.map(\.id)))
        for server in servers { #expect(try server.keyHash(at: 208) == servers[0].keyHash(at: 208)) }

        for server in servers { server.kill() }
        servers = try plan.start(release, folder)
        try servers[1].client.change([.init("/after", [1])])
        #expect(try servers[2].client.keys().count == 140)

        // The third goes, and comes back with nothing. Members are changed only once all know of each other for a
        // while.
        servers[2].kill()
        let client = servers[0].client
        let third = try plan.cluster.member(named: "m3").id
        let url = "http://127.0.0.1:\(plan.ports[2])"
        try eventually("the third member is gone") {
            try? client.removeMember(third)
            return try client.members()[third] == nil
        }
        try eventually("a new third member may come") {
            try? client.addMember(peerURL: url)
            return try client.members().values.contains([url])
        }
        let joined = try EtcdServer(
            release,
            folder: folder.path("m3-anew"),
            name: "m3",
            peerPort: plan.ports[2],
            initialCluster: plan.text,
            joins: true
        )
        #expect(try joined.client.keys() == servers[0].client.keys())
        #expect(try joined.client.revision() == 209)
        #expect(try joined.keyHash(at: 209) == servers[0].keyHash(at: 209))
    }

    /// Tries until it has come about, for a minute at most.
    private func eventually(_ what: String, _ hasComeAbout: () throws -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date() < deadline {
            if (try? hasComeAbout()) == true { return }
            usleep(100_000)
        }
        throw PartFailure("cannot continue: it never came to it that \(what)")
    }

    @Test("one member by etcd's own tool and two by us are one cluster", arguments: EtcdRelease.available)
    func mixed(release: EtcdRelease) async throws {
        let folder = try TemporaryFolder()
        let plan = try Plan()
        try await restore(plan, ["m2", "m3"], folder)
        let (exitCode, _) = try SystemTool.run(
            release.snapshotTool() + ["snapshot", "restore", "\(Fixture.folder)/snapshots/late.db"]
                + ["--data-dir", folder.path("m1"), "--name", "m1", "--initial-cluster", plan.text]
                + ["--initial-cluster-token", "three"]
                + ["--initial-advertise-peer-urls", "http://127.0.0.1:\(plan.ports[0])"]
        )
        #expect(exitCode == 0)
        let servers = try plan.start(release, folder)
        try servers[0].client.change([.init("/after", [1])])
        let hash = try servers[0].keyHash(at: 209)
        for server in servers { #expect(try server.keyHash(at: 209) == hash) }
        #expect(try servers[2].client.keys().count == 140)
    }
}
