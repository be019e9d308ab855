import Backups
import Language
import Text

/// A fact that is asked for, with the words that name the thing that it is of.
struct FactQuery: Sendable {
    let fact: Fact
    /// As they were filled in.
    let words: [String]
    /// What may be shown of them.
    let shown: [String]
    /// What was read of them.
    let values: [any Sendable]

    /// - Throws: `UsageError` where they are too many or too few, or one of them is not of its kind.
    init(_ fact: Fact, words: [String] = [], shown: [String]? = nil) throws(UsageError) {
        guard words.count == fact.parameters.count else {
            throw UsageError("this is written '\(fact.usage)'")
        }
        var values: [any Sendable] = []
        for (parameter, word) in zip(fact.parameters, words) { values.append(try parameter.kind.parse(word)) }
        self.fact = fact
        self.words = words
        self.shown = shown ?? words
        self.values = values
    }

    /// As it may be shown, and could be typed: `file(out.db).sha256`.
    var text: String {
        guard !shown.isEmpty else { return fact.name }
        let quoted = shown.map { Word.quoted($0.printable, isOfThing: true) }
        return fact.name.replacing("()", with: "(" + quoted.joined(separator: ", ") + ")")
    }

    /// Its value now.
    ///
    /// - Throws: `UnmetNeed`; `UserError` if the file, folder or source can't be read; `CancellationError`.
    @MainActor
    func reading(in session: Session) async throws -> FactReading {
        let achieved: NeedSet = fact.needs.isEmpty ? [] : session.definitions.achieved
        // Where a cluster is missing, those that there are are named by what needs it.
        for need in fact.needs where need != .cluster && !achieved.contains(need) {
            throw UnmetNeed(need, session.dependencies.commands)
        }
        return try await fact.read(self, session)
    }
}
