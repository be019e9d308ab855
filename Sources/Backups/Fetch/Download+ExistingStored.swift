import Files
import Snapshot

/// A file at a download's destination that keeps the bytes as they are stored.
extension Download {
    /// The snapshot in such a file, decoded without a name.
    struct StoredSnapshot {
        var file: SnapshotFile
        var unpacked: Unpacked
    }

    /// How many bytes are compared at each end.
    private static let comparedByteCount: Int64 = 64 << 10

    /// Compares what can be compared without reading all of it: the size, the first and the last bytes. What encodes a
    /// snapshot ends in a checksum of it, or is different from its start on.
    ///
    /// - Throws: `ExistingFileDifference`, a `UserError` where the source is out of reach, `CancellationError`.
    func compareStored(_ file: ExistingFile, _ backup: Backup, from source: any BackupSource) async throws {
        guard let entry = backup.entry else { return }
        guard file.byteCount == entry.byteCount else {
            throw ExistingFileDifference.size(own: file.byteCount, backup: entry.byteCount)
        }
        let count = min(Self.comparedByteCount, file.byteCount)
        for offset in Set([0, file.byteCount - count]).sorted() {
            var theirs: [UInt8] = []
            do {
                try await source.read(backup, range: offset..<offset + count) { theirs += $0 }
            } catch let failure as any UserError where failure.category != .unreachable {
                throw ExistingFileDifference.backupUnreadable(reason: failure.description)
            }
            guard try file.bytes(Int(count), at: offset) == theirs else {
                throw offset == 0
                    ? ExistingFileDifference.firstBytes(count: Int(count))
                    : ExistingFileDifference.lastBytes(count: Int(count))
            }
        }
    }

    /// Decodes it beside the file.
    ///
    /// - Throws: `ExistingFileDifference`, `SpoolError`, `CancellationError`.
    func storedSnapshot(in file: ExistingFile, _ backup: Backup) async throws -> StoredSnapshot {
        let folder = try PartialFile.folder(of: destination).path
        do {
            let spool = try SnapshotSpool(in: folder, packedByteCount: file.byteCount, usesMemory: true)
            let unpacked = try Unpacking(codecs, named: backup.encoding).runHere(file.input) { bytes, _ in
                try spool.append(bytes)
            }
            guard let snapshot = spool.snapshot() else { throw SnapshotProblem.empty }
            return StoredSnapshot(file: snapshot, unpacked: unpacked)
        } catch let problem as SnapshotProblem {
            throw ExistingFileDifference.unsound(problem)
        } catch let error as CodecError {
            throw ExistingFileDifference.undecodable(reason: error.description)
        } catch let error as SystemError {
            throw ExistingFileDifference.unreadable(reason: error.description)
        }
    }
}
