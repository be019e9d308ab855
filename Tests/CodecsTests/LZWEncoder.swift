/// LZW as Go's `compress/lzw` describes it (lowest bit first, literals of 8 bits), written anew for tests: the longest
/// known string at each place, found by a dictionary, and a clear code when all codes are used.
enum LZWEncoder {
    private static let (clear, end, maxCode) = (256, 257, 4095)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var writer = BitWriter()
        // The code of what another code stands for and a byte more; 0 where there is none.
        let none = [UInt16](repeating: 0, count: (maxCode + 1) << 8)
        var codes = none
        var highest = end
        var width = 9

        /// Writes a code, and counts the one that a reader makes of it and of the one before.
        func write(_ code: Int) -> Bool {
            writer.write(code, width)
            highest += 1
            if highest == 1 << width { width += 1 }
            guard highest == maxCode else { return true }
            writer.write(clear, min(width, 12))
            (highest, width, codes) = (end, 9, none)
            return false
        }

        writer.write(clear, width)
        var word: Int?
        for byte in bytes {
            guard let code = word else {
                word = Int(byte)
                continue
            }
            let place = code << 8 | Int(byte)
            if codes[place] != 0 {
                word = Int(codes[place])
                continue
            }
            if write(code) { codes[place] = UInt16(highest) }
            word = Int(byte)
        }
        if let word { _ = write(word) }
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
