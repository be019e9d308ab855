/// What is known of each key of a cluster: an index in memory, as etcd holds one of its own.
///
/// A hash table with the keys beside it in one piece: a key takes its own length and some thirty bytes more.
struct KeyIndex<Fact: Sendable>: Sendable {
    private var keys: [UInt8] = []
    private var entries: [Entry] = []
    private var slots = [Slot](repeating: Slot(), count: 64)

    private struct Entry: Sendable {
        var keyStart: Int
        var keyByteCount: Int32
        var hash: UInt32
        var fact: Fact
    }

    private struct Slot: Sendable {
        /// The lower half of the key's hash: it distinguishes most keys without a look at them.
        var hash: UInt32 = 0
        /// One more than the index of an entry; 0 where the slot is free.
        var number: UInt32 = 0
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
        if slots[slot].number != 0 { return (Int(slots[slot].number) - 1, false) }
        entries.append(
            Entry(keyStart: keys.count, keyByteCount: Int32(key.count), hash: hash, fact: initial())
        )
        keys.append(contentsOf: key)
        slots[slot] = Slot(hash: hash, number: UInt32(entries.count))
        if entries.count * 3 > slots.count * 2 { grow() }
        return (entries.count - 1, true)
    }

    func index(of key: ArraySlice<UInt8>) -> Int? {
        let slot = slots[slot(of: key, Self.hash(key))]
        return slot.number == 0 ? nil : Int(slot.number) - 1
    }

    /// Where a key stands, or would.
    private func slot(of key: ArraySlice<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while true {
            let slot = slots[place]
            if slot.number == 0 { return place }
            if slot.hash == hash, self.key(Int(slot.number) - 1).elementsEqual(key) { return place }
            place = (place + 1) & mask
        }
    }

    private mutating func grow() {
        slots = [Slot](repeating: Slot(), count: slots.count * 2)
        let mask = slots.count - 1
        for (index, entry) in entries.enumerated() {
            var place = Int(entry.hash) & mask
            while slots[place].number != 0 { place = (place + 1) & mask }
            slots[place] = Slot(hash: entry.hash, number: UInt32(index + 1))
        }
    }

    /// Seeded anew in each run, so that no file can be made whose keys all collide.
    private static func hash(_ key: ArraySlice<UInt8>) -> UInt32 {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
