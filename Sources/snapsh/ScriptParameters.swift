import Language
import Parameters
import Shell
import Terminal

/// The values of a script's parameters, found before it is checked with them.
@MainActor
struct ScriptParameters {
    /// Those that the script declares, in order.
    private(set) var declared: [ScriptParameter] = []
    private(set) var values: [String: ParameterValue]
    /// Why some that were given can't be used.
    private(set) var problems: [ParameterError] = []

    /// - Parameters:
    ///   - given: What was given on the command line, in a file and in the environment.
    ///   - parsed: The script, and what parsing has found.
    ///   - ask: Asks for what is missing; absent where it is left out.
    /// - Throws: `ParameterError` where nothing is typed, `NotAnswering`, `CancellationError`.
    init(
        _ given: GivenParameters,
        of parsed: (script: Script, findings: [Diagnostic]),
        _ context: CheckContext,
        asking ask: ShellDependencies.Ask?,
        _ output: Output
    ) async throws {
        var context = context
        context.needsParameterValues = false
        values = given.namedValues
        var isSound: Bool
        repeat {
            context.parameters = values.mapValues(\.text)
            let (program, findings) = try await Interpreter.check(parsed, context)
            declared = program.parameters
            isSound = findings.isEmpty
            // A value may decide which script is included, and that may have parameters of its own.
        } while take(given)
        let names = declared.map(\.name)
        problems = given.problems(for: names, secrets: Set(secretNames)) {
            ScriptParameter.hint(forUnknown: $0, among: names)
        }
        // What the script has no use for is reported once.
        for name in given.namesInFileOnly where !names.contains(name) { values[name] = nil }
        if isSound, problems.isEmpty, let ask { try await self.ask(ask, output) }
        for name in secretNames {
            do throws(ParameterError) {
                try values[name]?.requireOneLine(of: name)
            } catch {
                problems.append(error)
            }
        }
    }

    private var secretNames: [String] { declared.filter(\.isSecret).map(\.name) }

    /// Takes what the environment gives.
    ///
    /// - Returns: Whether that is anything new.
    private mutating func take(_ given: GivenParameters) -> Bool {
        let count = values.count
        for name in declared.map(\.name) where values[name] == nil { values[name] = given.environmentValue(of: name) }
        return values.count > count
    }

    /// Asks for what was given nowhere and has no default.
    private mutating func ask(_ ask: @escaping ShellDependencies.Ask, _ output: Output) async throws {
        let missing = declared.filter { $0.defaultText == nil && values[$0.name] == nil }
        if missing.count > 1 {
            output.note("\(missing.count) parameters have no value: \(missing.map(\.name).joined(separator: ", "))")
        }
        for parameter in missing {
            values[parameter.name] = try await Interrupts.run { try await Self.value(of: parameter, ask) }
        }
    }

    private static func value(
        of parameter: ScriptParameter,
        _ ask: ShellDependencies.Ask
    ) async throws -> ParameterValue {
        let text: String
        do {
            text = try await ask(parameter.question, parameter.isSecret)
        } catch let error where !(error is CancellationError) {
            throw ParameterError.missing(parameter.name, reason: "\(error)")
        }
        if text.isEmpty { throw ParameterError.missing(parameter.name, reason: "nothing was typed") }
        return ParameterValue(text, from: .terminal)
    }
}

extension ScriptParameters {
    /// Where each value was given, as a finding about it shows it.
    var places: [String: CheckContext.ValuePlace] {
        Dictionary(uniqueKeysWithValues: values.map { ($0, Self.place(of: $1, for: $0)) })
    }

    private static func place(of value: ParameterValue, for name: String) -> CheckContext.ValuePlace {
        let (place, start, shown) =
            switch value.origin {
            case .word: ("command line", "\(name)=", value.text)
            case .file(let path): ("command line", "\(name)=", "@\(path)")
            case .entry(let path): ("parameters of \(path)", "\(name): ", value.text)
            case .environment(let variable): ("environment", "\(variable)=", value.text)
            case .terminal: ("terminal", "\(name): ", value.text)
            }
        // A tab may stand in a script, but it is not shown as it is where it comes from outside.
        let source = SourceFile(name: place, text: start + shown.replacing("\t", with: "\\t"))
        return .init(source, Span(start.utf8.count, source.bytes.count))
    }
}
