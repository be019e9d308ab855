import Language
import Text

/// What the user gave on the command line, and whether the script has a use for it.
extension Checker {
    func declare(_ parameter: ScriptParameter, at command: BoundCommand) {
        let span = command.words(of: ParamArguments.name).first?.span ?? command.span
        parameterPlaces.append((parameter.name, command.source, span))
        guard let index = declaredParameters.firstIndex(where: { $0.name == parameter.name }) else {
            return declaredParameters.append(parameter)
        }
        if parameter.isSecret { declaredParameters[index].isSecret = true }
    }

    /// The value of a secret parameter is secret already before its `param`.
    func hideSecrets(of script: Script) {
        if definitions.variables.isEmpty { return }
        for chain in script.chains {
            hideSecret(of: chain.first)
            for link in chain.rest { hideSecret(of: link.command) }
        }
    }

    func hideSecret(of command: Command) {
        let declarations = context.commands.commands(named: command.name)
        guard declarations.contains(where: { $0.staticEffect == .declaresParameter }) else { return }
        let words = command.arguments.compactMap { if case .word(let word) = $0 { word } else { nil } }
        let isSecret = command.arguments.contains { argument in
            if case .option(ParamArguments.secret.declaration.name, _, _) = argument { true } else { false }
        }
        if isSecret, let name = words.first?.literal, definitions.variables[name] != nil {
            definitions.variables[name] = .secret
        }
    }

    /// What programs know a value by that is given to no parameter.
    package static let unknownParameterCode = "script.unknown-parameter"

    func reportUnknownParameters(of source: SourceFile) {
        let names = declaredParameters.map(\.name)
        let unknown = context.parameters.keys.sorted().filter { !names.contains($0) }
        let start = source.byteOrderMarkByteCount
        findings =
            unknown.map { name in
                Diagnostic(
                    "'\(name)' was given a value, but the script has no such parameter",
                    code: Self.unknownParameterCode,
                    at: Span(start, start),
                    in: source,
                    hint: ScriptParameter.hint(forUnknown: name, among: names)
                )
            } + findings
    }

    /// A parameter that stands nowhere. A script that runs is not stopped by it: another one may share the file.
    func reportUnusedParameters() {
        guard context.reportsUnusedParameters, hasReadAll, findings.count < Parser.maxFindingCount else { return }
        for (name, source, span) in parameterPlaces where !usedNames.contains(name) {
            let finding = Diagnostic(
                "parameter '\(name)' is never used",
                code: "script.unused-parameter",
                at: span,
                in: source,
                hint: "use it as $\(name), or remove it"
            )
            // People read from top to bottom.
            let next = findings.firstIndex { $0.source === source && $0.span.start > span.start }
            findings.insert(finding, at: next ?? findings.endIndex)
        }
    }

    /// A text that is confirmed and stands in no `confirm` was mistyped: the step that is meant would stop the script.
    func reportUnknownConfirmations(of source: SourceFile) {
        let start = source.byteOrderMarkByteCount
        let texts = confirmations.compactMap(\.literal)
        findings =
            context.confirmed.filter { text in !confirmations.contains { $0.matches(text) } }.map { text in
                Diagnostic(
                    "no 'confirm' in the script has the text of --confirmed: '\(text.printable)'",
                    at: Span(start, start),
                    in: source,
                    hint: Suggestion.hint(for: text, among: texts)
                        ?? (confirmations.isEmpty
                            ? "it has none: 'confirm TEXT' is a step that a person does"
                            : "it has: " + confirmations.map { "'\($0.description.printable)'" }.joined(separator: ", "))
                )
            } + findings
    }
}
