import Backups
import Files
import Snapshot
import Synchronization

/// The file behind the `SpooledFile`s of all who asked for the same backup: closed, and its place free, with the last
/// use.
///
/// Uses are counted, because the task that made it may hold it a little longer than they do.
final class SpooledCopy: Sendable {
    let byteCount: Int64
    let result: CheckResult
    private let file: SpoolFile
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
        let file = try SpoolFile(in: folder, byteCount: backup.byteCount ?? backup.approximateByteCount ?? 0)
        do {
            let (byteCount, result) = try await fill(file, with: backup, from: source, codecs)
            return SpooledCopy(
                file,
                byteCount: byteCount,
                result: result.expecting(revision: backup.revision?.value),
                places: places
            )
        } catch {
            file.end()
            throw error
        }
    }

    /// Writes all bytes, and checks them meanwhile. When it returns or throws, nothing reads the file any more.
    private static func fill(
        _ file: SpoolFile,
        with backup: Backup,
        from source: any BackupSource,
        _ codecs: [any Codec]
    ) async throws -> (byteCount: Int64, result: CheckResult) {
        let verifier = TailingVerifier(file.descriptor, byteCount: backup.snapshotByteCount)
        async let result = verifier.result()
        let written = Mutex<Int64>(0)
        let budget = DecodingBudget.byteCount(at: file.descriptor)
        do {
            try await source.readSnapshot(in: backup, codecs, maxByteCount: budget) { bytes, offset in
                try file.write(bytes, at: offset)
                let end = offset + Int64(bytes.count)
                written.withLock { $0 = end }
                verifier.advance(to: end)
            }
        } catch is SnapshotProblem {
            // What has come so far shows the verifier why it is no snapshot.
        }
        let byteCount = written.withLock(\.self)
        // What was reserved and not needed is free again.
        file.trim(to: byteCount)
        verifier.finish()
        do {
            return (byteCount, try await result)
        } catch SnapshotReadingError.unreadable(let code) {
            throw SpoolError.cannotKeep(folder: file.folder, reason: SystemError(code: code).description)
        }
    }

    private init(_ file: SpoolFile, byteCount: Int64, result: CheckResult, places: SpoolPlaces) {
        self.file = file
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
        file.end()
        places.free()
    }

    /// Hands all bytes to `sink`, in order. Blocks.
    ///
    /// - Throws: `SystemError`, and what the sink throws.
    func read(into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try file.read(byteCount: byteCount, into: sink)
    }
}
