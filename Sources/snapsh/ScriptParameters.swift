import Language
import Parameters
import Shell
import Terminal

/// What a script takes of what was given on the command line, in a file and in the environment.
@MainActor
struct ScriptParameters {
    /// What the script is with these values.
    private var program: Program
    private(set) var values: [String: ParameterValue]
    /// Whether nothing is wrong with the script.
    private var isSound = false

    /// Those that the script declares, in order.
    var declared: [ScriptParameter] { program.parameters }

    /// - Parameters:
    ///   - given: What was given on the command line, in a file and in the environment.
    ///   - parsed: The script, and what parsing has found.
    /// - Throws: `NotAnswering`, `CancellationError`.
    init(
        _ given: GivenParameters,
        of parsed: (script: Script, findings: [Diagnostic]),
        _ context: CheckContext
    ) async throws {
        var context = context
        context.needsParameterValues = false
        values = given.namedValues
        repeat {
            context.parameters = values.mapValues(\.text)
            let findings: [Diagnostic]
            (program, findings) = try await Interpreter.check(parsed, context)
            isSound = findings.isEmpty
            // A value may decide which script is included, and that may have parameters of its own.
        } while take(given)
        // What the script has no use for is reported once.
        let names = declared.map(\.name)
        for name in given.namesInFileOnly where !names.contains(name) { values[name] = nil }
    }

    func declares(_ name: String) -> Bool { declared.contains { $0.name == name } }

    /// Whether one of the script's steps may be the one that a text confirms.
    func confirms(_ text: String) -> Bool { program.confirms(text) }

    /// What is wrong with what was given for scripts: a name in the file that none of them has, a file with a secret that
    /// others can use, and what can be no secret.
    static func problems(_ given: GivenParameters, for scripts: [ScriptParameters]) -> [ParameterError] {
        let names = scripts.flatMap { $0.declared.map(\.name) }
        let secrets = secrets(of: scripts)
        var problems = given.problems(for: names, secrets: Set(secrets.map(\.name))) {
            ScriptParameter.hint(forUnknown: $0, among: names)
        }
        for (name, value) in secrets {
            do throws(ParameterError) {
                try value?.requireSecret(of: name)
            } catch {
                problems.append(error)
            }
        }
        return problems
    }

    /// The parameters that one of the scripts declares secret, each once, and their values.
    static func secrets(of scripts: [ScriptParameters]) -> [(name: String, value: ParameterValue?)] {
        var names: [String] = []
        for parameter in scripts.flatMap(\.declared) where parameter.isSecret && !names.contains(parameter.name) {
            names.append(parameter.name)
        }
        return names.map { name in (name, scripts.lazy.compactMap { $0.values[name] }.first) }
    }

    /// Takes what the environment gives.
    ///
    /// - Returns: Whether that is anything new.
    private mutating func take(_ given: GivenParameters) -> Bool {
        let count = values.count
        for name in declared.map(\.name) where values[name] == nil { values[name] = given.environmentValue(of: name) }
        return values.count > count
    }

    /// Asks for what was given nowhere and has no default, unless something is wrong with the script.
    ///
    /// - Throws: `ParameterError` where nothing is typed, `CancellationError`.
    mutating func askForRest(_ ask: @escaping ShellDependencies.Ask, _ output: Output) async throws {
        if !isSound { return }
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
