/// What is known of each key of a cluster: an index in memory, as etcd holds one of its own.
///
/// A hash table with the keys beside it in one piece: a key takes its own length and some thirty bytes more.
struct KeyIndex<Fact> {
    private var keys: [UInt8] = []
    private var entries: [Entry] = []
    /// One more than the index of an entry, or 0.
    private var slots = [UInt32](repeating: 0, count: 64)

    private struct Entry {
        var keyStart: Int
        var keyByteCount: Int32
        /// The lower half of the key's hash, which tells most keys apart.
        var hash: UInt32
        var fact: Fact
    }

    var count: Int { entries.count }

    func key(_ index: Int) -> ArraySlice<UInt8> {
        let entry = entries[index]
        return keys[entry.keyStart..<entry.keyStart + Int(entry.keyByteCount)]
    }

    subscript(index: Int) -> Fact {
        get { entries[index].fact }
        set { entries[index].fact = newValue }
    }

    /// The index of a key, and whether it is new.
    mutating func insert(_ key: ArraySlice<UInt8>, _ initial: @autoclosure () -> Fact) -> (index: Int, isNew: Bool) {
        let hash = Self.hash(key)
        let slot = slot(of: key, hash)
        if slots[slot] != 0 { return (Int(slots[slot]) - 1, false) }
        entries.append(
            Entry(keyStart: keys.count, keyByteCount: Int32(key.count), hash: hash, fact: initial())
        )
        keys.append(contentsOf: key)
        slots[slot] = UInt32(entries.count)
        if entries.count * 4 > slots.count * 3 { grow() }
        return (entries.count - 1, true)
    }

    func index(of key: ArraySlice<UInt8>) -> Int? {
        let slot = slot(of: key, Self.hash(key))
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// Where a key stands, or would.
    private func slot(of key: ArraySlice<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, self.key(Int(slots[slot]) - 1).elementsEqual(key) { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, entry) in entries.enumerated() {
            var slot = Int(entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }

    /// Seeded anew in each run, so that nobody can make up keys that all fall together.
    private static func hash(_ key: ArraySlice<UInt8>) -> UInt32 {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
