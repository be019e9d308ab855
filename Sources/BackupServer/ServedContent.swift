import Backups
import Glibc
import NIOCore
import Snapshot

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

    /// From afar each piece is a call of its own.
    private var pieceByteCount: Int64 {
        if case .stored(_, let source, _) = self, source.reach != .local { return 1 << 20 }
        return 256 << 10
    }

    /// The bytes from an offset on, as many as are worth one write.
    ///
    /// - Throws: What the source throws, also where the backup is not the same any more; `SystemError`.
    func piece(at offset: Int64) async throws -> ByteBuffer {
        let range = offset..<min(offset + pieceByteCount, byteCount)
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

/// A backup from a source that can't be read twice, kept in a file without a name until nobody needs it any more.
final class SpooledFile: Sendable {
    let byteCount: Int64
    let verdict: Verdict
    private let descriptor: Int32

    /// Reads the backup to its end, and verifies it.
    ///
    /// - Throws: What the source throws; `SystemError` where it can't be kept.
    static func read(_ backup: Backup, from source: any BackupSource) async throws -> SpooledFile {
        let descriptor = try namelessFile()
        var verifier = SnapshotVerifier()
        var position: Int64 = 0
        do {
            try await source.read(backup, range: nil) { bytes in
                verifier.update(bytes)
                var rest = bytes
                while !rest.isEmpty {
                    let count = try systemCall { pwrite(descriptor, rest.baseAddress, rest.count, off_t(position)) }
                    position += Int64(count)
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                }
            }
        } catch {
            close(descriptor)
            throw error
        }
        return SpooledFile(descriptor: descriptor, byteCount: position, verdict: verifier.finish().verdict)
    }

    /// - Throws: `SystemError`.
    private static func namelessFile() throws(SystemError) -> Int32 {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array("\(folder)/snapsh-serve.XXXXXX".utf8CString)
        return try path.withUnsafeMutableBufferPointer { path throws(SystemError) in
            guard let name = path.baseAddress else { throw SystemError(code: EINVAL) }
            let descriptor = try systemCall { mkstemp(name) }
            unlink(name)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        }
    }

    private init(descriptor: Int32, byteCount: Int64, verdict: Verdict) {
        self.descriptor = descriptor
        self.byteCount = byteCount
        self.verdict = verdict
    }

    deinit { close(descriptor) }

    /// - Throws: `SystemError`.
    func read(_ range: Range<Int64>, into buffer: inout ByteBuffer) throws {
        while buffer.readableBytes < range.count {
            let offset = range.lowerBound + Int64(buffer.readableBytes)
            let wanted = range.count - buffer.readableBytes
            let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
                try systemCall { pread(descriptor, bytes.baseAddress, wanted, off_t(offset)) }
            }
            if count == 0 { throw SystemError(code: EIO) }
        }
    }
}
