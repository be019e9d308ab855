import Language
import Text

/// What the check knows about a word before its variables are filled in.
extension Checker {
    /// Checks each word of a command and, if all are right, how they fit together.
    func checkWords(of command: BoundCommand) {
        let count = findings.count
        for (argument, word) in command.arguments { check(word, as: argument.kind, command.source) }
        for (option, word) in command.options {
            if let word, let kind = option.value?.kind { check(word, as: kind, command.source) }
        }
        guard findings.count == count, let requireFit = command.declaration.requireFit else { return }
        do {
            guard let invocation = try Invocation(command, known) else { return }
            try requireFit(invocation)
        } catch let mistake as UsageError {
            report(mistake.message, command.span, command.source, hint: mistake.hint)
        } catch {
            // Anything else is reported by the run.
        }
    }

    /// Reports unknown variables in a word, and a value of the wrong type where the value is known.
    func check(_ word: Word, as kind: AnyValueKind, _ source: SourceFile) {
        if kind.isFact, let fact = word.fact {
            checkThing(of: fact, source)
            return
        }
        var isComplete = true
        if let text = word.literal {
            if let mistake = kind.mistake(in: text) { report(mistake, in: word, source) }
            return
        }
        for part in word.parts {
            guard case .variable(let variable) = part else { continue }
            isComplete = check(variable, in: word, source) && isComplete
            if !kind.isSecret, definitions.variables[variable.name]?.known == .secret {
                report(
                    "'\(variable.name)' is secret, and this would show it",
                    variable.span,
                    source,
                    hint: context.commands.placesForSecrets,
                    code: "script.secret-shown"
                )
                isComplete = false
            }
        }
        guard isComplete else { return }
        if kind.isSecret, let text = textWithSecrets(of: word), kind.mistake(in: text) != nil {
            // The reason may quote the value.
            report("what is filled in here is not \(kind.name)", word.span, source, code: "script.bad-value")
        } else if let texts = exactTexts(of: word) {
            if let mistake = texts.lazy.compactMap(kind.mistake(in:)).first { report(mistake, in: word, source) }
        } else if let (variable, type) = fact(fillingIn: word) {
            if !kind.takes(type) {
                report(
                    "this takes \(kind.name), and '\(variable.shownName)' is \(type.name)",
                    word.span,
                    source,
                    hint: hint(for: kind),
                    code: "script.bad-value"
                )
            } else if let mistake = variable.alternative.flatMap(kind.mistake(in:)) {
                report(mistake, in: word, source)
            }
        } else if let texts = sampleTexts(of: word), !kind.canBe(oneOf: texts) {
            report(
                "\(Self.noValue(of: word)) makes this \(kind.name)",
                word.span,
                source,
                code: "script.bad-value"
            )
        }
    }

    /// Reports a value that does not fit: where the user gave it, if it is that of a parameter, and else where it is
    /// used.
    func report(_ mistake: UsageError, in word: Word, _ source: SourceFile) {
        guard let variable = word.variables.first, word.parts.count == 1,
            let parameter = definitions.variables[variable.name]?.origin, let place = context.place(of: parameter)
        else {
            return report(mistake.message, word.span, source, hint: mistake.hint, code: "script.bad-value")
        }
        guard reportedValues.insert("\(parameter): \(mistake.message)").inserted else { return }
        let (line, column) = source.position(at: word.span.start)
        let use = "'\(parameter)' is used at \(source.name.printable):\(line):\(column)"
        report(
            mistake.message,
            place.span,
            place.source,
            hint: mistake.hint.map { "\($0); \(use)" } ?? use,
            code: "script.bad-value"
        )
    }

    /// Why a word can't be a value of a type, or `nil` where it may be one.
    func objection(to word: Word, as type: FactType) -> String? {
        if let texts = exactTexts(of: word) {
            return texts.first { type.value(of: $0) == nil }.map { "'\($0.printable)' is not \(type.name)" }
        }
        if let (variable, other) = fact(fillingIn: word) {
            if type != other && !type.isText { return "'\(variable.shownName)' is \(other.name)" }
            return variable.alternative.flatMap {
                type.value(of: $0) == nil ? "'\($0.printable)' is not \(type.name)" : nil
            }
        }
        guard let texts = sampleTexts(of: word), texts.allSatisfy({ type.value(of: $0) == nil }) else { return nil }
        return "\(Self.noValue(of: word)) makes this \(type.name)"
    }

    /// `no value of $x`.
    private static func noValue(of word: Word) -> String {
        let names = word.variables.map { $0.name.contains(".") ? "${\($0.shownName)}" : "$\($0.name)" }
        return "no value of \(names.joined(separator: " and "))"
    }

