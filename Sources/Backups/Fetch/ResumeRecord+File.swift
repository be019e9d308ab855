import Blocking
import Glibc

/// Where a partial file has its record: behind the last byte that the whole file will have.
extension ResumeRecord {
    private static let maxByteCount = 64 << 10

    /// What a partial file says of itself, where it is of the same backup.
    init?(in descriptor: Int32, for identity: Identity) {
        var bytes = [UInt8](repeating: 0, count: Self.maxByteCount)
        let count = BlockingWork.call(.read) {
            bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(identity.byteCount)) }
        }
        guard count > 0 else { return nil }
        self.init(Array(bytes.prefix(count)))
        if self.identity != identity { return nil }
    }

    /// Writes it into its file, in place of an earlier one. A failure costs a later download only what it would resume.
    func write(to descriptor: Int32) {
        guard let bytes = try? bytes() else { return }
        BlockingWork.call(.write) {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(identity.byteCount))
            }
            if count > 0 { ftruncate(descriptor, off_t(identity.byteCount) + off_t(count)) }
        }
    }
}
