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
    /// Calls a function with the name of each variable in it.
    func visitVariableNames(_ visit: (String) -> Void) {
        first.visitVariableNames(visit)
        for link in rest { link.command.visitVariableNames(visit) }
    }
}

extension Command {
    fileprivate func visitVariableNames(_ visit: (String) -> Void) {
        for argument in arguments {
            switch argument {
            case .word(let word): word.visitVariableNames(visit)
            case .option(_, let value, _), .shortOption(_, let value, _): value?.visitVariableNames(visit)
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
        parts.contains { part in
            guard case .variable(let variable) = part else { return false }
            if case .message = variable.otherwise { return true }
            return variable.name.contains(".")
        }
    }

    /// The names of the variables in it, also of those that name the things of facts.
    var variableNames: [String] {
        var names: [String] = []
        visitVariableNames { names.append($0) }
        return names
    }

    fileprivate func visitVariableNames(_ visit: (String) -> Void) {
        for part in parts {
            guard case .variable(let variable) = part else { continue }
            visit(variable.name)
            for word in variable.words { word.visitVariableNames(visit) }
        }
        for word in fact?.words ?? [] { word.visitVariableNames(visit) }
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
