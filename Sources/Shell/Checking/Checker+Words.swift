import Backups
import Language

/// What can be said of a word before it is filled in.
extension Checker {
    /// Reports unknown variables in a word, and a value of the wrong type where the value is certain.
    mutating func check(_ word: Word, as kind: ValueKind, _ source: SourceFile) {
        var isComplete = true
        for part in word.parts {
            if case .variable(let variable) = part { isComplete = check(variable, in: word, source) && isComplete }
        }
        guard isComplete, case .value(let text) = known(word), let mistake = kind.mistake(in: text) else { return }
        report(mistake.message, word.span, source, hint: mistake.hint)
    }

    /// The word's text, where it can be known before a run.
    func known(_ word: Word) -> Definitions.Known {
        let text = word.text(home: surroundings.home) { variable in
            switch definitions.variables[variable.name] {
            case .value(let value)?: .value(value)
            case .later?: .unknown
            case nil: variable.name.contains(".") ? .unknown : .unset
            }
        }
        return text.map(Definitions.Known.value) ?? .later
    }

    /// A variable that was perhaps meant; among thousands none is looked for.
    private func suggestion(for name: String) -> String? {
        guard definitions.variables.count <= 1000 else { return nil }
        return Suggestion.hint(for: name, among: definitions.variables.keys.sorted())
    }

    private mutating func check(_ variable: Variable, in word: Word, _ source: SourceFile) -> Bool {
        let name = variable.name
        if name.contains(".") {
            guard let fact = Fact.byName[name] else {
                report(
                    "unknown fact '\(name)'",
                    variable.span,
                    source,
                    hint: Suggestion.hint(for: name, among: Fact.byName.keys.sorted()) ?? "'help facts' lists them"
                )
                return false
            }
            guard definitions.achieved.contains(fact.needs) || variable.hasDefault else {
                report(fact.needs.absence + ", so '\(name)' has no value", variable.span, source, hint: fact.needs.hint)
                return false
            }
            return true
        }
        switch (definitions.variables[name], variable.otherwise) {
        case (.value("")?, .message): break
        case (.some, _): return true
        case (nil, _): break
        }
        switch variable.otherwise {
        case .text:
            return true
        case .message(let message):
            report(message.isEmpty ? "variable '\(name)' is not set" : message, variable.span, source)
        case .mistake:
            report(
                "variable '\(name)' is not set before this",
                variable.span,
                source,
                hint: suggestion(for: name)
                    ?? (Fact.all.contains { $0.name.hasPrefix(name + ".") }
                        ? "facts are written with braces: ${\(name).…}" : "set it: set \(name) = VALUE")
            )
        }
        return false
    }
}

extension Variable {
    fileprivate var hasDefault: Bool {
        if case .text = otherwise { return true }
        return false
    }
}
