package import Backups
import Testing

/// What every source of backups keeps to. Each source's own tests run this suite with a way to fill one.
package struct SourceContract: Sendable {
    /// A backup that a source is to have.
    package struct Given: Sendable {
        package var cluster: String
        package var version: EtcdVersion
        package var revision: Int64
        package var bytes: [UInt8]

        package init(cluster: String, version: EtcdVersion, revision: Int64, bytes: [UInt8]) {
            self.cluster = cluster
            self.version = version
            self.revision = revision
            self.bytes = bytes
        }
    }

    let makeSource: @Sendable (_ backups: [Given]) async throws -> any BackupSource

    package init(makeSource: @escaping @Sendable (_ backups: [Given]) async throws -> any BackupSource) {
        self.makeSource = makeSource
    }

    private static let given: [Given] = [
        Given(
            cluster: "foo",
            version: EtcdVersion(major: 3, minor: 1, patch: 0),
            revision: 9,
            bytes: Array("nine".utf8)
        ),
        Given(
            cluster: "foo",
            version: EtcdVersion(major: 3, minor: 1, patch: 0),
            revision: 10,
            bytes: Array("ten".utf8)
        ),
        Given(cluster: "foo", version: EtcdVersion(major: 3, minor: 0, patch: 9), revision: 256, bytes: []),
        Given(cluster: "foo", version: EtcdVersion(major: 3, minor: 2, patch: 1), revision: 99, bytes: [1, 2, 3]),
        Given(cluster: "bar", version: EtcdVersion(major: 3, minor: 1, patch: 0), revision: .max, bytes: [7]),
    ]

    package func run() async throws {
        try await listsClusters()
        try await listsBackupsByRevision()
        try await readsABackup()
        try await hasNoneOfAnAbsentCluster()
    }

    private func listsClusters() async throws {
        let source = try await makeSource(Self.given)
        #expect(try await source.clusters().clusters.map(\.name) == ["bar", "foo"])
        #expect(!source.location.isEmpty)
        let empty = try await makeSource([])
        #expect(try await empty.clusters().clusters.isEmpty)
    }

    private func listsBackupsByRevision() async throws {
        let source = try await makeSource(Self.given)
        let foo = try await source.backups(of: ClusterName("foo"))
        #expect(foo.backups.map(\.revision?.value) == [9, 10, 99, 256])
        #expect(foo.backups.map(\.version?.description) == ["3.1.0", "3.1.0", "3.2.1", "3.0.9"])
        #expect(foo.backups.map(\.byteCount) == [4, 3, 3, 0])
        #expect(foo.backups.allSatisfy { $0.cluster == ClusterName("foo") && !$0.name.contains("/") })
        #expect(foo.ignored.isEmpty)
        let bar = try await source.backups(of: ClusterName("bar"))
        #expect(bar.backups.map(\.revision?.value) == [.max])
    }

    private func readsABackup() async throws {
        let source = try await makeSource(Self.given)
        for backup in try await source.backups(of: ClusterName("foo")).backups {
            let expected = try #require(
                Self.given.first { $0.cluster == "foo" && $0.revision == backup.revision?.value }
            ).bytes
            var received: [UInt8] = []
            try await source.read(backup, range: nil) { received.append(contentsOf: $0) }
            #expect(received == expected, "\(backup.name)")
        }
    }

    private func hasNoneOfAnAbsentCluster() async throws {
        let source = try await makeSource(Self.given)
        for name in ["fo", "foo/", "..", ".", "", "foo/../bar", "/"] {
            #expect(try await source.backups(of: ClusterName(name)).backups.isEmpty, "'\(name)'")
        }
    }
}
