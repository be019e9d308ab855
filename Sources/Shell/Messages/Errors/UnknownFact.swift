import Backups

/// A fact, or a variable that was filled in from one, that a word names and that is unknown: a failure of the outside
/// world, which `||` catches.
struct UnknownFact: UserError {
    let name: String
    /// Why it is unknown, as the second half of a sentence.
    let reason: String

    var code: String { "fact.unknown" }
    var category: ErrorCategory { .notFound }
    var description: String { "cannot fill in ${\(name)}: \(reason)" }
}
