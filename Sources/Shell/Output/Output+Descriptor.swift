import Files
import Glibc

extension Output {
    /// The size of one write in bytes: between two writes, a cancellation takes effect.
    private static let pieceByteCount = 64 << 10

    package static func writeToDescriptor(_ channel: Channel, _ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let written = try systemCall {
                    Glibc.write(channel == .data ? 1 : 2, rest.baseAddress, min(rest.count, pieceByteCount))
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                // Short output is never cut: it may report something done just before the cancellation.
                if channel == .data, !rest.isEmpty { try Task.checkCancellation() }
            }
        }
    }
}
