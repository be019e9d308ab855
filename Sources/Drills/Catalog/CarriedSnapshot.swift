package import Backups
import CCatalog
import Codecs

/// A snapshot of a real etcd that the program carries.
package struct CarriedSnapshot: Sendable {
    package let name: String
    /// Of the etcd that wrote it.
    package let etcdVersion: EtcdVersion
    /// Its cluster's revision.
    package let revision: Int64
    /// Whether a cluster that a drill does not speak of may have it.
    package let isOrdinary: Bool
    /// The file, compressed by gzip.
    let packed: [UInt8]

    init(_ carried: ccatalog_snapshot) {
        name = String(cString: carried.name)
        // The version is ours: a test reads it of each.
        etcdVersion = EtcdVersion(String(cString: carried.etcd_version)) ?? EtcdVersion(major: 0, minor: 0)
        revision = carried.revision
        isOrdinary = carried.is_ordinary == 1
        packed = Array(UnsafeBufferPointer(start: carried.bytes, count: carried.count))
    }

    /// The snapshot file.
    ///
    /// - Throws: `CodecError`, where the program itself is damaged.
    package func bytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try Unpacking([GzipCodec()]).runHere(MemoryInput(packed)) { piece, _ in bytes += piece }
        return bytes
    }
}
