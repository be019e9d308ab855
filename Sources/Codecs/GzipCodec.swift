public import Backups
import LibZ

extension BackupEncoding {
    /// Compressed by gzip (RFC 1952).
    public static let gzip = BackupEncoding(name: "gzip", nameEnding: ".gz")
}

/// gzip (RFC 1952): one member or several, each with a CRC-32 and a length, which are checked.
public struct GzipCodec: Codec {
    public let encoding = BackupEncoding.gzip
    /// `ISIZE`, at the end of each member (RFC 1952, section 2.3.1).
    public let lengthFieldByteCount = 4

    public init() {}

    public func makeDecoder() throws(CodecError) -> any StreamDecoder { try GzipDecoder() }
}

/// Decodes as gzip(1) does: behind the last member, zeros are padding, and other bytes are ignored.
private final class GzipDecoder: StreamDecoder {
    private enum State: Equatable {
        /// Within a member, or before the first one.
        case member
        /// Behind a member, where another one may begin.
        case between
        /// Behind a member, after the first of the two bytes that another one begins with.
        case magic
        /// Behind the last member, with nothing but zeros so far.
        case padding
        /// Behind the last member, with bytes that are none of gzip's.
        case trailing
    }

    private static let magic: [UInt8] = [0x1F, 0x8B]

    /// zlib keeps its address, so that it may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    private var state = State.member
    /// How many encoded bytes were taken.
    private var position: Int64 = 0
    /// How many there are behind the last member.
    private var behindByteCount: Int64 = 0

    init() throws(CodecError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: 256 << 10, alignment: 4096)
        guard libz_inflate_init_gzip(stream) == Z_OK else { throw CodecError(.gzip, .outOfMemory) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func decode(_ bytes: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var rest = bytes[...]
        while let next = rest.first {
            switch state {
            case .member:
                let count = try inflate(UnsafeRawBufferPointer(rebasing: rest), into: sink)
                rest = rest.dropFirst(count)
            case .between where next == Self.magic[0]:
                skip(&rest, to: .magic)
            case .magic where next == Self.magic[1]:
                rest = rest.dropFirst()
                try beginMember()
            case .between where next == 0, .padding where next == 0:
                skip(&rest, to: .padding)
            case .between, .magic, .padding, .trailing:
                state = .trailing
                behindByteCount += Int64(rest.count)
                rest = rest[rest.endIndex...]
            }
        }
    }

    private func skip(_ rest: inout Slice<UnsafeRawBufferPointer>, to next: State) {
        rest = rest.dropFirst()
        behindByteCount += 1
        state = next
    }

    /// Begins another member with the two bytes that were taken.
    private func beginMember() throws {
        guard inflateReset(stream) == Z_OK else { throw damage("zlib cannot begin another member") }
        behindByteCount = 0
        state = .member
        _ = try Self.magic.withUnsafeBytes { try inflate($0) { _ in } }
    }

    /// Inflates bytes of a member.
    ///
    /// - Returns: How many were taken: all of them, unless the member ends before.
    private func inflate(
        _ bytes: UnsafeRawBufferPointer,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        let input = bytes.prefix(1 << 30)
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: UnsafeRawBufferPointer(rebasing: input).assumingMemoryBound(to: UInt8.self).baseAddress
        )
        stream.pointee.avail_in = UInt32(input.count)
        let start = position
        while true {
            stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            let code = LibZ.inflate(stream, Z_NO_FLUSH)
            position = start + Int64(input.count) - Int64(stream.pointee.avail_in)
            let count = output.count - Int(stream.pointee.avail_out)
            if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
            switch code {
            case Z_OK where stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0: continue
            // Without progress it wants more bytes.
            case Z_OK, Z_BUF_ERROR: return input.count
            case Z_STREAM_END:
                state = .between
                return input.count - Int(stream.pointee.avail_in)
            case Z_MEM_ERROR: throw CodecError(.gzip, .outOfMemory)
            default: throw error()
            }
        }
    }

    /// What zlib says of the bytes (zlib 1.2.13 `inflate.c`).
    private func error() -> CodecError {
        let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib cannot decode it"
        return switch message {
        case "incorrect header check": CodecError(.gzip, .otherKind)
        case "unknown compression method", "unknown header flags set":
            CodecError(.gzip, .unsupported(reason: message))
        case "header crc mismatch": CodecError(.gzip, .wrongHeaderChecksum)
        case "incorrect data check": CodecError(.gzip, .wrongChecksum)
        case "incorrect length check": CodecError(.gzip, .wrongLength)
        default: damage(message)
        }
    }

    private func damage(_ reason: String) -> CodecError {
        CodecError(.gzip, .damaged(offset: position, reason: reason))
    }

    func finish() throws(CodecError) -> Int64 {
        switch state {
        case .member: throw CodecError(.gzip, .truncated(byteCount: position))
        case .padding: 0
        case .between, .magic, .trailing: behindByteCount
        }
    }
}
