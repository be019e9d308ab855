import Blocking
import Files
import Glibc
import Synchronization

/// Where the bytes of companions wait for the end of a download: one file without a name, so that few files are open,
/// and that nothing is left of it when this process ends.
final class CompanionSpool: Sendable {
    private static let pieceByteCount = 128 << 10

    private let file: OpenFile
    private var descriptor: Int32 { file.descriptor }
    /// Where the next bytes go.
    private let end = Mutex<Int64>(0)

    /// - Throws: `SystemError`.
    init(in folder: String) throws(SystemError) {
        file = OpenFile(
            try BlockingWork.call(.lookup) { () throws(SystemError) in try UnnamedFile.open(in: folder) }
        )
    }

    /// - Returns: Where the bytes are.
    /// - Throws: `SystemError`.
    func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Range<Int64> {
        let start = end.withLock { end in
            defer { end += Int64(bytes.count) }
            return end
        }
        var rest = bytes
        while !rest.isEmpty {
            let position = off_t(start) + off_t(bytes.count - rest.count)
            let count = try BlockingWork.call(.write) { () throws(SystemError) in
                try systemCall { pwrite(descriptor, rest.baseAddress, rest.count, position) }
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return start..<start + Int64(bytes.count)
    }

    /// Hands over bytes in order, in pieces that are valid during the call only.
    ///
    /// - Parameter sink: Gets a piece and its offset among these bytes, and returns whether it wants more.
    /// - Throws: `SystemError`, also that of the sink.
    func read(
        _ bytes: SpooledBytes,
        into sink: (_ piece: UnsafeRawBufferPointer, _ offset: Int64) throws(SystemError) -> Bool
    ) throws(SystemError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        for range in bytes.ranges {
            var position = range.lowerBound
            while position < range.upperBound {
                let wanted = Int(min(Int64(buffer.count), range.upperBound - position))
                let count = try BlockingWork.call(.read) { () throws(SystemError) in
                    try systemCall { pread(descriptor, buffer.baseAddress, wanted, off_t(position)) }
                }
                if count == 0 { throw SystemError(code: EIO) }
                guard try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]), offset) else { return }
                position += Int64(count)
                offset += Int64(count)
            }
        }
    }
}

/// Where the bytes of one companion are.
struct SpooledBytes: Sendable {
    /// In order.
    private(set) var ranges: [Range<Int64>] = []
    private(set) var byteCount: Int64 = 0

    mutating func append(_ range: Range<Int64>) {
        byteCount += Int64(range.count)
        if let last = ranges.last, last.upperBound == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }
}

/// A companion whose bytes are all there.
struct SpooledCompanion: Sendable {
    /// As the archive has it.
    var entryName: String
    var bytes: SpooledBytes
}
