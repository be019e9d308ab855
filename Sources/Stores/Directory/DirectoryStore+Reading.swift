public import Backups
import Blocking
import CLinux
import Files
import Glibc

extension DirectoryStore {
    /// So few that a piece is still in the cache of a processor when it is written.
    private static let pieceByteCount = 512 << 10
    /// So many that a change of threads costs little beside them.
    private static let waitedByteCount = 1 << 20

    public func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let file = try await run(entry.key) { try self.open(entry, range) }
        let byteCount = max(1, min(Self.pieceByteCount, range.count))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position = range.lowerBound
        while position < range.upperBound {
            try Task.checkCancellation()
            let (start, rest) = (position, range.upperBound - position)
            // What is in memory is there at once: only what must be waited for is worth a change of threads.
            let count = clinux_read_cached(file.descriptor, buffer.baseAddress, min(Int64(byteCount), rest), start)
            if count > 0 {
                try sink(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
                position += count
            } else {
                let wanted = Int(min(Int64(Self.waitedByteCount), rest))
                let bytes = try await run(entry.key) {
                    try Self.bytes(of: file, at: start, byteCount: wanted, entry.key)
                }
                try bytes.withUnsafeBytes { bytes in
                    for start in stride(from: 0, to: bytes.count, by: byteCount) {
                        try sink(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(byteCount)))
                    }
                }
                position += Int64(bytes.count)
            }
        }
        try await run(entry.key) { try Self.checkUnchanged(entry, file) }
    }

    private func open(_ entry: StoreEntry, _ range: Range<Int64>) throws -> OpenFile {
        let path = try path(of: entry.key)
        // Without O_NONBLOCK, a pipe that took the file's place would never open.
        let file = OpenFile(
            try Self.systemCall(entry.key) { Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        )
        try Self.checkUnchanged(entry, file)
        posix_fadvise(file.descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_SEQUENTIAL)
        return file
    }

    /// - Throws: `StoreError.changed` where the file has become shorter.
    private static func bytes(of file: OpenFile, at position: Int64, byteCount: Int, _ key: String) throws -> [UInt8] {
        let bytes = try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            count = try systemCall(key, .read) {
                pread(file.descriptor, buffer.baseAddress, byteCount, off_t(position))
            }
        }
        if bytes.isEmpty { throw StoreError.changed(key) }
        return bytes
    }

    private static func checkUnchanged(_ entry: StoreEntry, _ file: OpenFile) throws {
        var status = FileStatus()
        try systemCall(entry.key) { fstat(file.descriptor, &status) }
        guard status.st_mode & S_IFMT == S_IFREG, self.entry(entry.key, status) == entry else {
            throw StoreError.changed(entry.key)
        }
    }
}
