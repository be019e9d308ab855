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
        return text.count >= Self.minTextByteCount && text.allSatisfy(Base64Reader.isInAlphabet)
            && beginning.first.map(Base64Reader.isSpace) == false
    }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(Base64Reader(reader)) }
}

private final class Base64Reader: ByteReader {
    private static let padding = UInt8(ascii: "=")

    private let base: any ByteReader
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// What of the input was not taken yet.
    private var (inputStart, inputEnd) = (0, 0)
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

    static func isInAlphabet(_ character: UInt8) -> Bool { values[Int(character)] != none }

    /// Of what is not in the alphabet.
    private static let none: UInt8 = 0xFF
    /// The six bits of each character.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: none, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, character) in zip(UInt8(0)..., alphabet.utf8) { values[Int(character)] = value }
        return values
    }()

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = 0
        while count < buffer.count {
            if inputStart == inputEnd {
                if count > 0 { break }
                guard try refill() else {
                    try checkEnd()
                    break
                }
            }
            count += decodeGroups(into: buffer, at: count)
            if inputStart < inputEnd, count < buffer.count, let byte = try decodeNext() {
                buffer[count] = byte
                count += 1
            }
        }
        return count
    }

    private func refill() throws -> Bool {
        let count = try base.read(into: input)
        arrivedByteCount += Int64(count)
        (inputStart, inputEnd) = (0, count)
        return count > 0
    }

    /// Decodes characters four at a time, up to what is none of the alphabet's.
    ///
    /// - Returns: How many bytes these are.
    private func decodeGroups(into buffer: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
        guard bitCount == 0, paddingCount == 0 else { return 0 }
        let groupCount = min((inputEnd - inputStart) / 4, (buffer.count - start) / 3)
        let done = Self.values.withUnsafeBufferPointer { values in
            var (from, to) = (inputStart, start)
            for group in 0..<groupCount {
                let first = values[Int(input[from])]
                let second = values[Int(input[from &+ 1])]
                let third = values[Int(input[from &+ 2])]
                let fourth = values[Int(input[from &+ 3])]
                if first | second | third | fourth == Self.none { return group }
                buffer[to] = first &<< 2 | second &>> 4
                buffer[to &+ 1] = second &<< 4 | third &>> 2
                buffer[to &+ 2] = third &<< 6 | fourth
                from &+= 4
                to &+= 3
            }
            return groupCount
        }
        inputStart += 4 * done
        characterCount += Int64(4 * done)
        return 3 * done
    }

    /// Decodes one character.
    ///
    /// - Returns: The byte that it completes.
    private func decodeNext() throws -> UInt8? {
        let character = input[inputStart]
        if Self.isInAlphabet(character), paddingCount == 0 {
            inputStart += 1
            characterCount += 1
            bits = bits << 6 | UInt32(Self.values[Int(character)])
            bitCount += 6
            guard bitCount >= 8 else { return nil }
            bitCount -= 8
            return UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
        }
        if character == Self.padding {
            paddingCount += 1
        } else if !Self.isSpace(character) {
            throw CodecError(.base64, characterCount == 0 ? .otherKind : damage("it has other characters"))
        }
        inputStart += 1
        return nil
    }

    private func checkEnd() throws(CodecError) {
        let isWhole = (characterCount + Int64(paddingCount)) % 4 == 0 && paddingCount <= 2
        guard isWhole else { throw CodecError(.base64, .truncated(byteCount: arrivedByteCount)) }
    }

    private func damage(_ reason: String) -> CodecError.Problem {
        .damaged(offset: arrivedByteCount - Int64(inputEnd - inputStart), reason: reason)
    }
}
