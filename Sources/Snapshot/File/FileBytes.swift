package import Blocking
import Glibc

/// The bytes of an open file, also of one that is still being written.
package struct FileBytes: ByteSource {
    package let descriptor: Int32
    package let byteCount: Int64
    package var isLengthKnown = true
    /// Which of them are there already; all of them where it is absent.
    var progress: WriteProgress?
    /// Closes the descriptor with its last reference, so that no reader uses a closed one; absent where another one
    /// keeps the file open.
    var owner: (any AnyObject & Sendable)?
    /// What answers for it; absent where another one has it open, and answers for that.
    package var place: Place?

    /// - Throws: `SnapshotReadingError.unreadable`; `EIO` where the file has become shorter, `ECANCELED` where what it
    ///   waits for never comes.
    package func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        if let progress, !progress.wait(for: offset..<offset + Int64(wanted)) { throw .unreadable(code: ECANCELED) }
        return try readNow(at: offset, byteCount: wanted)
    }

    package func readNext(at offset: Int64, upTo maxCount: Int) throws(SnapshotReadingError) -> [UInt8] {
        guard let progress else { return try readIfThere(at: offset, byteCount: maxCount) }
        let end = progress.waitInOrder(for: offset + Int64(maxCount))
        return try readNow(at: offset, byteCount: Int(max(0, min(Int64(maxCount), end - offset))))
    }

    package func settled(byteCount: Int64) -> FileBytes {
        FileBytes(descriptor: descriptor, byteCount: byteCount, owner: owner, place: place)
    }

    package func stopWaiting() { progress?.finish() }

    private func readNow(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                // The error number within the call: what comes after it may change that.
                let (read, error) = BlockingWork.call(.read, at: place) {
                    let read = pread(
                        descriptor,
                        buffer.baseAddress.map { $0 + count },
                        wanted - count,
                        off_t(offset) + off_t(count)
                    )
                    return (read, errno)
                }
                if read < 0, error == EINTR { continue }
                if read <= 0 {
                    code = read < 0 ? error : EIO
                    break
                }
                count += read
            }
        }
        if code != 0 { throw .unreadable(code: code) }
        return bytes
    }
}
