package import Backups
import TestSupport
import Testing

/// A kind of source, and how a test makes one with the backups that it wants.
package struct SourceUnderTest: Sendable, CustomTestStringConvertible {
    /// A backup that a source is to have.
    package struct Given: Sendable {
        package var cluster: String
        package var version: EtcdVersion
        package var revision: Revision
        package var bytes: [UInt8]
    }

    /// A source that has just the given backups.
    package struct Filled: Sendable {
        package let source: any BackupSource
        /// What must live as long as it is read: a folder, a server.
        let parts: any Sendable

        package init(_ source: any BackupSource, keeping parts: any Sendable) {
            self.source = source
            self.parts = parts
        }
    }

    package let testDescription: String
    /// Whether it lists clusters, and all their backups. One that does not serves those of `foo`.
    let lists: Bool
    package let make: @Sendable (_ backups: [Given]) async throws -> Filled

    package init(
        _ name: String,
        lists: Bool = true,
        make: @escaping @Sendable (_ backups: [Given]) async throws -> Filled
    ) {
        testDescription = name
        self.lists = lists
        self.make = make
    }

    /// Real snapshots, since a service serves nothing else. Their versions and revisions rise in different orders.
    static func samples() throws -> [Given] {
        try [
            sample("foo", "3.4.23", 9, "early.db"), sample("foo", "3.4.5", 168, "middle.db"),
            sample("foo", "3.4.20", 208, "late.db"), sample("bar", "3.4.23", 212, "tombstone.db"),
        ]
    }

    private static func sample(_ cluster: String, _ version: String, _ revision: Int64, _ file: String) throws -> Given
    {
        Given(
            cluster: cluster,
            version: try #require(EtcdVersion(version)),
            revision: try #require(Revision(revision)),
            bytes: try Fixture.snapshot(file)
        )
    }
}
