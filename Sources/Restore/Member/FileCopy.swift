import Blocking
import CLinux
import Glibc
import Snapshot

/// Copies the bytes of one open file to another, within the kernel where both lie on one file system.
///
/// Of a call that reads from one file system and writes to another, no one could say which of them does not answer.
enum FileCopy {
    private static let pieceByteCount: Int64 = 8 << 20

    /// Copies so many bytes from the start, and starts writing them to the disk.
    ///
    /// - Parameter onProgress: Called with the number of bytes that are copied.
    /// - Throws: `RestoreError.cannotWrite`; `SnapshotReadingError.unreadable`, with `EIO` where the source has become
    ///   shorter; `CancellationError`.
    static func copy(
        _ source: FileBytes,
        to file: NewFile,
        byteCount: Int64,
        onProgress: (_ doneByteCount: Int64) -> Void
    ) throws {
        let isOneFileSystem = try fileSystem(of: source) == fileSystem(of: file)
        var position: Int64 = 0
        while position < byteCount {
            try Task.checkCancellation()
            let wanted = min(pieceByteCount, byteCount - position)
            var count: Int64 = 0
            if isOneFileSystem {
                count = BlockingWork.call(.write) {
                    clinux_copy_range(source.descriptor, position, file.descriptor, position, wanted)
                }
            }
            if count <= 0 {
                // File systems that can't copy, and what is wrong with one of the two files, show here.
                let bytes = try source.read(at: position, byteCount: Int(min(wanted, 1 << 20)))
                try file.write(bytes, at: position)
                count = Int64(bytes.count)
            }
            file.startWriteback(at: position, byteCount: count)
            position += count
            onProgress(position)
        }
    }

    private static func fileSystem(of source: FileBytes) throws(SnapshotReadingError) -> dev_t {
        var status = stat()
        let (result, code) = BlockingWork.call(.lookup, at: source.place) {
            (fstat(source.descriptor, &status), errno)
        }
        guard result == 0 else { throw .unreadable(code: code) }
        return status.st_dev
    }

    private static func fileSystem(of file: NewFile) throws(RestoreError) -> dev_t {
        var status = stat()
        try Disk.check(file.path, .lookup) { fstat(file.descriptor, &status) }
        return status.st_dev
    }
}
