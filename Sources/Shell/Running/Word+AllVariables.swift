import Language

extension Word {
    /// The variables in it, also those in the words that name the things of facts.
    var allVariables: [Variable] {
        (variables + [fact].compactMap(\.self)).flatMap { [$0] + $0.words.flatMap(\.allVariables) }
    }
}
