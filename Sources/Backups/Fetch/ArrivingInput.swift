import Files
import Glibc
import Snapshot

/// A file that is still being written: a read of bytes that have not come yet waits for them, and asks for them first.
struct ArrivingInput: ByteInput {
    private let file: FileInput
    private let knownByteCount: Int64?
    private let progress = WriteProgress()

    /// - Parameters:
    ///   - descriptor: The file, open for reading for as long as this is used.
    ///   - byteCount: How many bytes it will have; `nil` where that shows only at its end.
    init(_ descriptor: Int32, byteCount: Int64?) {
        file = FileInput(descriptor)
        knownByteCount = byteCount
    }

    /// These bytes are written.
    func insert(_ range: Range<Int64>) { progress.insert(range) }

    /// No more bytes will come. Whoever waits gets what is there.
    func finish() { progress.finish() }

    /// A missing byte that is waited for; `nil` where none is.
    var wanted: Int64? { progress.wanted }

    func byteCount() throws -> Int64 {
        if let knownByteCount { return knownByteCount }
        let byteCount = progress.waitForEnd()
        try Task.checkCancellation()
        return byteCount
    }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if let knownByteCount, offset >= knownByteCount { return 0 }
        let end = progress.waitForSome(at: offset)
        // The waiting ends as well where this task does.
        try Task.checkCancellation()
        let wanted = Int(min(Int64(buffer.count), end - offset))
        guard wanted > 0 else { return 0 }
        let count = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        if count == 0 { throw SystemError(code: EIO) }
        return count
    }
}
