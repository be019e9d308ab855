public import Backups

extension BackupEncoding {
    /// Compressed by Go's `compress/lzw`, as Gardener's backups may be. It is not what the old program `compress` writes,
    /// which has the same ending.
    public static let lzw = BackupEncoding(name: "lzw", nameEnding: ".Z")
}

/// LZW as Go's `compress/lzw` writes it with the lowest bit first and literals of 8 bits: no header, no checksum. Only the
/// name shows it.
public struct LZWCodec: Codec {
    public let encoding = BackupEncoding.lzw
    public let isKnownByName = true

    public init() {}

    public func recognises(_ beginning: [UInt8]) -> Bool { false }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(LZWReader(reader)) }
}

/// Undoes it: each code stands for a byte, or for what an earlier code stands for and one byte more.
private final class LZWReader: ByteReader {
    /// Forgets all codes but those of single bytes.
    private static let clear = 256
    private static let end = 257
    /// Go's reader and writer (`compress/lzw`) both begin with codes of 9 bits, and have none above 12.
    private static let (minWidth, maxWidth) = (9, 12)

    /// What the old program writes first. Here it would be a code that has no meaning yet.
    private static let compressMagic: [UInt8] = [0x1F, 0x9D]

    private let base: any ByteReader
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var rest = 0..<0
    private var arrivedByteCount: Int64 = 0
    private var isOver = false

    /// Bits that were taken from the input, the next one lowest.
    private var bits: UInt32 = 0
    private var bitCount = 0

    private var width = minWidth
    /// The highest code that has a meaning, once the next one was read.
    private var highest = end
    /// The code before; `nil` where none is to be joined with the next one.
    private var last: Int?
    /// What a code above 257 stands for: what `prefix` does, and then the byte `suffix`.
    private var prefix = [UInt16](repeating: 0, count: 1 << maxWidth)
    private var suffix = [UInt8](repeating: 0, count: 1 << maxWidth)

    /// What the last code stands for, in reverse.
    private var pending: [UInt8] = []

    init(_ base: any ByteReader) {
        self.base = base
    }

    deinit { input.deallocate() }

    private(set) var ignoredByteCount: Int64 = 0

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = 0
        while count < buffer.count {
            if let byte = pending.popLast() {
                buffer[count] = byte
                count += 1
            } else if isOver {
                break
            } else {
                try decodeNext()
            }
        }
        return count
    }

    private func decodeNext() throws {
        let code = try nextCode()
        switch code {
        case Self.clear:
            (width, highest, last) = (Self.minWidth, Self.end, nil)
            return
        case Self.end:
            isOver = true
            return try countIgnored()
        case ..<Self.clear: pending.append(UInt8(code))
        case ...highest: try expand(code)
        default: throw damage("it has a code without a meaning")
        }
        // The first byte of what comes completes the code before.
        if let last, let first = pending.last {
            prefix[highest] = UInt16(last)
            suffix[highest] = first
        }
        last = code
        highest += 1
        guard highest >= 1 << width else { return }
        if width < Self.maxWidth {
            width += 1
        } else {
            // No code is left: the writer begins anew.
            last = nil
            highest -= 1
        }
    }

    private func expand(_ code: Int) throws(CodecError) {
        var rest = code
        if code == highest, let last {
            // The code that is being made: what the one before stands for, and its first byte again.
            var first = last
            while first > Self.end { first = Int(prefix[first]) }
            pending.append(UInt8(truncatingIfNeeded: first))
            rest = last
        } else if code == highest, highest + 1 < 1 << Self.maxWidth {
            throw damage("it has a code without a meaning")
        }
        while rest > Self.end {
            pending.append(suffix[rest])
            rest = Int(prefix[rest])
        }
        pending.append(UInt8(truncatingIfNeeded: rest))
    }

    private func nextCode() throws -> Int {
        while bitCount < width {
            if rest.isEmpty, try !refill() {
                throw CodecError(.lzw, .truncated(byteCount: arrivedByteCount))
            }
            bits |= UInt32(input[rest.lowerBound]) << UInt32(bitCount)
            bitCount += 8
            rest = rest.dropFirst()
        }
        let code = bits & (1 << UInt32(width) - 1)
        bits >>= UInt32(width)
        bitCount -= width
        return Int(code)
    }

    /// - Returns: Whether there are more bytes.
    private func refill() throws -> Bool {
        let isFirst = arrivedByteCount == 0
        let count = try base.read(into: input)
        if isFirst, input[..<count].starts(with: Self.compressMagic) {
            throw CodecError(.lzw, .unsupported(reason: "the program compress wrote it, in another format"))
        }
        arrivedByteCount += Int64(count)
        rest = 0..<count
        return count > 0
    }

    private func countIgnored() throws {
        repeat { ignoredByteCount += Int64(rest.count) } while try refill()
    }

    private func damage(_ reason: String) -> CodecError {
        CodecError(.lzw, .damaged(offset: arrivedByteCount - Int64(rest.count), reason: reason))
    }
}
