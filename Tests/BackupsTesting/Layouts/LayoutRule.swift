import Backups
import Testing

/// A rule that every layout keeps to.
package struct LayoutRule: Sendable {
    let sentence: String
    let check: @Sendable (_ layout: LayoutUnderTest) throws -> Void

    /// A rule and a layout that keeps to it.
    package struct Case: Sendable, CustomTestStringConvertible {
        let rule: LayoutRule
        let layout: LayoutUnderTest

        package var testDescription: String { "\(layout.layout.name) \(rule.sentence)" }

        package func check() throws { try rule.check(layout) }
    }

    private static let all = [
        LayoutRule(sentence: "has a name that can be typed") { $0.hasANameToBeTyped() },
        LayoutRule(sentence: "reads names, and writes them") { try $0.readsNamesAndWritesThem() },
        LayoutRule(sentence: "reads the revisions that it sorts by") { $0.saysTheRevisionsThatItSortsBy() },
        LayoutRule(sentence: "ignores other names with a reason") { $0.ignoresOthersWithAReason() },
        LayoutRule(sentence: "ignores hostile names") { $0.isHardenedAgainstHostileNames() },
        LayoutRule(sentence: "recognises its own folder only") { $0.recognisesItsFolderOnly() },
        LayoutRule(sentence: "sorts as it says") { try $0.sortsAsItSays() },
    ]

    /// Each rule with each layout.
    package static func cases(of layouts: [LayoutUnderTest]) -> [Case] {
        layouts.flatMap { layout in all.map { Case(rule: $0, layout: layout) } }
    }
}
