import Backups

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

    /// From afar each piece is a call of its own: no connection waits for a client that is slow.
    private static let remoteByteCount: Int64 = 1 << 20

    /// Hands all bytes to `sink`, in order. It may block, and what it reads may, too.
    ///
    /// - Throws: What the source throws, also where the backup is not the same any more; `SystemError`; what the sink
    ///   throws.
    func read(into sink: (UnsafeRawBufferPointer) throws -> Void) async throws {
        switch self {
        case .stored(let backup, let source, let byteCount):
            let step = source.traits == .local ? max(1, byteCount) : Self.remoteByteCount
            for start in stride(from: 0, to: byteCount, by: Int(step)) {
                try await source.read(backup, range: start..<min(start + step, byteCount), into: sink)
            }
        case .spooled(let file):
            try file.read(into: sink)
        }
    }
}
