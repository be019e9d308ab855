import Language
import Text

/// Effects of some commands on the check itself, beyond the types of their words.
enum StaticEffect: Sendable {
    /// Declares a parameter, which becomes a variable.
    case declaresParameter
    case setsVariable
    case includesScript
    case comparesFact
    case namesTopic
    case endsScript
    /// Names a step that a person does.
    case asksPerson
}

extension Checker {
    func applyStaticEffect(_ command: inout BoundCommand) {
        switch command.declaration.staticEffect {
        case .declaresParameter: checkParameter(command)
        case .setsVariable: checkSetting(command)
        case .includesScript:
            command.included = command.words(of: SourceArguments.file).first.flatMap {
                include($0, at: command.span.start, from: command.source)
            }
        case .comparesFact: checkExpectation(command)
        case .namesTopic: checkTopic(command)
        case .endsScript: endPath()
        case .asksPerson:
            confirmations += command.words(of: ConfirmArguments.text).map(pattern)
        case nil: break
        }
    }

    private func checkParameter(_ command: BoundCommand) {
        guard let name = command.words(of: ParamArguments.name).first?.literal else {
            return reportVariableName(command)
        }
        guard ValueKind<String>.variableName.mistake(in: name) == nil else { return }
        let isSecret = secretNames.contains(name) || command.has(ParamArguments.secret)
        declare(ScriptParameter(name, command), at: command)
        if isSecret { return checkSecretParameter(name, command) }
        let earlier = definitions.variables[name]?.known
        if let earlier, earlier.isCertain {
            // The command line, an including script, or the session has set it.
        } else if let word = command.words(of: ParamArguments.defaultValue).first {
            let value = known(word)
            let joined = earlier.map { Definitions.Known($0.joined(with: value).texts) }
            definitions.variables[name] = .init(known: joined ?? value)
        } else {
            definitions.variables[name] = .init(known: .given([name]))
            guard context.needsParameterValues else { return }
            reportMissing(
                name,
                command,
                hint: context.isPrompt
                    ? "set it first: set \(name) = VALUE" : "give it after the script's name: snapsh FILE \(name)=VALUE"
            )
        }
    }

    private func checkSecretParameter(_ name: String, _ command: BoundCommand) {
        let isNew = command.has(ParamArguments.secret) || definitions.variables[name] == nil
        if isNew, let word = command.words(of: ParamArguments.defaultValue).first {
            report(
                "a secret parameter has no default: the script would show it",
                word.span,
                command.source,
                hint: "leave it out: it is asked for at the terminal, or given as \(name)=@FILE"
            )
        }
        let isMissing = definitions.variables[name] == nil && context.needsParameterValues
        if isMissing, !context.canAskSecrets {
            reportMissing(name, command, hint: "give a file with it after the script's name: snapsh FILE \(name)=@FILE")
        }
        definitions.variables[name] = .init(known: .secret)
    }

    private func reportMissing(_ name: String, _ command: BoundCommand, hint: String) {
        let purpose = command.words(of: ParamArguments.message).first?.literal.map { " (\($0))" } ?? ""
        report("parameter '\(name)'\(purpose) has no value", command.span, command.source, hint: hint)
    }

    private func checkSetting(_ command: BoundCommand) {
        guard let name = command.words(of: SetArguments.name).first?.literal else { return reportVariableName(command) }
        guard let value = command.words(of: SetArguments.value).first else { return }
        guard !secretNames.contains(name), definitions.variables[name]?.known != .secret else {
            return report(
                "'\(name)' is a secret parameter, and can't be set",
                command.words(of: SetArguments.name).first?.span ?? command.span,
                command.source,
                hint: "use another name; at the prompt, 'param \(name) --secret' asks for it again"
            )
        }
        let isWhole = value.parts.count == 1 && value.variables.first?.hasAlternative == false
        let origin = isWhole ? value.variables.first.flatMap { definitions.variables[$0.name]?.origin } : nil
        definitions.variables[name] = .init(known: known(value), origin: origin)
    }

    private func reportVariableName(_ command: BoundCommand) {
        report(
            "a variable's name can't itself be a variable",
            command.arguments.first?.word.span ?? command.span,
            command.source
        )
    }

