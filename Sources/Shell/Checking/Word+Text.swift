import Language

/// What a variable stands for.
enum Lookup {
    case value(String)
    case unset
    /// It has a value, but only a run will tell which.
    case unknown
}

extension Word {
    /// The names of the variables in it.
    var variableNames: [String] {
        parts.compactMap { part in
            if case .variable(let variable) = part { variable.name } else { nil }
        }
    }

    /// The word with its variables filled in. It stays one word, whatever they hold.
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
                // Only where another text stands ready does an empty value count as none.
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
