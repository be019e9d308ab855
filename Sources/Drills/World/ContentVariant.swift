import Crypto
import Text

/// The bytes of a backup: those of a snapshot, perhaps longer, perhaps damaged. Backups of the same variant have the
/// same bytes.
package struct ContentVariant: Sendable, Hashable {
    /// As `WorldBackup.content`.
    package var content: String
    /// As `WorldBackup.byteCount`.
    package var byteCount: Int64?
    package var damage: WorldBackup.Damage?

    /// A name for a file that holds it.
    var fileName: String {
        let name = content.utf8.map { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") ? $0 : UInt8(ascii: "_") }
        let size = byteCount.map { "-\($0)" } ?? ""
        return String(decoding: name, as: UTF8.self) + size + (damage.map { "-\($0.rawValue)" } ?? "")
    }

    /// - Throws: `WorldError.cannotGrow`.
    func bytes(of content: [UInt8]) throws(WorldError) -> [UInt8] {
        var bytes = content
        if let byteCount { bytes = try SnapshotGrowth.grown(bytes, to: byteCount, named: self.content) }
        switch damage {
        case nil: break
        case .altered?:
            // In the middle, where pages are: neither a meta page nor the checksum at the end.
            if !bytes.isEmpty { bytes[bytes.count / 2] ^= 0x40 }
        case .truncated?: bytes.removeLast(bytes.count - bytes.count / 2)
        case .empty?: bytes = []
        }
        return bytes
    }
}

/// A hash as `sha256sum` prints it.
func sha256(of bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimalDigits }

/// What S3 calls the ETag of an object that was written in one piece.
func etag(of bytes: [UInt8]) -> String { Insecure.MD5.hash(data: bytes).hexadecimalDigits }

extension Sequence<UInt8> {
    var hexadecimalDigits: String {
        String(
            decoding: flatMap { byte in [byte >> 4, byte & 15].map { Array("0123456789abcdef".utf8)[Int($0)] } },
            as: UTF8.self
        )
    }
}
