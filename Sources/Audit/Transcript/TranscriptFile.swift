import Files
import Glibc
import Synchronization
import Text

/// A transcript that is being written: each line is whole on the disk before the next command runs, and those of
/// earlier runs stay before it.
package final class TranscriptFile: Sendable {
    package let path: String
    private let descriptor: Int32
    /// Whether the last line is not whole: of a run that was killed, or on a disk that was full.
    private let isTorn: Mutex<Bool>

    /// Opens a transcript, or makes one that only its owner can read. May block.
    ///
    /// - Throws: `TranscriptError`.
    package init(path: String) throws(TranscriptError) {
        self.path = path
        do {
            let (descriptor, isTorn) = try Self.opened(path)
            self.descriptor = descriptor
            self.isTorn = Mutex(isTorn)
        } catch let error as TranscriptError {
            throw error
        } catch {
            throw .cannotWrite(path: path, reason: "\(error)")
        }
    }

    private static func opened(_ path: String) throws -> (descriptor: Int32, isTorn: Bool) {
        // O_NONBLOCK: a pipe in its place would wait for its other end.
        let flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        let descriptor = try systemCall { open(path, flags, 0o600) }
        do {
            var status = stat()
            try systemCall { fstat(descriptor, &status) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw TranscriptError.cannotWrite(path: path, reason: "it is not a plain file")
            }
            let head = try read(descriptor, at: 0, count: maxHeadByteCount)
            guard TranscriptLine.canBegin(head) else { throw TranscriptError.notTranscript(path: path) }
            // It names clusters and hosts.
            if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
            if head.isEmpty { WholeFile.syncFolder(PathParts(path).folder) }
            let last = try read(descriptor, at: max(0, Int64(status.st_size) - 1), count: 1).last
            return (descriptor, last != nil && last != UInt8(ascii: "\n"))
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Adds a line, and waits until it is on the disk. May block.
    ///
    /// - Throws: `TranscriptError.cannotWrite`.
    package func append(_ line: [UInt8]) throws(TranscriptError) {
        let bytes = (isTorn.withLock(\.self) ? [UInt8(ascii: "\n")] : []) + line + [UInt8(ascii: "\n")]
        do throws(SystemError) {
            isTorn.withLock { $0 = true }
            // At once, so that lines of two runs don't mix.
            let written = try systemCall { write(descriptor, bytes, bytes.count) }
            guard written == bytes.count else { throw SystemError(code: ENOSPC) }
            isTorn.withLock { $0 = false }
            try systemCall { fsync(descriptor) }
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    /// What shows whether it is a transcript.
    static let maxHeadByteCount = 64 << 10

    private static func read(_ descriptor: Int32, at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try systemCall { pread(descriptor, &bytes, count, off_t(offset)) }
        return Array(bytes.prefix(done))
    }
}
