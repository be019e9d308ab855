package import Backups
package import FoundationEssentials
import TestSupport
import Testing

/// A backup that a source is to have.
package struct GivenBackup: Sendable {
    package var cluster: String
    package var version: EtcdVersion
    package var revision: Revision
    package var modified: Date
    package var bytes: [UInt8]
    /// Its name where names are free.
    package var freeName: String
    /// Its bytes where names are free: compressed, where its name says so.
    package var storedBytes: [UInt8] {
        get throws { freeName.hasSuffix(".gz") ? try GzipTool.gzip(bytes, options: "-n -1") : bytes }
    }

    /// Real snapshots, since a service serves nothing else. Their versions, their free names, and their revisions and
    /// times rise in different orders.
    static func samples() throws -> [GivenBackup] {
        try [
            sample("foo", "3.4.23", 9, "early.db", "z.db", daysOld: 4),
            sample("foo", "3.4.5", 168, "middle.db", "y.snap", daysOld: 3),
            sample("foo", "3.4.20", 208, "late.db", "a.db.gz", daysOld: 2),
            sample("bar", "3.4.23", 212, "tombstone.db", "b.db", daysOld: 1),
        ]
    }

    private static func sample(
        _ cluster: String,
        _ version: String,
        _ revision: Int64,
        _ file: String,
        _ freeName: String,
        daysOld: Double
    ) throws -> GivenBackup {
        GivenBackup(
            cluster: cluster,
            version: try #require(EtcdVersion(version)),
            revision: try #require(Revision(revision)),
            modified: Date(timeIntervalSinceNow: -daysOld * 86400),
            bytes: try Fixture.snapshot(file),
            freeName: freeName
        )
    }
}
