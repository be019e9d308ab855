/// The key under which a change of a key is kept: when it was made, and whether it was a deletion.
///
/// 17 bytes: main u64, `_`, sub u64, the highest byte first; an 18th byte `t` marks a deletion, a tombstone
/// (etcd v3.4.23 `mvcc/revision.go` and `mvcc/kvstore.go`).
package struct RevisionKey: Sendable, Hashable {
    /// The cluster's revision.
    package var main: Int64
    /// Which of the changes of one transaction, from 0 on.
    package var sub: Int64
    package var isTombstone: Bool

    package static let byteCount = 17

    package init(main: Int64, sub: Int64 = 0, isTombstone: Bool = false) {
        self.main = main
        self.sub = sub
        self.isTombstone = isTombstone
    }

    /// `nil` where the bytes are no revision.
    package init?(_ bytes: ArraySlice<UInt8>) {
        let start = bytes.startIndex
        guard (Self.byteCount...Self.byteCount + 1).contains(bytes.count), bytes[start + 8] == UInt8(ascii: "_"),
            let main = Int64(exactly: bytes[start..<start + 8].bigEndianInteger),
            let sub = Int64(exactly: bytes[start + 9..<start + 17].bigEndianInteger)
        else { return nil }
        isTombstone = bytes.count > Self.byteCount
        guard !isTombstone || bytes[start + 17] == UInt8(ascii: "t") else { return nil }
        self.main = main
        self.sub = sub
    }

    package var bytes: [UInt8] {
        main.bigEndianBytes + [UInt8(ascii: "_")] + sub.bigEndianBytes + (isTombstone ? [UInt8(ascii: "t")] : [])
    }
}

extension RevisionKey: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.main, left.sub) < (right.main, right.sub)
    }
}
