import Backups
import Testing

/// A rule that every source of backups keeps to.
///
/// A kind of source joins by one line in the list of kinds that a test target hands to `cases(of:)`.
package struct SourceRule: Sendable {
    let sentence: String
    /// Whether it is for sources that list clusters and all their backups.
    let needsListing: Bool
    /// What a source has before it is checked.
    let backups: [SourceUnderTest.Given]?
    let check: @Sendable (_ source: any BackupSource) async throws -> Void

    /// - Parameter backups: The samples where none are given.
    init(
        _ sentence: String,
        needsListing: Bool = false,
        given backups: [SourceUnderTest.Given]? = nil,
        check: @escaping @Sendable (_ source: any BackupSource) async throws -> Void
    ) {
        self.sentence = sentence
        self.needsListing = needsListing
        self.backups = backups
        self.check = check
    }

    /// A rule and a kind of source that keeps to it.
    package struct Case: Sendable, CustomTestStringConvertible {
        let rule: SourceRule
        let kind: SourceUnderTest

        package var testDescription: String { "\(kind.testDescription) \(rule.sentence)" }

        package func check() async throws {
            let filled = try await kind.make(try rule.backups ?? SourceUnderTest.samples())
            try await rule.check(filled.source)
            withExtendedLifetime(filled) {}
        }
    }

    static let all = listing + finding + reading + cancelling

    /// Each rule with each kind of source that it is for.
    package static func cases(of kinds: [SourceUnderTest]) -> [Case] {
        kinds.flatMap { kind in
            all.filter { kind.lists || !$0.needsListing }.map { Case(rule: $0, kind: kind) }
        }
    }
}
