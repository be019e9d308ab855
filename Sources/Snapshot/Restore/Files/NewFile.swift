import CLinux
import Glibc

/// A file that is being written; it is there only for its owner.
final class NewFile: Sendable {
    let path: String
    let descriptor: Descriptor

    /// - Throws: `RestoreError.cannotWrite` also where there is such a file already.
    init(_ path: String) throws(RestoreError) {
        self.path = path
        let number = try Disk.check(path) { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        descriptor = Descriptor(number, isOwned: true)
    }

    func write(_ bytes: [UInt8], at offset: Int64) throws(RestoreError) {
        try write(bytes[...], at: offset)
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: Int64) throws(RestoreError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor.number,
                    buffer.baseAddress.map { $0 + done },
                    buffer.count - done,
                    off_t(offset) + off_t(done)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, code: count < 0 ? errno : ENOSPC) }
            done += count
        }
    }

    /// Takes the room of a longer file from the disk, as zeros.
    func reserve(_ byteCount: Int64) throws(RestoreError) {
        let code = posix_fallocate(descriptor.number, 0, off_t(byteCount))
        guard code == 0 else { throw .cannotWrite(path: path, code: code) }
    }

    /// Cuts off what stands behind so many bytes.
    func truncate(to byteCount: Int64) throws(RestoreError) {
        _ = try Disk.check(path) { ftruncate(descriptor.number, off_t(byteCount)) }
    }

    /// Has the disk begin with bytes that stay as they are, so that less is left for `sync`; what fails shows there.
    func startWriteback(at offset: Int64, byteCount: Int64) {
        _ = clinux_start_writeback(descriptor.number, offset, byteCount)
    }

    func sync() throws(RestoreError) {
        _ = try Disk.check(path) { fsync(descriptor.number) }
    }
}
