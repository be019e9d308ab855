/// Computes the hash of all keys (`KeyHash`) while their records pass by once, in order.
///
/// Which records count up to the compaction shows only in the end: of those the checksums are kept, and joined then.
struct KeyHasher {
    /// A record up to the compaction.
    private struct Held {
        var checksum: CRC32C
        var byteCount: UInt32
        var isTombstone: Bool
        var isOfCompaction: Bool
        /// Whether a later record is of the same key: up to the compaction, or anywhere.
        var hasLaterHeld = false
        var hasLater = false
    }

    private let compacted: CompactedRevisions
    private var held: [Held] = []
    /// For each key the place of its last record among those held, counted from 1; 0 where there is none.
    private var lastHeld: [UInt32] = []
    private var later = CRC32C()
    private var laterByteCount = 0
    private var last: Int64 = 0

    init(compacted: CompactedRevisions) {
        self.compacted = compacted
    }

    /// - Parameter key: A number for each key, from 0 on.
    mutating func take(_ element: Page.LeafElement, of page: Page, _ revision: RevisionKey, key: Int) {
        last = revision.main
        let isHeld = revision.main <= compacted.latest
        if compacted.latest > 0 { noteLater(key, isHeld: isHeld) }
        guard isHeld else {
            later.update(page.bytes[element.key])
            later.update(page.bytes[element.value])
            laterByteCount += element.key.count + element.value.count
            return
        }
        var checksum = CRC32C()
        checksum.update(page.bytes[element.key])
        checksum.update(page.bytes[element.value])
        held.append(
            Held(
                checksum: checksum,
                byteCount: UInt32(element.key.count + element.value.count),
                isTombstone: revision.isTombstone,
                isOfCompaction: revision.main == compacted.latest
            )
        )
        lastHeld[key] = UInt32(held.count)
    }

    private mutating func noteLater(_ key: Int, isHeld: Bool) {
        while lastHeld.count <= key { lastHeld.append(0) }
        guard lastHeld[key] > 0 else { return }
        let before = Int(lastHeld[key]) - 1
        held[before].hasLater = true
        if isHeld { held[before].hasLaterHeld = true }
    }

    /// - Parameter keepsAny: Whether any key is left that is not deleted.
    func finish(keepsAny: Bool) -> KeyHash {
        // A compaction that is not finished in the file drops what one that is has dropped already.
        let dropsNow = compacted.latest > compacted.finished
        var checksum = CRC32C()
        checksum.update(Array("key".utf8))
        for record in held {
            if dropsNow, record.isTombstone || record.hasLaterHeld { continue }
            if keepsAny, record.isTombstone || record.hasLater { continue }
            // A server of 3.4.34, 3.5.16 or later leaves the tombstone that it compacted at, and does not count it.
            if record.isTombstone, record.isOfCompaction { continue }
            checksum.join(record.checksum, byteCount: Int(record.byteCount))
        }
        checksum.join(later, byteCount: laterByteCount)
        return KeyHash(
            hash: checksum.value,
            revision: max(1, compacted.latest, last),
            compactedRevision: compacted.latest
        )
    }
}
