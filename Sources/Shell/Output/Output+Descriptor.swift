import Files
import Glibc

extension Output {
    /// The size of one write in bytes: between two writes, a cancellation takes effect.
    private static let pieceByteCount = 64 << 10
    /// How long one wait for a reader takes at most.
    private static let waitMilliseconds: Int32 = 200

    package static func writeToDescriptor(_ channel: Channel, _ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let written = try writePiece(rest, to: channel == .data ? 1 : 2)
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                // Short output is never cut: it may report something done just before the cancellation.
                if channel == .data, !rest.isEmpty { try Task.checkCancellation() }
            }
        }
    }

    /// - Returns: How many bytes were written; 0 where there was no room for some time.
    private static func writePiece(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) -> Int {
        let written = Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, pieceByteCount))
        if written >= 0 { return written }
        switch errno {
        case EINTR: return 0
        case EAGAIN:
            // Another program that has the same terminal or pipe may have set it to non-blocking.
            var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&room, 1, waitMilliseconds)
            return 0
        case let code: throw SystemError(code: code)
        }
    }
}
