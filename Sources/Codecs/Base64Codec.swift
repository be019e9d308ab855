public import Backups

extension BackupEncoding {
    /// Text in base64 (RFC 4648), also in lines.
    public static let base64 = BackupEncoding(name: "base64", nameEnding: ".b64")
}

/// base64 (RFC 4648, section 4), with or without line ends: it has no checksum.
public struct Base64Codec: Codec {
    public let encoding = BackupEncoding.base64
    public let otherEncodings = [BackupEncoding(name: "base64", nameEnding: ".base64")]

    public init() {}

    /// A snapshot is longer than such a text, and other text has other characters before long.
    private static let minTextByteCount = 64

    public func recognises(_ beginning: [UInt8]) -> Bool {
        let text = beginning.filter { !Base64Reader.isSpace($0) }
        return text.count >= Self.minTextByteCount && text.allSatisfy { Base64Reader.value(of: $0) != nil }
            && beginning.first.map(Base64Reader.isSpace) == false
    }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(Base64Reader(reader)) }
}

private final class Base64Reader: ByteReader {
    private static let padding = UInt8(ascii: "=")

    private let base: any ByteReader
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var rest = 0..<0
    private var arrivedByteCount: Int64 = 0
    /// The bits of the last characters, not yet handed over, and how many.
    private var bits: UInt32 = 0
    private var bitCount = 0
    /// How many characters of the alphabet came, and of padding behind them.
    private var (characterCount, paddingCount) = (Int64(0), 0)

    init(_ base: any ByteReader) {
        self.base = base
    }

    deinit { input.deallocate() }

    static func isSpace(_ character: UInt8) -> Bool { character == 0x20 || (0x09...0x0D).contains(character) }

    static func value(of character: UInt8) -> UInt32? { values[Int(character)] }

    private static let values: [UInt32?] = {
        var values = [UInt32?](repeating: nil, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt32(value) }
        return values
    }()

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = 0
        while count < buffer.count {
            guard let index = rest.first else {
                if count > 0 { break }
                let read = try base.read(into: input)
                arrivedByteCount += Int64(read)
                rest = 0..<read
                if read == 0 {
                    try checkEnd()
                    break
                }
                continue
            }
            let character = input[index]
            if let value = Self.value(of: character), paddingCount == 0 {
                bits = bits << 6 | value
                bitCount += 6
                characterCount += 1
                if bitCount >= 8 {
                    bitCount -= 8
                    buffer[count] = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
                    count += 1
                }
            } else if character == Self.padding {
                paddingCount += 1
            } else if !Self.isSpace(character) {
                throw CodecError(.base64, characterCount == 0 ? .otherKind : damage("it has other characters"))
            }
            rest = rest.dropFirst()
        }
        return count
    }

    private func checkEnd() throws(CodecError) {
        let isWhole = (characterCount + Int64(paddingCount)) % 4 == 0 && paddingCount <= 2
        guard isWhole else { throw CodecError(.base64, .truncated(byteCount: arrivedByteCount)) }
    }

    private func damage(_ reason: String) -> CodecError.Problem {
        .damaged(offset: arrivedByteCount - Int64(rest.count), reason: reason)
    }
}
