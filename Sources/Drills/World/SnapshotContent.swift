package import Backups

/// A snapshot that a world's backups are made of.
package struct SnapshotContent: Sendable {
    /// `nil` where it says none.
    package var etcdVersion: EtcdVersion?
    package var revision: Int64
    package var bytes: [UInt8]

    package init(etcdVersion: EtcdVersion?, revision: Int64, bytes: [UInt8]) {
        self.etcdVersion = etcdVersion
        self.revision = revision
        self.bytes = bytes
    }
}
