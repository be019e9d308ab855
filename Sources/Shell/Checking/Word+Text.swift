import Language

/// The value of a variable, as far as it is known.
enum Lookup {
    case value(String)
    case unset
    /// It has a value that is known only at run time.
    case unknown
}

extension Variable {
    /// Its name as a sentence has it: of a fact of a thing `file(…).sha256`.
    var shownName: String { name.replacing("()", with: "(…)") }

    /// Whether something else stands ready where there is no value.
    var hasAlternative: Bool { if case .mistake = otherwise { false } else { true } }
}

extension Chain {
    /// The names of all variables in it.
    var variableNames: [String] {
        ([first] + rest.map(\.command)).flatMap(\.arguments).flatMap { argument -> [String] in
            switch argument {
            case .word(let word): word.variableNames
            case .option(_, let value, _): value?.variableNames ?? []
            case .shortOption(_, let value, _): value?.variableNames ?? []
            }
        }
    }
}

extension Word {
    /// The variables in it.
    var variables: [Variable] {
        parts.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
    }

    /// Whether a run may find nothing to fill in: for a fact, or a variable that must be set.
    var mayLackValue: Bool {
        variables.contains { variable in
            if case .message = variable.otherwise { return true }
            return variable.name.contains(".")
        }
    }

    /// The names of the variables in it, also of those that name the things of facts.
    var variableNames: [String] {
        let ofThing = fact?.words.flatMap(\.variableNames) ?? []
        return variables.flatMap { [$0.name] + $0.words.flatMap(\.variableNames) } + ofThing
    }

    /// The word with its variables filled in. It stays one word whatever their values are.
    ///
    /// - Returns: `nil` where a variable's value is unknown, or where it is not set and there is no default.
    func text(home: String?, _ lookup: (Variable) -> Lookup) -> String? {
        var whole = ""
        for part in parts {
            switch part {
            case .text(let text): whole += text
            case .home: whole += home ?? "~"
            case .variable(let variable):
                switch (lookup(variable), variable.otherwise) {
                // An empty value counts as unset only where there is a default.
                case (.value(let value), .mistake): whole += value
                case (.value(let value), _) where !value.isEmpty: whole += value
                case (.unknown, _): return nil
                case (_, .text(let text)): whole += text
                case (_, .mistake), (_, .message): return nil
                }
            }
        }
        return whole
    }
}
