/// What decides the values of a drill that differ from one start to the next. The same seed gives the same ones on any
/// machine.
package struct Seed: Sendable, Hashable {
    package var value: UInt64

    package init(_ value: UInt64) { self.value = value }

    /// Short enough to be called out to a team.
    package static func random() -> Seed { Seed(UInt64.random(in: 1...999_999)) }

    /// Numbers that follow from it.
    package var numbers: SeedNumbers { SeedNumbers(state: value) }
}

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
package struct SeedNumbers {
    private var state: UInt64

    fileprivate init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// An index below a count that is more than 0.
    ///
    /// The standard library's own choice may change from one version to the next.
    package mutating func index(below count: Int) -> Int { Int(next() % UInt64(count)) }
}

extension Drill {
    /// The values of `choose` for a seed.
    package func chosen(by seed: Seed) -> [String: String] {
        var numbers = seed.numbers
        var values: [String: String] = [:]
        for (name, texts) in choices.sorted(by: { $0.key < $1.key }) where !texts.isEmpty {
            values[name] = texts[numbers.index(below: texts.count)]
        }
        return values
    }
}
