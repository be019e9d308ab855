/// Reads the fields of a protobuf message; the lengths in it are checked against the bytes that are there.
struct ProtobufReader {
    private let bytes: PageBytes
    private var position: Int
    private let end: Int

    /// - Parameter range: Where in `bytes` the message stands.
    init(_ bytes: PageBytes, in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.init(PageBytes(bytes), in: range)
    }

    enum Value {
        case integer(UInt64)
        /// Where in the bytes they stand.
        case bytes(Range<Int>)
        /// Of a kind that etcd's messages don't have: 4 or 8 bytes.
        case fixed
    }

    /// The next field; `nil` at the end.
    ///
    /// - Throws: `Malformed`.
    mutating func next() throws(Malformed) -> (number: UInt64, value: Value)? {
        guard position < end else { return nil }
        let tag = try integer()
        let number = tag >> 3
        guard number > 0 else { throw Malformed() }
        switch tag & 7 {
        case 0: return (number, .integer(try integer()))
        case 1: return (number, try fixed(8))
        case 2:
            let byteCount = try integer()
            guard byteCount <= UInt64(end - position) else { throw Malformed() }
            defer { position += Int(byteCount) }
            return (number, .bytes(position..<position + Int(byteCount)))
        case 5: return (number, try fixed(4))
        default: throw Malformed()
        }
    }

    private mutating func fixed(_ byteCount: Int) throws(Malformed) -> Value {
        guard byteCount <= end - position else { throw Malformed() }
        position += byteCount
        return .fixed
    }

    /// A varint: seven bits a byte, the lowest first; ten bytes at most.
    private mutating func integer() throws(Malformed) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard position < end else { throw Malformed() }
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { throw Malformed() }
            number |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return number }
        }
        throw Malformed()
    }

    /// The bytes are no protobuf message.
    struct Malformed: Error {}
}