    /// The word's text if it is known before a run, or the type of the fact that makes up the whole word.
    func known(_ word: Word) -> Definitions.Known {
        if let text = word.literal { return .value(text) }
        if let (variable, type) = fact(fillingIn: word), variable.alternative == nil { return .fact(type) }
        if let texts = exactTexts(of: word) { return Definitions.Known(texts) }
        return parametersDeciding(word).map(Definitions.Known.given) ?? .unknown
    }

    /// The parameters whose values decide what a word becomes, where nothing else does.
    private func parametersDeciding(_ word: Word) -> Set<String>? {
        var parameters: Set<String> = []
        for variable in word.variables {
            switch known(variable) {
            case .given(let names)?: parameters.formUnion(names)
            case .value?: continue
            case nil where variable.alternative != nil: continue
            default: return nil
            }
        }
        return parameters.isEmpty ? nil : parameters
    }

    /// The type of the fact that makes up a whole word.
    func typeFilled(into word: Word) -> FactType? {
        fact(fillingIn: word).flatMap { variable, type in variable.alternative == nil ? type : nil }
    }

    /// The text of a word with a secret in it that was given before the check; `nil` of any other word.
    private func textWithSecrets(of word: Word) -> String? {
        guard word.variableNames.contains(where: { definitions.variables[$0]?.known == .secret }) else { return nil }
        return word.text(home: context.home) { variable in
            if definitions.variables[variable.name]?.known == .secret {
                return context.parameters[variable.name].map(Lookup.value) ?? .unknown
            }
            if case .value(let text)? = known(variable) { return .value(text) }
            return .unknown
        }
    }

    /// All texts that a word can become, on one path or another; `nil` where only a run shows them.
    private func exactTexts(of word: Word) -> [String]? {
        let texts = combinedTexts(of: word, maxCount: 64) { variable in
            let known = known(variable)
            var values: [String] = []
            if let known {
                guard let texts = known.texts else { return nil }
                values = texts
            }
            guard let alternative = variable.alternative else { return values }
            // An empty value counts as unset only where there is a default.
            let isAlways = known?.isCertain == true && !values.contains("")
            return values.filter { !$0.isEmpty } + (isAlways ? [] : [alternative])
        }
        return texts?.isEmpty == true ? nil : texts
    }

    /// Each text that a word can become, with every value of every variable.
    ///
    /// - Parameters:
    ///   - maxCount: With more texts than these, the result is `nil`.
    ///   - values: The texts that a variable can become; `nil` if they are unknown, and then so is the result.
    private func combinedTexts(of word: Word, maxCount: Int, _ values: (Variable) -> [String]?) -> [String]? {
        var texts = [""]
        for part in word.parts {
            let endings: [String]
            switch part {
            case .text(let text): endings = [text]
            case .home: endings = [context.home ?? "~"]
            case .variable(let variable):
                guard let known = values(variable) else { return nil }
                endings = known
            }
            texts = texts.flatMap { text in endings.map { text + $0 } }
            if texts.count > maxCount { return nil }
        }
        return texts
    }

    /// What is known of a word's text: its pieces, and between them what only a run fills in.
    func pattern(of word: Word) -> TextPattern {
        if case .value(let text) = known(word) { return TextPattern(pieces: [text]) }
        return TextPattern(
            pieces: word.parts.map { part in
                switch part {
                case .text(let text): text
                case .home: context.home
                case .variable(let variable): if case .value(let value)? = known(variable) { value } else { nil }
                }
            }
        )
    }

    /// What is known about a variable or fact; `nil` if it is not set.
    private func known(_ variable: Variable) -> Definitions.Known? {
        if variable.name.contains(".") { return Fact.byName[variable.name].map { .fact($0.type) } ?? .unknown }
        return definitions.variables[variable.name]?.known
    }

    /// The variable that makes up the whole word, if it is or holds a fact, and the fact's type.
    private func fact(fillingIn word: Word) -> (Variable, FactType)? {
        guard word.parts.count == 1, case .variable(let variable) = word.parts[0],
            case .fact(let type)? = known(variable)
        else { return nil }
        return (variable, type)
    }

    /// Sample texts of the word, one for each form of its values; `nil` if a value can be any text.
    private func sampleTexts(of word: Word) -> [String]? {
        combinedTexts(of: word, maxCount: 100) { variable in
            let alternative = variable.alternative.map { [$0] } ?? []
            return switch known(variable) {
            case .fact(let type)?: type.sampleTexts + alternative
            case let known?: known.texts.map { $0 + alternative }
            case nil: alternative
            }
        }
    }

