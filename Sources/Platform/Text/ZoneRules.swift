/// How far the clocks of a place are ahead of UTC, and since when: what a TZif file has (RFC 9636).
package struct ZoneRules: Sendable {
    /// When they were set, in seconds since 1970, and by how much they are ahead from then on.
    private var changes: [(time: Int64, offset: Int64)] = []
    /// Before all changes.
    private var firstOffset: Int64
    /// What they do after the last change that is listed; `nil` where they stay.
    private var yearly: YearlyClockRule?

    /// - Parameter file: Of version 2 or later.
    /// - Returns: `nil` where that is no such file.
    package init?(_ file: [UInt8]) {
        var bytes = file[...]
        // The first part has the same in 32 bits.
        guard let old = Counts(&bytes), old.version >= UInt8(ascii: "2") else { return nil }
        bytes = bytes.dropFirst(old.byteCount(ofTime: 4))
        guard let counts = Counts(&bytes), bytes.count >= counts.byteCount(ofTime: 8), counts.types > 0 else {
            return nil
        }
        let times = bytes.prefix(counts.times * 8)
        let kinds = bytes.dropFirst(times.count).prefix(counts.times)
        let types = bytes.dropFirst(times.count + kinds.count).prefix(counts.types * 6)
        let offsets = (0..<counts.types).map { type in
            Int64(Int32(truncatingIfNeeded: Self.number(types.dropFirst(type * 6).prefix(4))))
        }
        firstOffset = offsets[0]
        for (index, kind) in kinds.enumerated() {
            guard Int(kind) < offsets.count else { return nil }
            changes.append((Self.number(times.dropFirst(index * 8).prefix(8)), offsets[Int(kind)]))
        }
        let footer = bytes.dropFirst(counts.byteCount(ofTime: 8)).split(separator: UInt8(ascii: "\n"))
        yearly = footer.first.flatMap { YearlyClockRule(String(decoding: $0, as: UTF8.self)) }
    }

    /// By how many seconds the clocks are ahead of UTC.
    ///
    /// - Parameter time: In seconds since 1970.
    package func offset(at time: Int64) -> Int64 {
        if let yearly, time >= changes.last?.time ?? .min { return yearly.offset(at: time) }
        let next = changes.partitioningIndex { $0.time > time }
        return next == 0 ? firstOffset : changes[next - 1].offset
    }

    /// When the clocks show a time: of two such moments the first. A time that they skip counts from before the change.
    ///
    /// - Parameter shown: As if it were UTC, in seconds since 1970.
    package func time(ofClock shown: Int64) -> Int64 {
        // No place sets its clocks twice in two days.
        let (before, after) = (offset(at: shown - 86_400), offset(at: shown + 86_400))
        if offset(at: shown - before) == before { return shown - before }
        return offset(at: shown - after) == after ? shown - after : shown - before
    }

    /// How much there is of what, in a part of the file.
    private struct Counts {
        var version: UInt8
        var times, types: Int
        private var others: (characters: Int, leapSeconds: Int, flags: Int)

        init?(_ bytes: inout ArraySlice<UInt8>) {
            guard bytes.count >= 44, bytes.starts(with: "TZif".utf8) else { return nil }
            version = bytes[bytes.startIndex + 4]
            let start = bytes.dropFirst(20)
            let counts = (0..<6).map { Int(ZoneRules.number(start.dropFirst($0 * 4).prefix(4))) }
            others = (counts[5], counts[2], counts[0] + counts[1])
            (times, types) = (counts[3], counts[4])
            bytes = bytes.dropFirst(44)
        }

        func byteCount(ofTime width: Int) -> Int {
            times * (width + 1) + types * 6 + others.characters + others.leapSeconds * (width + 4) + others.flags
        }
    }

    /// In the network's order.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}

extension Array {
    /// The first place from which on a condition holds that holds to the end once it does.
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
