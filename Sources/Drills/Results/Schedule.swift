package import FoundationEssentials

/// When a drill is due again: what is learned fades within half a year.
package struct Schedule: Sendable, Equatable {
    /// When its goal was last reached without giving up.
    package let lastSuccess: Date?
    /// `nil` where it was never done, and so is due now.
    package let due: Date?

    private static let dayCount = 90.0
    /// After two successes in a row without help.
    private static let longDayCount = 180.0

    /// - Parameter results: Of one drill, in any order.
    package init(_ results: [DrillResult]) {
        let successes = results.filter { $0.isReached && !$0.hasGivenUp }.sorted { $0.end < $1.end }
        lastSuccess = successes.last?.end
        let isWellKnown = successes.count > 1 && successes.suffix(2).allSatisfy(\.isUnaided)
        due = lastSuccess.map { $0 + 86400 * (isWellKnown ? Self.longDayCount : Self.dayCount) }
    }
}