    private func hint(for kind: AnyValueKind) -> String? {
        let names = Fact.all.filter { kind.takes($0.type) }.map(\.usage)
        return names.isEmpty ? nil : "facts that fit: " + names.joined(separator: ", ")
    }

    /// The nearest variable name; not searched among thousands.
    private func suggestion(for name: String) -> String? {
        let names = definitions.variables.names
        return names.count <= 1000 ? Suggestion.hint(for: name, among: names.sorted()) : nil
    }

    /// How a variable of the environment gets into a script; `nil` where there is none of that name.
    private func hint(forEnvironment name: String) -> String? {
        guard context.environmentNames.contains(name) else { return nil }
        if context.isPrompt { return "the environment's is not read: set \(name) = VALUE" }
        let own = declaredParameters.map(\.name).first { $0.lowercased() == name.lowercased() }
        let parameter = own ?? name.lowercased()
        let script = outermost.map { $0 == "-c" ? "-c 'TEXT'" : Word.shown($0) } ?? "FILE"
        // The words of a command line can be read by everyone on this machine.
        let isSecret = SecretName.isSecret(name.utf8)
        let declaration = "begin with 'param \(parameter)\(isSecret ? " --secret" : "")', use"
        return "the environment's is not read: \(own == nil ? declaration : "use") $\(parameter), and run: "
            + (isSecret
                ? "SNAPSH_PARAM_\(parameter.uppercased())=\"$\(name)\" snapsh \(script)"
                : "snapsh \(script) \(parameter)=\"$\(name)\"")
    }

    /// Reports a fact that has no value here, or none on some paths.
    @discardableResult
    func reportLack(of fact: Fact, _ span: Span, _ source: SourceFile) -> Bool {
        for need in causes(of: fact.needs.filter { lack(of: $0) != nil }) {
            guard let lack = lack(of: need) else { continue }
            let may = definitions.possible.contains(need) ? "may have" : "has"
            report(
                "\(lack.message), so '\(fact.usage)' \(may) no value",
                span,
                source,
                hint: lack.hint,
                code: "script.unmet-need"
            )
            return true
        }
        return false
    }

    private func written(_ words: [Word], _ source: SourceFile) -> [String] {
        words.map { String(decoding: source.bytes[$0.span.start..<$0.span.end], as: UTF8.self) }
    }

    /// Reports a fact that is not known, or whose thing is not named as it should be.
    @discardableResult
    func checkThing(of variable: Variable, _ source: SourceFile) -> Fact? {
        let name = variable.name
        guard let fact = Fact.byName[name] else {
            report(
                "unknown fact '\(variable.shownName)'",
                variable.span,
                source,
                hint: Fact.hint(for: name, written(variable.words, source))
            )
            return nil
        }
        guard fact.parameters.count == variable.words.count else {
            report(
                "'\(variable.shownName)' takes \(fact.parameters.map(\.name).joined(separator: ", "))",
                variable.span,
                source,
                hint: "write: \(fact.usage)"
            )
            return nil
        }
        let count = findings.count
        for (parameter, word) in zip(fact.parameters, variable.words) { check(word, as: parameter.kind, source) }
        return findings.count == count ? fact : nil
    }

    private func check(_ variable: Variable, in word: Word, _ source: SourceFile) -> Bool {
        let name = variable.name
        if name.contains(".") {
            guard let fact = checkThing(of: variable, source) else { return false }
            switch variable.otherwise {
            case .text: return true
            // Where it may have a value, the run decides.
            case .message where definitions.possible.isSuperset(of: NeedSet(fact.needs)): return true
            case .message, .mistake: return !reportLack(of: fact, variable.span, source)
            }
        }
        switch (definitions.variables[name]?.known, variable.otherwise) {
        case (.some(let known), .message) where known.texts?.contains("") == true: break
        case (nil, _): break
        case (.perhaps?, .mistake):
            report(
                "it is not certain that variable '\(name)' is set here",
                variable.span,
                source,
                hint: "set it before: set \(name) = VALUE; or write ${\(name):-default}"
            )
            return false
        case (.some, _): return true
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
                hint: hint(forEnvironment: name) ?? suggestion(for: name)
                    ?? (Fact.all.contains { $0.name.hasPrefix(name + ".") }
                        ? "facts are written with braces: ${\(name).…}" : "set it: set \(name) = VALUE")
            )
        }
        return false
    }
}

extension Variable {
    /// The text that is filled in where there is no value.
    fileprivate var alternative: String? {
        if case .text(let text) = otherwise { return text }
        return nil
    }
}
