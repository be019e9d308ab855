/// What was found of a condition.
package struct CheckedCondition: Sendable, Equatable {
    package var condition: Condition
    package var holds: Bool
    /// What there is, as the end of a sentence: `the backup 3.4.23_…`.
    package var found: String
    /// What there should be.
    package var expected: String
}

/// What was found of an objective.
package struct CheckedObjective: Sendable, Equatable {
    package var objective: Objective
    package var conditions: [CheckedCondition]

    package var holds: Bool { conditions.allSatisfy(\.holds) }
}

/// What a drill has come to.
package struct CheckedWorld: Sendable, Equatable {
    package var objectives: [CheckedObjective]
    /// The typical mistakes that were made.
    package var mistakes: [Mistake]

    package var isReached: Bool { !objectives.isEmpty && objectives.allSatisfy(\.holds) }
}
