import Backups
import LibZ

/// Undoes what Deflate has compressed, in the wrapping of gzip or of zlib.
///
/// It does as gzip(1): behind the last member of gzip's, zeros are padding, and other bytes are ignored.
final class InflateReader: ByteReader {
    enum Format {
        /// One member or several.
        case gzip
        /// One stream.
        case zlib
    }

    private enum State: Equatable {
        /// Within a member, or before the first one.
        case member
        /// Behind a member, where another one may begin.
        case between
        /// Behind a member, after the first of the two bytes that another one begins with.
        case magic
        /// Behind the last member, with nothing but zeros so far.
        case padding
        /// Behind the last member, with bytes that are none of its.
        case trailing
    }

    static let gzipMagic: [UInt8] = [0x1F, 0x8B]

    private let base: any ByteReader
    private let encoding: BackupEncoding
    /// zlib keeps its address, so that it may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    /// What of the input was not taken yet.
    private var rest = 0..<0
    private var state = State.member
    /// How many encoded bytes came.
    private var arrivedByteCount: Int64 = 0
    /// How many there are behind the last member.
    private var behindByteCount: Int64 = 0

    /// - Throws: `CodecError`.
    init(_ base: any ByteReader, _ format: Format) throws(CodecError) {
        self.base = base
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code: Int32
        switch format {
        case .gzip: (encoding, code) = (.gzip, libz_inflate_init_gzip(stream))
        case .zlib: (encoding, code) = (.zlib, libz_inflate_init_zlib(stream))
        }
        guard code == Z_OK else { throw CodecError(encoding, .outOfMemory) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    var ignoredByteCount: Int64 { state == .padding ? 0 : behindByteCount }

    /// How many encoded bytes were taken.
    private var position: Int64 { arrivedByteCount - Int64(rest.count) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if state == .member {
                let count = try inflate(into: buffer)
                if count > 0 { return count }
            } else {
                try skipBehindMember()
            }
            guard rest.isEmpty, try !refill() else { continue }
            if state == .member { throw CodecError(encoding, .truncated(byteCount: position)) }
            return 0
        }
    }

    /// - Returns: Whether there are more bytes.
    private func refill() throws -> Bool {
        let count = try base.read(into: input)
        arrivedByteCount += Int64(count)
        rest = 0..<count
        return count > 0
    }

    /// Takes the bytes behind a member, up to where another one begins.
    private func skipBehindMember() throws(CodecError) {
        while let index = rest.first {
            switch (state, input[index]) {
            case (.between, Self.gzipMagic[0]) where encoding == .gzip: skip(to: .magic)
            case (.magic, Self.gzipMagic[1]):
                rest = rest.dropFirst()
                return try beginMember()
            case (.between, 0), (.padding, 0): skip(to: .padding)
            default:
                state = .trailing
                behindByteCount += Int64(rest.count)
                rest = 0..<0
            }
        }
    }

    private func skip(to next: State) {
        rest = rest.dropFirst()
        behindByteCount += 1
        state = next
    }

    /// Begins another member with the two bytes that were taken.
    private func beginMember() throws(CodecError) {
        guard inflateReset(stream) == Z_OK else { throw damage("zlib cannot begin another member") }
        behindByteCount = 0
        state = .member
        var magic = Self.gzipMagic
        let code = magic.withUnsafeMutableBufferPointer { magic in
            stream.pointee.next_in = magic.baseAddress
            stream.pointee.avail_in = UInt32(magic.count)
            // A header has no output: one byte of room is only what zlib asks for.
            var none: UInt8 = 0
            return withUnsafeMutablePointer(to: &none) { none in
                stream.pointee.next_out = none
                stream.pointee.avail_out = 1
                return LibZ.inflate(stream, Z_NO_FLUSH)
            }
        }
        guard code == Z_OK else { throw error() }
    }

    /// Inflates bytes of a member.
    ///
    /// - Returns: How many bytes they give: none where it wants more, or the member ends.
    private func inflate(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress.map { $0 + rest.lowerBound }
        stream.pointee.avail_in = UInt32(rest.count)
        stream.pointee.next_out = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: buffer.count)
        let room = stream.pointee.avail_out
        let code = LibZ.inflate(stream, Z_NO_FLUSH)
        rest = rest.suffix(Int(stream.pointee.avail_in))
        let count = Int(room - stream.pointee.avail_out)
        switch code {
        // Without progress it wants more bytes.
        case Z_OK, Z_BUF_ERROR: return count
        case Z_STREAM_END:
            state = .between
            return count
        case Z_MEM_ERROR: throw CodecError(encoding, .outOfMemory)
        case Z_NEED_DICT: throw CodecError(encoding, .unsupported(reason: "it needs a dictionary"))
        default: throw error()
        }
    }

    /// What zlib says of the bytes (zlib 1.2.13 `inflate.c`).
    private func error() -> CodecError {
        let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib cannot decode it"
        return switch message {
        case "incorrect header check": CodecError(encoding, .otherKind)
        case "unknown compression method", "unknown header flags set", "invalid window size":
            CodecError(encoding, .unsupported(reason: message))
        case "header crc mismatch": CodecError(encoding, .wrongHeaderChecksum)
        case "incorrect data check": CodecError(encoding, .wrongChecksum)
        case "incorrect length check": CodecError(encoding, .wrongLength)
        default: damage(message)
        }
    }

    private func damage(_ reason: String) -> CodecError {
        CodecError(encoding, .damaged(offset: position, reason: reason))
    }
}
