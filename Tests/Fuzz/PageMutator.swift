import Crypto

/// Changes a snapshot where its pages lead: elements, pointers, counts; then makes all checksums right again.
///
/// A fuzzer that knows bytes only gets stuck at the checksums, and never makes two elements share their bytes.
struct PageMutator {
    private static let pageByteCount = 4096
    private static let trailerByteCount = 32
    private static let metaOffsets = [16, pageByteCount + 16]

    private(set) var bytes: [UInt8]
    private var random: Random

    init(_ bytes: [UInt8], seed: UInt32) {
        self.bytes = bytes
        random = Random(state: UInt64(seed))
    }

    /// What it makes of the input.
    ///
    /// - Parameter maxByteCount: How long it may become.
    static func mutated(_ bytes: [UInt8], seed: UInt32, maxByteCount: Int) -> [UInt8] {
        var mutator = PageMutator(bytes, seed: seed)
        guard mutator.pageCount > 2 else { return mended(bytes) }
        for _ in 0...mutator.random.below(4) { mutator.mutateOnce(maxByteCount: maxByteCount) }
        return mended(mutator.bytes)
    }

    /// With right checksums in both meta pages, and the right SHA-256 where one stands at the end.
    static func mended(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        for start in metaOffsets where bytes.count >= start + 64 {
            let checksum = bytes[start..<start + 56].reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(start + 56..<start + 64, with: $0) }
        }
        guard bytes.count % 512 == trailerByteCount else { return bytes }
        let image = bytes.dropLast(trailerByteCount)
        return image + Array(SHA256.hash(data: Array(image)))
    }

    // MARK: - Changes

    private var pageCount: Int { bytes.count / Self.pageByteCount }

    private mutating func mutateOnce(maxByteCount: Int) {
        let page = 2 + random.below(pageCount - 2)
        let start = page * Self.pageByteCount
        let count = min(Int(number(UInt16.self, at: start + 10)), 255)
        let element = start + 16 + 16 * random.below(max(1, count))
        let isBranch = number(UInt16.self, at: start + 8) == 1
        switch random.below(13) {
        case 0: set(oddNumber(), at: element + 4 * random.below(4))
        case 1:
            set(
                number(UInt32.self, at: element + 4) &+ UInt32(bitPattern: Int32(random.below(65) - 32)),
                at: element + 4
            )
        case 2: set(UInt32(random.below(bytes.count)), at: element + 4 * (1 + random.below(3)))
        case 3: set(UInt64(random.below(pageCount + 1)), at: isBranch ? element + 8 : valueOffset(element))
        case 4: copy(16, from: start + 16 + 16 * random.below(max(1, count)), to: element)
        case 5: copyPage(to: page)
        case 6: set(UInt32(random.below(pageCount + 1)), at: start + 12)
        case 7: set(UInt16(truncatingIfNeeded: oddNumber()), at: start + 8 + 2 * random.below(2))
        case 8: appendPages(maxByteCount)
        case 9, 10: movePageToEnd(page, maxByteCount)
        case 11: stretchValues(of: page, count)
        default: mutateMetas()
        }
    }

    /// Where the value of an element of a leaf begins, as the element says: the root of a bucket stands there.
    private func valueOffset(_ element: Int) -> Int {
        element + Int(number(UInt32.self, at: element + 4)) + Int(number(UInt32.self, at: element + 8))
    }

    private mutating func copyPage(to page: Int) {
        copy(Self.pageByteCount, from: random.below(pageCount) * Self.pageByteCount, to: page * Self.pageByteCount)
        set(UInt64(page), at: page * Self.pageByteCount)
    }

    /// Makes the image longer, by pages that run on from one that is there.
    private mutating func appendPages(_ maxByteCount: Int) {
        let room = (maxByteCount - bytes.count) / Self.pageByteCount
        guard room > 0, bytes.count >= Self.trailerByteCount else { return }
        let count = 1 + random.below(min(room, 8))
        let source = random.below(pageCount) * Self.pageByteCount
        var page = Array(bytes[source..<source + Self.pageByteCount])
        let place = bytes.count / Self.pageByteCount
        withUnsafeBytes(of: UInt64(place).littleEndian) { page.replaceSubrange(0..<8, with: $0) }
        let new = [[UInt8]](repeating: page, count: count).joined()
        bytes.insert(contentsOf: new, at: place * Self.pageByteCount)
        for meta in Self.metaOffsets { set(UInt64(pageCount), at: meta + 40) }
    }

    /// Moves a page behind all others, where many run on from it; whatever led to it leads there.
    private mutating func movePageToEnd(_ page: Int, _ maxByteCount: Int) {
        let room = (maxByteCount - bytes.count) / Self.pageByteCount
        guard room > 0, bytes.count >= Self.trailerByteCount else { return }
        let count = 1 + random.below(room)
        let new = bytes.count / Self.pageByteCount
        let start = page * Self.pageByteCount
        let moved =
            bytes[start..<start + Self.pageByteCount]
            + [UInt8](repeating: 0, count: (count - 1) * Self.pageByteCount)
        bytes.insert(contentsOf: moved, at: new * Self.pageByteCount)
        set(UInt64(new), at: new * Self.pageByteCount)
        set(UInt32(count - 1), at: new * Self.pageByteCount + 12)
        for meta in Self.metaOffsets {
            set(UInt64(pageCount), at: meta + 40)
            if number(UInt64.self, at: meta + 16) == UInt64(page) { set(UInt64(new), at: meta + 16) }
        }
        for pointer in pointers where number(UInt64.self, at: pointer) == UInt64(page) { set(UInt64(new), at: pointer) }
    }

    /// Where the number of another page stands: in the elements of branches, and in the values of buckets.
    private var pointers: [Int] {
        (2..<max(2, pageCount)).flatMap { page in
            let start = page * Self.pageByteCount
            let flags = number(UInt16.self, at: start + 8)
            return (0..<min(Int(number(UInt16.self, at: start + 10)), 255)).compactMap { index -> Int? in
                let element = start + 16 + 16 * index
                if flags == 1 { return element + 8 }
                return flags == 2 && number(UInt32.self, at: element) == 1 ? valueOffset(element) : nil
            }
        }
    }

    /// Has the values of a leaf run to its end, each over those behind it, and the keys in their records, too.
    private mutating func stretchValues(of page: Int, _ count: Int) {
        let start = page * Self.pageByteCount
        let end = min(bytes.count, start + Self.pageByteCount * (1 + Int(number(UInt32.self, at: start + 12))))
        for index in 0..<count {
            let element = start + 16 + 16 * index
            let value = valueOffset(element)
            guard end - value > 5, end - value < 1 << 27 else { continue }
            set(UInt32(end - value), at: element + 12)
            // Field 1 of a record, with a length of four bytes.
            set(UInt8(0x0A), at: value)
            for digit in 0..<4 {
                set(UInt8((end - value - 5) >> (7 * digit) & 0x7F) | (digit < 3 ? 0x80 : 0), at: value + 1 + digit)
            }
        }
    }

    private mutating func mutateMetas() {
        // Root, list of free pages, number of pages, transaction.
        let field = [16, 32, 40, 48][random.below(4)]
        let value = random.below(8) == 0 ? UInt64(oddNumber()) : UInt64(random.below(pageCount + 2))
        let metas = random.below(2) == 0 ? Self.metaOffsets : [Self.metaOffsets[random.below(2)]]
        for meta in metas { set(value, at: meta + field) }
    }

    /// Numbers at which readers fail.
    private mutating func oddNumber() -> UInt32 {
        [0, 1, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, .max, UInt32(random.below(4096)), UInt32(bytes.count)][random.below(8)]
    }

    // MARK: - Bytes; what lies outside of the file is left alone

    private func number<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
        let byteCount = Number.bitWidth / 8
        guard offset >= 0, offset + byteCount <= bytes.count else { return 0 }
        return bytes[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | Number($1) }
    }

    private mutating func set(_ number: some FixedWidthInteger, at offset: Int) {
        withUnsafeBytes(of: number.littleEndian) { field in
            guard offset >= 0, offset + field.count <= bytes.count else { return }
            bytes.replaceSubrange(offset..<offset + field.count, with: field)
        }
    }

    private mutating func copy(_ byteCount: Int, from source: Int, to target: Int) {
        guard source + byteCount <= bytes.count, target + byteCount <= bytes.count else { return }
        bytes.replaceSubrange(target..<target + byteCount, with: Array(bytes[source..<source + byteCount]))
    }
}

/// SplitMix64: the same numbers from the same seed.
private struct Random {
    var state: UInt64

    /// A number from 0 on, below another one.
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        word ^= word >> 31
        return limit > 0 ? Int(word % UInt64(limit)) : 0
    }
}
