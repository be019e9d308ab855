import Blocking
import CLinux
import Glibc

/// A file that is being written; it is there only for its owner.
final class NewFile: Sendable {
    let path: String
    let descriptor: Int32
    /// Of one call.
    private static let maxWriteByteCount = 1 << 24

    /// - Throws: `RestoreError.cannotWrite` also where there is such a file already.
    init(_ path: String) throws(RestoreError) {
        self.path = path
        descriptor = try Disk.check(path) { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8], at offset: Int64) throws(RestoreError) {
        try write(bytes[...], at: offset)
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: Int64) throws(RestoreError) {
        var done = 0
        while done < bytes.count {
            let count = try Disk.check(path) {
                bytes.withUnsafeBytes { buffer in
                    Int32(
                        clamping: pwrite(
                            descriptor,
                            buffer.baseAddress.map { $0 + done },
                            min(buffer.count - done, Self.maxWriteByteCount),
                            off_t(offset) + off_t(done)
                        )
                    )
                }
            }
            guard count > 0 else { throw .cannotWrite(path: path, code: ENOSPC) }
            done += Int(count)
        }
    }

    /// Takes the room of a longer file from the disk, as zeros.
    func reserve(_ byteCount: Int64) throws(RestoreError) {
        let code = BlockingWork.call(.write) { posix_fallocate(descriptor, 0, off_t(byteCount)) }
        guard code == 0 else { throw .cannotWrite(path: path, code: code) }
    }

    /// Cuts off what stands behind so many bytes.
    func truncate(to byteCount: Int64) throws(RestoreError) {
        try Disk.check(path) { ftruncate(descriptor, off_t(byteCount)) }
    }

    /// Has the disk begin with bytes that stay as they are, so that less is left for `sync`; what fails shows there.
    func startWriteback(at offset: Int64, byteCount: Int64) {
        _ = BlockingWork.call(.write) { clinux_start_writeback(descriptor, offset, byteCount) }
    }

    func sync() throws(RestoreError) {
        try Disk.check(path, .sync) { fsync(descriptor) }
    }
}
