/// What is known of a fact's value: on each path that leads here, it meets all conditions of one alternative.
struct FactConditions: Sendable, Equatable {
    private(set) var alternatives: [[FactCondition]] = [[]]

    /// With more alternatives than these, nothing is known; conditions beyond these are not kept.
    private static let (maxAlternativeCount, maxConditionCount) = (8, 16)

    /// Whether nothing is known.
    var isEmpty: Bool { alternatives.contains([]) }

    /// Whether the value can meet one of some conditions, too.
    func canMeet(oneOf conditions: [FactCondition], _ type: FactType) -> Bool {
        alternatives.contains { known in conditions.contains { FactCondition.canHold(known + [$0], of: type) } }
    }

    /// Takes that the value meets one of some conditions. At least one of them can hold.
    mutating func take(oneOf conditions: [FactCondition], _ type: FactType) {
        var all: [[FactCondition]] = []
        for known in alternatives {
            for condition in conditions where FactCondition.canHold(known + [condition], of: type) {
                let isNew = !known.contains { $0.isSame(as: condition) }
                all.append(isNew && known.count < Self.maxConditionCount ? known + [condition] : known)
            }
        }
        // A path that no value leads to stays one: what is expected there can't hold.
        alternatives = all.isEmpty ? alternatives.flatMap { known in conditions.map { known + [$0] } } : all
        limit()
    }

    /// What is known where two paths meet.
    func joined(with other: FactConditions) -> FactConditions {
        var joined = self
        joined.alternatives += other.alternatives.filter { !alternatives.contains($0) }
        joined.limit()
        return joined
    }

    private mutating func limit() {
        if alternatives.count > Self.maxAlternativeCount { alternatives = [[]] }
    }

    /// Of each alternative, a condition that leaves no value for any of some others.
    func opponents(of conditions: [FactCondition], _ type: FactType) -> [FactCondition] {
        alternatives.compactMap { known in
            known.first { mine in !conditions.contains { FactCondition.canHold([mine, $0], of: type) } } ?? known.first
        }
    }
}
