import Backups
import CLinux
import Glibc
import NIOCore
import Snapshot

/// A backup from a source that can't be read twice, kept in a file without a name until no one needs it any more.
final class SpooledFile: Sendable {
    let byteCount: Int64
    let verdict: Verdict
    private let descriptor: Int32
    /// Its place among the copies that may be kept.
    private let place: SpoolPlaces.Place

    /// Reads the backup to its end, and verifies it.
    ///
    /// - Parameter folder: Where the bytes are kept.
    /// - Throws: What the source throws; `SpoolError` where it can't be kept.
    static func read(
        _ backup: Backup,
        from source: any BackupSource,
        in folder: String,
        _ place: SpoolPlaces.Place
    ) async throws -> SpooledFile {
        let descriptor = try file(in: folder, byteCount: backup.byteCount ?? backup.approximateByteCount ?? 0)
        var verifier = SnapshotVerifier()
        var position: Int64 = 0
        do {
            try await source.read(backup, range: nil) { bytes in
                verifier.update(bytes)
                try write(bytes, to: descriptor, at: position, in: folder)
                position += Int64(bytes.count)
            }
            // What was reserved and not needed is free again.
            ftruncate(descriptor, off_t(position))
        } catch {
            close(descriptor)
            throw error
        }
        return SpooledFile(
            descriptor: descriptor,
            byteCount: position,
            verdict: verifier.finish().verdict,
            place: place
        )
    }

    /// A file with room for so many bytes, as far as they are known.
    private static func file(in folder: String, byteCount: Int64) throws(SpoolError) -> Int32 {
        let descriptor: Int32
        do throws(SystemError) {
            descriptor = try UnnamedFile.open(in: folder)
        } catch {
            throw .cannotKeep(folder: folder, reason: error.description)
        }
        let free = FreeSpace.byteCount(at: descriptor)
        let isTooSmall = free.map { $0 < byteCount } == true
        // So that copies made at the same time can't count on the same room. A file system that can't reserve is tried.
        if isTooSmall
            || byteCount > 0 && clinux_reserve(descriptor, byteCount) != 0 && [ENOSPC, EDQUOT].contains(errno)
        {
            close(descriptor)
            throw .noSpace(folder: folder, neededByteCount: byteCount, freeByteCount: free ?? 0)
        }
        return descriptor
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: Int32,
        at offset: Int64,
        in folder: String
    ) throws(SpoolError) {
        var rest = bytes
        do throws(SystemError) {
            while !rest.isEmpty {
                let position = off_t(offset) + off_t(bytes.count - rest.count)
                let count = try systemCall { pwrite(descriptor, rest.baseAddress, rest.count, position) }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        } catch {
            throw .cannotKeep(folder: folder, reason: error.description)
        }
    }

    private init(descriptor: Int32, byteCount: Int64, verdict: Verdict, place: SpoolPlaces.Place) {
        self.descriptor = descriptor
        self.byteCount = byteCount
        self.verdict = verdict
        self.place = place
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

/// Why a backup can't be copied before it is sent.
enum SpoolError: Failure, Equatable {
    case cannotKeep(folder: String, reason: String)
    case noSpace(folder: String, neededByteCount: Int64, freeByteCount: Int64)
    /// As many copies as may be kept are made or sent just now.
    case tooMany

    var category: FailureCategory { .failed }

    var description: String {
        switch self {
        case .cannotKeep(let folder, let reason):
            "cannot keep a copy in \(folder.printable): \(reason)"
        case .noSpace(let folder, let needed, let free):
            "cannot keep a copy in \(folder.printable): \(needed.byteCountText) are needed and \(free.byteCountText) are free"
        case .tooMany: "too many copies are being made or sent"
        }
    }

    var hint: String? {
        switch self {
        case .cannotKeep, .noSpace: "name a folder on another disk with --spool-dir"
        case .tooMany: "ask again when a download has ended"
        }
    }
}
