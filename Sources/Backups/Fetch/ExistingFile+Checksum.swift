import Blocking
import LibZ

extension ExistingFile {
    /// Whether what a packed backup says of the snapshot in it, its size and its CRC-32, is right of this file: that is
    /// read from the end of the backup.
    ///
    /// A gzip file of several parts ends in the checksum of its last one: that is no other file's either.
    ///
    /// - Returns: `false` also where it says nothing of that kind.
    /// - Throws: `ExistingFileDifference` where this file can't be read; a `UserError` where the source is out of
    ///   reach, `CancellationError`.
    func isProven(by backup: Backup, from source: any BackupSource) async throws -> Bool {
        guard let entry = backup.entry, source.traits != .streaming else { return false }
        let read = { (range: Range<Int64>) async throws -> [UInt8] in
            var bytes: [UInt8] = []
            try await source.read(backup, range: range) { bytes += $0 }
            return bytes
        }
        do {
            let checksums: [UInt32]
            switch backup.encoding.nameEnding {
            case ".gz": checksums = try await GzipTrailer.checksums(of: byteCount, in: entry.byteCount, read)
            case ".zip": checksums = try await ZipDirectory.checksums(of: byteCount, in: entry.byteCount, read)
            default: return false
            }
            return try !checksums.isEmpty && checksums.contains(crc32())
        } catch let failure as any UserError where failure.category != .unreachable {
            return false
        }
    }

    /// The CRC-32 of gzip and zip.
    private func crc32() throws -> UInt32 {
        var value: UInt = 0
        var position: Int64 = 0
        while position < byteCount {
            try Task.checkCancellation()
            let piece = try bytes(Int(min(1 << 20, byteCount - position)), at: position)
            value = piece.withUnsafeBytes { bytes in
                LibZ.crc32(value, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
            }
            position += Int64(piece.count)
        }
        return UInt32(truncatingIfNeeded: value)
    }
}

/// The last 8 bytes of a gzip file: the CRC-32 of what it decodes to, and the size of that, modulo 2^32 (RFC 1952,
/// section 2.3.1).
private enum GzipTrailer {
    /// - Returns: The checksum, where the size is right.
    static func checksums(
        of byteCount: Int64,
        in storedByteCount: Int64,
        _ read: (Range<Int64>) async throws -> [UInt8]
    ) async throws -> [UInt32] {
        guard storedByteCount >= 18 else { return [] }
        let trailer = try await read(storedByteCount - 8..<storedByteCount)
        guard trailer.count == 8, trailer.number(at: 4, byteCount: 4) == UInt64(byteCount & 0xFFFF_FFFF) else {
            return []
        }
        return [UInt32(trailer.number(at: 0, byteCount: 4))]
    }
}

extension [UInt8] {
    /// A number, low byte first.
    func number(at offset: Int, byteCount: Int) -> UInt64 {
        self[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
