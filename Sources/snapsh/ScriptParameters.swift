import Language
import Parameters
import Shell
import Terminal

/// What a script takes of what was given on the command line, in a file and in the environment.
@MainActor
struct ScriptParameters {
    private(set) var values: [String: ParameterValue]
    /// What the script is checked with.
    private(set) var context: CheckContext
    /// What the script is with these values.
    private(set) var program: Program
    /// What is wrong with it.
    private(set) var findings: [Diagnostic]
    private let given: GivenParameters
    private let parsed: (script: Script, findings: [Diagnostic])

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
        (self.given, self.parsed, self.context) = (given, parsed, context)
        values = given.namedValues
        self.context.take(values)
        (program, findings) = try await Interpreter.check(parsed, self.context)
        try await takeRest()
    }

    private mutating func check() async throws {
        context.take(values)
        (program, findings) = try await Interpreter.check(parsed, context)
    }

    /// Takes what the environment gives, and leaves out what the script has no use for: that is reported once.
    private mutating func takeRest() async throws {
        // A value may decide which script is included, and that may have parameters of its own.
        while takeFromEnvironment() { try await check() }
        let unknown = given.namesInFileOnly.filter { values[$0] != nil && !declares($0) }
        guard program.decidingParameters.isEmpty, !unknown.isEmpty else { return }
        for name in unknown { values[name] = nil }
        try await check()
    }

    /// Those that have neither a value nor a default.
    var missing: [ScriptParameter] { declared.filter { $0.defaultText == nil && values[$0.name] == nil } }

    func declares(_ name: String) -> Bool { declared.contains { $0.name == name } }

    /// Whether one of the script's steps may be the one that a text confirms.
    func confirms(_ text: String) -> Bool { program.confirms(text) }

    /// What is wrong with what was given for scripts: a name in the file that none of them has, a file with a secret
    /// that others can use, and what can be no secret.
    static func problems(_ given: GivenParameters, for scripts: [ScriptParameters]) -> [ParameterError] {
        let names = scripts.flatMap { $0.declared.map(\.name) }
        let secrets = secrets(of: scripts)
        // What a script that is not known yet may have is not reported.
        let areAllKnown = scripts.allSatisfy(\.program.decidingParameters.isEmpty)
        let possible = names + (areAllKnown ? [] : given.namesInFileOnly)
        var problems = given.problems(for: possible, secrets: Set(secrets.map(\.name))) {
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

    /// - Returns: Whether the environment gives anything new.
    private mutating func takeFromEnvironment() -> Bool {
        let count = values.count
        for name in declared.map(\.name) where values[name] == nil { values[name] = given.environmentValue(of: name) }
        return values.count > count
    }

    /// Asks for what was given nowhere and has no default, unless something is wrong with the script: first for what
    /// decides which script is included, as that may have parameters of its own.
    ///
    /// - Throws: `ParameterError` where nothing is typed, `NotAnswering`, `CancellationError`.
    mutating func askForRest(_ ask: @escaping ShellDependencies.Ask, _ output: Output) async throws {
        while findings.isEmpty {
            let missing = missing
            let deciding = missing.filter { program.decidingParameters.contains($0.name) }
            if missing.isEmpty { return }
            try await self.ask(for: deciding.isEmpty ? missing : deciding, ask, output)
            try await check()
            try await takeRest()
        }
    }

    private mutating func ask(
        for missing: [ScriptParameter],
        _ ask: @escaping ShellDependencies.Ask,
        _ output: Output
    ) async throws {
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

extension CheckContext {
    fileprivate mutating func take(_ values: [String: ParameterValue]) {
        parameters = values.mapValues(\.text)
        places = Dictionary(uniqueKeysWithValues: values.map { ($0, Self.place(of: $1, for: $0)) })
    }

    /// Where a value was given, as a finding about it shows it.
    private static func place(of value: ParameterValue, for name: String) -> ValuePlace {
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
        return ValuePlace(source, Span(start.utf8.count, source.bytes.count))
    }
}
