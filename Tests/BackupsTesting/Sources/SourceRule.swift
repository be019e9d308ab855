import Backups
import Testing

/// A rule that every source of backups keeps to.
///
/// A kind of source joins by one line in the list of kinds that a test target hands to `cases(of:)`.
package struct SourceRule: Sendable {
    typealias Check = @Sendable (_ source: any BackupSource, _ kind: SourceUnderTest) async throws -> Void

    let sentence: String
    /// What a kind of source must be able to do for the rule to be about it.
    let needs: SourceUnderTest.Abilities
    /// What it must not be able to do.
    let excludes: SourceUnderTest.Abilities
    /// What a source has before it is checked.
    let backups: [GivenBackup]?
    let check: Check

    /// - Parameter backups: The samples where none are given.
    init(
        _ sentence: String,
        needs: SourceUnderTest.Abilities = [],
        excludes: SourceUnderTest.Abilities = [],
        given backups: [GivenBackup]? = nil,
        check: @escaping Check
    ) {
        self.sentence = sentence
        self.needs = needs
        self.excludes = excludes
        self.backups = backups
        self.check = check
    }

    /// A rule and a kind of source that keeps to it.
    package struct Case: Sendable, CustomTestStringConvertible {
        let rule: SourceRule
        let kind: SourceUnderTest

        package var testDescription: String { "\(kind.testDescription) \(rule.sentence)" }

        package func check() async throws {
            let filled = try await kind.make(try rule.backups ?? GivenBackup.samples())
            try await rule.check(filled.source, kind)
            withExtendedLifetime(filled) {}
        }
    }

    static let all = listing + finding + reading + cancelling

    /// Each rule with each kind of source that it is for.
    package static func cases(of kinds: [SourceUnderTest]) -> [Case] {
        kinds.flatMap { kind in
            all.filter { kind.abilities.isSuperset(of: $0.needs) && kind.abilities.isDisjoint(with: $0.excludes) }
                .map { Case(rule: $0, kind: kind) }
        }
    }
}
