/// What a decoder has decoded: bytes that wait to be handed over, and before them those that may be copied again.
///
/// Of LZW's codes each stands for at most one byte more than one before it: there are never more than 8 MiB to copy
/// from.
struct DecodedWindow: ~Copyable {
    private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// How many of them are decoded, and how many of these were handed over.
    private var (end, handedOver) = (0, 0)
    /// Where the bytes begin that may be copied again.
    private var historyStart = 0
    /// Where they end, once no more are added.
    private var historyEnd = 0

    deinit { bytes.deallocate() }

    /// How many bytes wait to be handed over.
    var waitingByteCount: Int { end - handedOver }

    // MARK: - Decoding

    /// What came before is not copied any more.
    mutating func beginHistory() { historyStart = end }

    /// What comes is not copied any more.
    mutating func endHistory() { historyEnd = end }

    mutating func append(_ byte: UInt8) -> DecodedText {
        reserve(1)
        bytes[end] = byte
        end += 1
        return DecodedText(start: end - 1 - historyStart, count: 1)
    }

    /// Copies a text, and its first byte behind it where that is wanted.
    mutating func append(_ text: DecodedText, isRepeatingFirst: Bool = false) -> DecodedText {
        let count = text.count + (isRepeatingFirst ? 1 : 0)
        reserve(count)
        let start = historyStart + text.start
        UnsafeMutableRawBufferPointer(rebasing: bytes[end..<end + text.count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + text.count]))
        if isRepeatingFirst { bytes[end + text.count] = bytes[start] }
        defer { end += count }
        return DecodedText(start: end - historyStart, count: count)
    }

    private mutating func reserve(_ count: Int) {
        guard count > bytes.count - end else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * (end + count), alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        bytes.deallocate()
        bytes = larger
    }

    // MARK: - Handing over

    /// - Returns: How many bytes were waiting, as far as the buffer has room.
    mutating func handOver(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(waitingByteCount, buffer.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[handedOver..<handedOver + count]))
        handedOver += count
        return count
    }

    /// Drops what was handed over and is not copied any more.
    ///
    /// - Parameter isFull: Whether the history has ended.
    mutating func compact(isFull: Bool) {
        let unused = min(handedOver, historyStart)
        if unused > 0 {
            remove(0..<unused)
            historyStart -= unused
            historyEnd -= unused
        }
        if isFull, handedOver > historyEnd { remove(historyEnd..<handedOver) }
    }

    private mutating func remove(_ range: Range<Int>) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[range.lowerBound..<end - range.count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range.upperBound..<end]))
        end -= range.count
        handedOver -= range.count
    }
}

/// A text in the history of a window.
struct DecodedText {
    /// From the beginning of the history.
    var start = 0
    var count = 0
}
