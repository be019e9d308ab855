import Language
import Text

/// What the user gave on the command line, and whether the script has a use for it.
extension Checker {
    func declare(_ parameter: ScriptParameter, at command: BoundCommand) {
        let span = command.words(of: ParamArguments.name).first?.span ?? command.span
        parameterPlaces.append((parameter.name, command.source, span))
        if let index = parameterIndexes[parameter.name] {
            if parameter.isSecret { declaredParameters[index].isSecret = true }
        } else if isSetByScript(parameter.name), !parameter.isSecret {
            presetParameters.insert(parameter.name)
        } else {
            parameterIndexes[parameter.name] = declaredParameters.count
            declaredParameters.append(parameter)
        }
    }

    /// Whether a command before has set it on every path, so that what the user gives is of no use.
    private func isSetByScript(_ name: String) -> Bool {
        guard let entry = definitions.variables[name], !definitions.variables.mayBeMore else { return false }
        return entry.known.isCertain && entry.known != .secret && entry.origin != name
    }

    /// What programs know a value by that is given to no parameter.
    package static let unknownParameterCode = "script.unknown-parameter"

    func reportUnknownParameters() {
        let unknown = context.parameters.keys.filter { parameterIndexes[$0] == nil }.sorted()
        findings =
            unknown.map { name in
                let isPreset = presetParameters.contains(name)
                // Where the user wrote it; the value may be a secret whose name was mistyped.
                let place = SourceFile(name: context.place(of: name)?.source.name ?? "command line", text: "\(name)=…")
                return Diagnostic(
                    "'\(name)' was given a value, but the script "
                        + (isPreset ? "sets it before its 'param'" : "has no such parameter"),
                    code: Self.unknownParameterCode,
                    at: Span(0, name.utf8.count),
                    in: place,
                    hint: isPreset
                        ? nil : ScriptParameter.hint(forUnknown: name, among: declaredParameters.map(\.name))
                )
            } + findings
    }

    /// A parameter that stands nowhere. A script that runs is not stopped by it: another one may share the file.
    func reportUnusedParameters() {
        guard context.reportsUnusedParameters, hasReadAll else { return }
        let unused = parameterPlaces.lazy.filter { !self.usedNames.contains($0.name) }.map { name, source, span in
            Diagnostic(
                "parameter '\(name)' is never used",
                code: Self.unusedParameterCode,
                at: span,
                in: source,
                hint: "use it as $\(name), or remove it"
            )
        }
        let room = max(0, Parser.maxFindingCount - findings.count)
        findings = Self.merged(findings, Array(unused.prefix(room)))
    }

    /// What programs know a parameter by that is never used.
    static let unusedParameterCode = "script.unused-parameter"

    /// Findings with others among them, so that each script's can be read from top to bottom.
    private static func merged(_ findings: [Diagnostic], _ others: [Diagnostic]) -> [Diagnostic] {
        var waiting = Dictionary(grouping: others) { ObjectIdentifier($0.source) }.mapValues { $0[...] }
        var all: [Diagnostic] = []
        for finding in findings {
            let source = ObjectIdentifier(finding.source)
            while let other = waiting[source]?.first, other.span.start < finding.span.start {
                all.append(other)
                waiting[source]?.removeFirst()
            }
            all.append(finding)
        }
        return all
            + others.filter { other in
                waiting[ObjectIdentifier(other.source)]?.contains { $0.span == other.span } == true
            }
    }

    /// A text that is confirmed and stands in no `confirm` was mistyped: the step that is meant would stop the script.
    func reportUnknownConfirmations() {
        let texts = confirmations.compactMap(\.literal)
        findings =
            context.confirmed.filter { text in !confirmations.contains { $0.matches(text) } }.map { text in
                let option = "--confirmed "
                let place = SourceFile(name: "command line", text: option + Word.shown(text))
                return Diagnostic(
                    "no 'confirm' in the script has the text of --confirmed: '\(text.printable)'",
                    code: "script.unknown-confirmation",
                    at: Span(option.utf8.count, place.bytes.count),
                    in: place,
                    hint: Suggestion.hint(for: text, among: texts)
                        ?? (confirmations.isEmpty
                            ? "it has none: 'confirm TEXT' is a step that a person does"
                            : "it has: " + confirmations.map { "'\($0.description.printable)'" }.joined(separator: ", "))
                )
            } + findings
    }
}
