import TestSupport

/// A snapshot that a test damages: where the parts of it are that lead a reader.
package struct SnapshotEditor: Sendable {
    package private(set) var bytes: [UInt8]
    /// Where the page of all buckets begins.
    package let rootOffset: Int
    /// Where the branch of the bucket `key` begins, and the first leaf below it.
    package let keyBranch: Int
    package let keyLeaf: Int

    package init(_ fixture: String) throws {
        bytes = try Fixture.snapshot(fixture)
        rootOffset = Int(Self.number(UInt64.self, bytes, at: 16 + 16)) * 4096
        let rootCount = Int(Self.number(UInt16.self, bytes, at: rootOffset + 10))
        var branch = 0
        for index in 0..<rootCount {
            let element = rootOffset + 16 + index * 16
            let key = element + Int(Self.number(UInt32.self, bytes, at: element + 4))
            let keyByteCount = Int(Self.number(UInt32.self, bytes, at: element + 8))
            if bytes[key..<key + keyByteCount].elementsEqual("key".utf8) {
                branch = Int(Self.number(UInt64.self, bytes, at: key + keyByteCount)) * 4096
            }
        }
        keyBranch = branch
        keyLeaf = Int(Self.number(UInt64.self, bytes, at: branch + 16 + 8)) * 4096
    }

    /// The page of all buckets.
    package var root: UInt64 { UInt64(rootOffset / 4096) }

    /// Where the first key of the first leaf stands.
    package var firstKey: Int { keyLeaf + 16 + Int(number(UInt32.self, at: keyLeaf + 16 + 4)) }

    package func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
        Self.number(type, bytes, at: offset)
    }

    package mutating func set(_ number: some FixedWidthInteger, at offset: Int) {
        withUnsafeBytes(of: number.littleEndian) { bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
    }

    /// Sets a field of both metas, with right checksums.
    package mutating func setMetas(_ number: some FixedWidthInteger, at offset: Int) {
        for meta in [16, 4096 + 16] { set(number, at: meta + offset) }
        mendMetas()
    }

    /// Gives both metas the checksums of what they are.
    package mutating func mendMetas() {
        for meta in [16, 4096 + 16] {
            let checksum = bytes[meta..<meta + 56].reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            set(checksum, at: meta + 56)
        }
    }

    /// Changes one to eight bytes anywhere before the SHA-256, most often at the beginning of a page, where a change
    /// matters most; both metas keep right checksums.
    package mutating func changeAtRandom(using random: inout some RandomNumberGenerator) {
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let page = Int.random(in: 0..<bytes.count / 4096, using: &random) * 4096
            let offset = page + Int.random(in: 0..<(Bool.random(using: &random) ? 64 : 4096), using: &random)
            set(UInt8.random(in: 0...255, using: &random), at: min(offset, bytes.count - 33))
        }
        mendMetas()
    }

    private static func number<Number: FixedWidthInteger>(
        _: Number.Type,
        _ bytes: [UInt8],
        at offset: Int
    ) -> Number {
        bytes[offset..<offset + Number.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Number($1) }
    }
}
