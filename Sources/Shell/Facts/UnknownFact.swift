import Backups

/// A fact that a word names and that is unknown: a failure of the outside world, which `||` catches.
struct UnknownFact: UserError {
    let name: String
    /// Why it is unknown, as the second half of a sentence.
    let reason: String

    var code: String { "fact.unknown" }
    var category: ErrorCategory { .notFound }
    var description: String { "cannot fill in ${\(name)}: \(reason)" }
}

extension Fact {
    /// Why it has no value now, as the second half of a sentence.
    ///
    /// - Throws: `UnmetNeed` where no earlier command established what it is about.
    @MainActor
    func absence(in session: Session) throws(UnmetNeed) -> String {
        guard session.definitions.achieved.contains(needs) else {
            throw UnmetNeed(needs, session.environment.commands)
        }
        return reasonForAbsence(session) ?? "the source does not report it"
    }
}
