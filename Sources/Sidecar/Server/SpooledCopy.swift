import Backups
import CLinux
import Files
import Glibc
import Snapshot
import Synchronization

/// The file behind the `SpooledFile`s of all who asked for the same backup: closed, and its place free, with the last use.
///
/// Uses are counted, because the task that made it may hold it a little longer than they do.
final class SpooledCopy: Sendable {
    private static let pieceByteCount = 256 << 10

    let byteCount: Int64
    let result: CheckResult
    private let descriptor: Int32
    private let places: SpoolPlaces
    private let useCount = Mutex(0)

    /// Reads the backup to its end, decoded where it is encoded, and verifies it.
    ///
    /// - Parameters:
    ///   - folder: Where the bytes are kept.
    ///   - places: Where its place is taken, to be free again where this throws.
    /// - Throws: What the source throws; `CodecError`; `SpoolError` where it can't be kept.
    static func read(
        _ backup: Backup,
        from source: any BackupSource,
        _ codecs: [any Codec],
        in folder: String,
        _ places: SpoolPlaces
    ) async throws -> SpooledCopy {
        do {
            return try await readKeepingPlace(backup, from: source, codecs, in: folder, places)
        } catch {
            places.free()
            throw error
        }
    }

    private static func readKeepingPlace(
        _ backup: Backup,
        from source: any BackupSource,
        _ codecs: [any Codec],
        in folder: String,
        _ places: SpoolPlaces
    ) async throws -> SpooledCopy {
        let descriptor = try file(in: folder, byteCount: backup.byteCount ?? backup.approximateByteCount ?? 0)
        do {
            let (byteCount, result) = try await fill(descriptor, with: backup, from: source, codecs, in: folder)
            return SpooledCopy(
                descriptor: descriptor,
                byteCount: byteCount,
                result: result.expecting(revision: backup.revision?.value),
                places: places
            )
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Writes all bytes, and checks them meanwhile. When it returns or throws, nothing reads the file any more.
    private static func fill(
        _ descriptor: Int32,
        with backup: Backup,
        from source: any BackupSource,
        _ codecs: [any Codec],
        in folder: String
    ) async throws -> (byteCount: Int64, result: CheckResult) {
        let verifier = TailingVerifier(descriptor, byteCount: backup.snapshotByteCount)
        async let result = verifier.result()
        var position: Int64 = 0
        let budget = DecodingBudget.byteCount(at: descriptor)
        do {
            try await source.readSnapshot(in: backup, codecs, maxByteCount: budget) { bytes in
                try write(bytes, to: descriptor, at: position, in: folder)
                position += Int64(bytes.count)
                verifier.advance(to: position)
            }
        } catch is SnapshotProblem {
            // What has come so far shows the verifier why it is no snapshot.
        }
        // What was reserved and not needed is free again.
        ftruncate(descriptor, off_t(position))
        verifier.finish()
        do {
            return (position, try await result)
        } catch SnapshotReadingError.unreadable(let code) {
            throw SpoolError.cannotKeep(folder: folder, reason: SystemError(code: code).description)
        }
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

    private init(descriptor: Int32, byteCount: Int64, result: CheckResult, places: SpoolPlaces) {
        self.descriptor = descriptor
        self.byteCount = byteCount
        self.result = result
        self.places = places
    }

    /// - Parameter count: How many asked for it; each of them ends its use.
    func beginUses(_ count: Int) { useCount.withLock { $0 = count } }

    /// Ends what no one uses.
    func drop() {
        beginUses(1)
        endUse()
    }

    func endUse() {
        let isLast = useCount.withLock { count in
            count -= 1
            return count == 0
        }
        guard isLast else { return }
        close(descriptor)
        places.free()
    }

    /// Hands all bytes to `sink`, in order. Blocks.
    ///
    /// - Throws: `SystemError`, and what the sink throws.
    func read(into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position: Int64 = 0
        while position < byteCount {
            let wanted = Int(min(Int64(buffer.count), byteCount - position))
            let count = try systemCall { pread(descriptor, buffer.baseAddress, wanted, off_t(position)) }
            if count == 0 { throw SystemError(code: EIO) }
            try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            position += Int64(count)
        }
    }
}