    private func checkExpectation(_ command: BoundCommand) {
        let source = command.source
        guard let factWord = command.words(of: ExpectArguments.fact).first else { return }
        guard let name = factWord.fact?.name ?? factWord.literal else {
            if findings.last?.span != factWord.span {
                report("a fact's name can't be a variable", factWord.span, source, hint: "'help facts' lists them")
            }
            return
        }
        // An unknown name was reported by its kind.
        guard let fact = Fact.byName[name], fact.parameters.count == factWord.fact?.words.count ?? 0 else { return }
        reportLack(of: fact, factWord.span, source)
        guard let comparisonWord = command.words(of: ExpectArguments.comparison).first else {
            if fact.type == .yesNo {
                checkPossible(.equal, [.yesNo(true)], fact, factWord, source)
            } else {
                report(
                    "'\(fact.usage)' is \(fact.type.name), and needs something to be compared with",
                    factWord.span,
                    source,
                    hint: "write: expect \(fact.usage) OP VALUE"
                )
            }
            return
        }
        guard let sign = comparisonWord.literal else {
            return report("a comparison can't be a variable", comparisonWord.span, source)
        }
        guard let comparison = Comparison(rawValue: sign) else { return }
        guard comparison.suits(fact.type) else {
            report("'\(comparison.rawValue)' can't compare \(fact.type.name)", comparisonWord.span, source)
            return
        }
        guard let valueWord = command.words(of: ExpectArguments.value).first else {
            report("a value is missing after '\(comparison.rawValue)'", comparisonWord.span, source)
            return
        }
        checkValue(valueWord, fact, comparison, comparisonWord, source)
    }

    private func checkValue(
        _ valueWord: Word,
        _ fact: Fact,
        _ comparison: Comparison,
        _ comparisonWord: Word,
        _ source: SourceFile
    ) {
        let type = comparison.valueType(for: fact.type)
        if let objection = objection(to: valueWord, as: type) {
            return report(
                UsageError(objection, hint: "'\(fact.usage)' is \(type.name)"),
                in: valueWord,
                source
            )
        }
        if let texts = known(valueWord).texts {
            checkPossible(comparison, texts.compactMap(type.value), fact, comparisonWord, source)
        } else if let shape = fact.type.shape, let other = typeFilled(into: valueWord),
            !other.canBeAnyText,
            !other.sampleTexts.contains(where: { comparison == .like ? shape.canMatch(pattern: $0) : shape.canBe($0) })
        {
            report(
                "this can never hold: '\(fact.usage)' is \(shape.name)",
                comparisonWord.span,
                source,
                code: "script.never-holds"
            )
        }
    }

    /// Reports what can never hold, by itself or after what was expected before.
    ///
    /// - Parameter values: What the fact is compared with, on one path or another.
    private func checkPossible(
        _ comparison: Comparison,
        _ values: [FactValue],
        _ fact: Fact,
        _ word: Word,
        _ source: SourceFile
    ) {
        let line = source.line(at: word.span.start)
        let conditions = values.map {
            FactCondition(comparison: comparison, value: $0, script: source.name, line: line)
        }
        guard conditions.contains(where: { FactCondition.canHold([$0], of: fact.type) }) else {
            let form = fact.type.shape.map { "'\(fact.usage)' is \($0.name)" }
            let least = fact.type.least.flatMap { least in
                values.allSatisfy { Comparison.lessOrEqual.holds($0, least) }
                    ? "'\(fact.usage)' is \(least.plainText) or more" : nil
            }
            return report(
                "this can never hold: \(form ?? least ?? "no \(fact.usage) is so")",
                word.span,
                source,
                code: "script.never-holds"
            )
        }
        // What is in the world may change meanwhile, and time passes.
        guard fact.parameters.isEmpty, !fact.needs.contains(.source), fact.type != .duration else { return }
        let earlier = definitions.conditions[fact.name] ?? FactConditions()
        guard earlier.canMeet(oneOf: conditions, fact.type) else {
            let places = earlier.opponents(of: conditions, fact.type).map {
                $0.script == source.name ? "line \($0.line)" : "\($0.script.printable):\($0.line)"
            }
            return report(
                "this can never hold: it contradicts \(Set(places).sorted().joined(separator: " and "))",
                word.span,
                source,
                code: "script.never-holds"
            )
        }
        take(oneOf: conditions, of: fact)
    }

    private func checkTopic(_ command: BoundCommand) {
        let words = command.words(of: HelpArguments.topic)
        guard let first = words.first, let topics = known(first).texts else { return }
        let names = context.commands.firstWords + HelpSubject.topics(context.commands)
        let rest = words.dropFirst().compactMap { known($0).texts?.first }
        if let topic = topics.first(where: { HelpSubject([$0] + rest, context.commands) == nil }) {
            report(
                "there is no help on '\(topic.printable)'",
                first.span,
                command.source,
                hint: Suggestion.hint(for: topic, among: names) ?? "'help' lists the commands"
            )
        }
        guard words.count > 1, topics.count == 1, case let parts = HelpTopic.parts(of: topics[0], context.commands),
            !parts.isEmpty,
            let part = known(words[1]).texts?.first(where: { !parts.contains($0) })
        else { return }
        report(
            "there is no help on '\(topics[0]) \(part.printable)'",
            words[1].span,
            command.source,
            hint: Suggestion.hint(for: part, among: parts) ?? "'help \(topics[0])' lists what there is"
        )
    }
}
