import Snapshot

/// A leaf as it is written: pairs in the order of their keys (bbolt v1.3.3 `page.go`).
package struct LeafPage {
    package struct Pair: Sendable, Equatable {
        package var key: [UInt8]
        package var value: [UInt8]
        package var isBucket: Bool

        package init(key: [UInt8], value: [UInt8], isBucket: Bool = false) {
            self.key = key
            self.value = value
            self.isBucket = isBucket
        }
    }

    /// More than this its count can't hold.
    package static let maxPairCount = 0xFFFE

    package let pairs: [Pair]

    /// In any order.
    package init(_ pairs: [Pair]) {
        self.pairs = pairs.sorted { $0.key[...].precedes($1.key[...]) }
    }

    /// The length without anything behind the last value.
    package var byteCount: Int {
        pairs.reduce(Page.elementOffset(pairs.count)) { $0 + $1.key.count + $1.value.count }
    }

    /// - Parameters:
    ///   - id: Which page it is; 0 within a value.
    ///   - overflow: How many pages run on from it.
    package func bytes(id: UInt64, overflow: UInt32) -> [UInt8] {
        var elements: [UInt8] = []
        var contents: [UInt8] = []
        for (index, pair) in pairs.enumerated() {
            let position = Page.elementOffset(pairs.count) + contents.count - Page.elementOffset(index)
            elements += UInt32(pair.isBucket ? 1 : 0).littleEndianBytes
            elements += UInt32(position).littleEndianBytes
            elements += UInt32(pair.key.count).littleEndianBytes
            elements += UInt32(pair.value.count).littleEndianBytes
            contents += pair.key + pair.value
        }
        let header = Page.Header(id: id, flags: Page.Kind.leaf.rawValue, count: pairs.count, overflow: UInt64(overflow))
        return header.bytes + elements + contents
    }
}
