import Backups
import NIOCore

/// The bytes of one verified backup, to be handed out piece by piece.
enum ServedContent: Sendable {
    case stored(Backup, any BackupSource, byteCount: Int64)
    case spooled(SpooledFile)

    var byteCount: Int64 {
        switch self {
        case .stored(_, _, let byteCount): byteCount
        case .spooled(let file): file.byteCount
        }
    }

    /// Each piece is a call of its own.
    private static let pieceByteCount: Int64 = 1 << 20

    /// The bytes from an offset on, as many as are worth one write.
    ///
    /// - Throws: What the source throws, also where the backup is not the same any more; `SystemError`.
    func piece(at offset: Int64) async throws -> ByteBuffer {
        let range = offset..<min(offset + Self.pieceByteCount, byteCount)
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        switch self {
        case .stored(let backup, let source, _):
            try await source.read(backup, range: range) { buffer.writeBytes($0) }
        case .spooled(let file):
            try file.read(range, into: &buffer)
        }
        return buffer
    }
}
