import Backups
import Snapshot

extension Backup {
    /// With what its verified snapshot says where its name and its source do not.
    func completed(by contents: SnapshotContents) -> Backup {
        var backup = self
        backup.version = version ?? contents.clusterVersion.flatMap { EtcdVersion($0) }
        backup.revision = revision ?? Revision(of: contents)
        backup.approximateByteCount = contents.snapshotByteCount
        return backup
    }
}

extension SnapshotContents {
    /// The size of the sound snapshot that it is of: the database, and the SHA-256 behind it.
    var snapshotByteCount: Int64 { imageByteCount + SnapshotTrailer.byteCount }
}
