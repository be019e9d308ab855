public import Backups

extension BackupEncoding {
    /// Compressed by Go's `compress/lzw`, as Gardener's backups may be. It is not what the old program `compress`
    /// writes, which has the same ending.
    public static let lzw = BackupEncoding(name: "lzw", nameEnding: ".Z")
}

/// LZW as Go's `compress/lzw` writes it with the lowest bit first and literals of 8 bits: no header, no checksum. Only
/// the name shows it.
public struct LZWCodec: Codec {
    public let encoding = BackupEncoding.lzw
    public let isKnownByName = true

    public init() {}

    public func recognises(_ beginning: [UInt8]) -> Bool { false }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(LZWReader(reader)) }
}

/// Undoes it: each code stands for a byte, or for what an earlier code stands for and one byte more.
///
/// All that a code stands for came before, in one piece: it is copied from there.
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
    /// What of the input was not taken yet.
    private var (inputStart, inputEnd) = (0, 0)
    private var arrivedByteCount: Int64 = 0
    private var isOver = false

    /// Bits that were taken from the input, the next one lowest.
    private var bits: UInt = 0
    private var bitCount = 0

    private var width = minWidth
    /// The highest code that has a meaning, once the next one was read.
    private var highest = end
    /// Whether all codes have a meaning.
    private var isFull = false
    /// Where in the window the code before was copied to; `nil` where none is to be joined with the next one.
    private var last: DecodedText?
    private var texts = [DecodedText](repeating: DecodedText(), count: 1 << maxWidth)
    private var window = DecodedWindow()

    init(_ base: any ByteReader) {
        self.base = base
    }

    deinit { input.deallocate() }

    private(set) var ignoredByteCount: Int64 = 0

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        window.compact(isFull: isFull)
        while window.waitingByteCount < buffer.count, !isOver { try decodeNext() }
        return window.handOver(to: buffer)
    }

    private func decodeNext() throws {
        let code = try nextCode()
        if code == Self.clear {
            (width, highest, isFull, last) = (Self.minWidth, Self.end, false, nil)
            return window.beginHistory()
        }
        if code == Self.end {
            isOver = true
            return try countIgnored()
        }
        let text: DecodedText
        if code < Self.clear {
            text = window.append(UInt8(truncatingIfNeeded: code))
        } else if code < highest || code == highest && isFull {
            text = window.append(texts[code])
        } else if code == highest, let last {
            // The code that is being made: what the one before stands for, and its first byte again.
            text = window.append(last, isRepeatingFirst: true)
        } else {
            throw damage("it has a code without a meaning")
        }
        // The first byte of what came completes the code before, which it stands behind.
        if let last { texts[highest] = DecodedText(start: last.start, count: last.count + 1) }
        last = text
        highest += 1
        guard highest >= 1 &<< width else { return }
        if width < Self.maxWidth {
            width += 1
        } else {
            // No code is left: the writer begins anew.
            last = nil
            highest -= 1
            if !isFull { window.endHistory() }
            isFull = true
        }
    }

    private func nextCode() throws -> Int {
        while bitCount < width {
            if inputStart == inputEnd, try !refill() {
                throw CodecError(.lzw, .truncated(byteCount: arrivedByteCount))
            }
            bits |= UInt(input[inputStart]) &<< UInt(bitCount)
            bitCount += 8
            inputStart += 1
        }
        let code = bits & (1 &<< UInt(width) - 1)
        bits &>>= UInt(width)
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
        (inputStart, inputEnd) = (0, count)
        return count > 0
    }

    private func countIgnored() throws {
        repeat { ignoredByteCount += Int64(inputEnd - inputStart) } while try refill()
    }

    private func damage(_ reason: String) -> CodecError {
        CodecError(.lzw, .damaged(offset: arrivedByteCount - Int64(inputEnd - inputStart), reason: reason))
    }
}
