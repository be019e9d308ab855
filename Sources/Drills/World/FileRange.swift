import Files
import Glibc

/// Some bytes of a file.
enum FileRange {
    /// May block.
    ///
    /// - Throws: `SystemError`, with `EIO` where the file is shorter.
    static func read(_ range: Range<Int64>, of path: String) throws(SystemError) -> [UInt8] {
        let descriptor = try systemCall { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < bytes.count {
            let count = try systemCall {
                bytes.withUnsafeMutableBytes {
                    pread(
                        descriptor,
                        $0.baseAddress.map { $0 + done },
                        range.count - done,
                        off_t(range.lowerBound) + off_t(done)
                    )
                }
            }
            guard count > 0 else { throw SystemError(code: EIO) }
            done += count
        }
        return bytes
    }
}
