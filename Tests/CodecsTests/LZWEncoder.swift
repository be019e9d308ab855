/// LZW as Go's `compress/lzw` describes it (lowest bit first, literals of 8 bits), written anew for tests: the longest known
/// string at each place, found by a dictionary, and a clear code when all codes are used.
enum LZWEncoder {
    private static let (clear, end, maxCode) = (256, 257, 4095)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var writer = BitWriter()
        var codes: [[UInt8]: Int] = [:]
        var highest = end
        var width = 9

        /// Writes a code, and counts the one that a reader makes of it and of the one before.
        func write(_ code: Int) -> Bool {
            writer.write(code, width)
            highest += 1
            if highest == 1 << width { width += 1 }
            guard highest == maxCode else { return true }
            writer.write(clear, min(width, 12))
            (highest, width, codes) = (end, 9, [:])
            return false
        }

        writer.write(clear, width)
        var word: [UInt8] = []
        for byte in bytes {
            let longer = word + [byte]
            if word.isEmpty || codes[longer] != nil {
                word = longer
                continue
            }
            if write(word.count == 1 ? Int(word[0]) : codes[word] ?? end) { codes[longer] = highest }
            word = [byte]
        }
        if !word.isEmpty { _ = write(word.count == 1 ? Int(word[0]) : codes[word] ?? end) }
        writer.write(end, width)
        return writer.finished
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var bits: UInt32 = 0
        private var count = 0

        mutating func write(_ code: Int, _ width: Int) {
            bits |= UInt32(code) << UInt32(count)
            count += width
            while count >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits >>= 8
                count -= 8
            }
        }

        var finished: [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: bits)] : bytes }
    }
}
