import Backups
import Testing

/// A rule that every store keeps to, whatever it is made of.
///
/// A kind of store joins by one line in the list of kinds that a test target hands to `cases(of:)`.
package struct StoreRule: Sendable {
    let sentence: String
    /// The kinds without these abilities are not asked to keep to it.
    let needs: StoreUnderTest.Abilities
    /// What a store has before it is checked.
    let files: [String: [UInt8]]
    let check: @Sendable (_ filled: StoreUnderTest.Filled) async throws -> Void

    init(
        _ sentence: String,
        needs: StoreUnderTest.Abilities = [],
        given files: [String: [UInt8]] = SampleNames.files,
        check: @escaping @Sendable (_ filled: StoreUnderTest.Filled) async throws -> Void
    ) {
        self.sentence = sentence
        self.needs = needs
        self.files = files
        self.check = check
    }

    /// A rule and a kind of store that keeps to it.
    package struct Case: Sendable, CustomTestStringConvertible {
        let rule: StoreRule
        let kind: StoreUnderTest

        package var testDescription: String { "\(kind.testDescription) \(rule.sentence)" }

        package func check() async throws {
            let filled = try await kind.make(rule.files)
            try await rule.check(filled)
            // The files are gone when nothing can change them any more.
            withExtendedLifetime(filled) {}
        }
    }

    static let all = listing + folding + paging + versions + reading + changing + cancelling

    /// Each rule with each kind of store that it is for.
    package static func cases(of kinds: [StoreUnderTest]) -> [Case] {
        kinds.flatMap { kind in
            all.filter { kind.abilities.isSuperset(of: $0.needs) }.map { Case(rule: $0, kind: kind) }
        }
    }
}
