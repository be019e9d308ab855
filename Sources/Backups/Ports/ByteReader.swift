/// Bytes that are pulled in order, once. What reads them blocks its thread, so all readers of a chain run on one that
/// is their own.
public protocol ByteReader: AnyObject {
    /// Reads the next bytes, and waits for at least one.
    ///
    /// - Returns: How many; 0 only at the end.
    /// - Throws: `CodecError` where the bytes are not what they should be; what an input throws; `CancellationError`.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// The same bytes at any place, where there is a file behind them; `nil` where they come in order only.
    var input: (any ByteInput)? { get }

    /// How many bytes after the end were ignored; known at the end.
    var ignoredByteCount: Int64 { get }
}

extension ByteReader {
    public var input: (any ByteInput)? { nil }
    public var ignoredByteCount: Int64 { 0 }

    /// Reads until the buffer is full, or the end comes.
    ///
    /// - Returns: How many bytes were read.
    /// - Throws: As `read` does.
    public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = 0
        while count < buffer.count {
            let read = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if read == 0 { break }
            count += read
        }
        return count
    }
}

/// The stored bytes that a chain of readers begins with: an open file, a download that arrives, memory.
public protocol ByteInput: Sendable {
    /// Whether bytes can be read at any place. Otherwise they are read in order, each once.
    var hasRandomAccess: Bool { get }

    /// How many there are; waits until that is known.
    ///
    /// - Throws: What reading throws.
    func byteCount() throws -> Int64

    /// Reads bytes at a place, and waits for at least one.
    ///
    /// - Returns: How many; 0 only at the end.
    /// - Throws: `SystemError` where a file can't be read, what a source throws, `CancellationError`.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteInput {
    public var hasRandomAccess: Bool { true }
}

/// The bytes of an input, in order.
final class InputReader: ByteReader {
    private let source: any ByteInput
    private var position: Int64 = 0

    init(_ source: any ByteInput) {
        self.source = source
    }

    var input: (any ByteInput)? { source.hasRandomAccess ? source : nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(at: position, into: buffer)
        position += Int64(count)
        return count
    }
}
