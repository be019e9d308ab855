import Backups
import FoundationEssentials
import Language
import Text

/// One run of a command: its words filled in, checked, and read as what its declaration says they are.
package struct Invocation {
    let declaration: CommandDeclaration
    private var arguments: [GivenValue] = []
    private var options: [GivenValue] = []
    let included: Program?
    /// Whether it was typed at the prompt itself.
    let isTyped: Bool

    /// A text that was given for an argument or an option, and what was read of it.
    private struct GivenValue {
        let name: String
        /// Absent for an option that stands alone.
        var text: String?
        /// `true` for an option that stands alone.
        var value: any Sendable

        init(_ name: String, _ text: String?, as kind: AnyValueKind?) throws(UsageError) {
            self.name = name
            self.text = text
            value = if let text, let kind { try kind.parse(text) } else { true }
        }
    }

    /// - Throws: `UsageError` where a variable has no value, or a value is not of the declared kind; `UnknownFact` and
    ///   `UnmetNeed` where a fact has none.
    @MainActor
    init(_ command: BoundCommand, in session: Session) throws {
        try self.init(command, included: command.included) { word, kind in
            try Self.text(of: word, as: kind, in: session)
        }
        // A parameter's default is what it is without a value; with one, that is what runs and is shown.
        if declaration.staticEffect == .declaresParameter, let name = try? self[ParamArguments.name],
            let value = session.variables[name],
            !session.secretNames.contains(name), !self[ParamArguments.secret]
        {
            arguments.removeAll { $0.name == ParamArguments.defaultValue.declaration.name }
            arguments.append(
                try GivenValue(ParamArguments.defaultValue.declaration.name, value, as: ValueKind<String>.text.erased)
            )
        }
    }

    /// A command before it runs; `nil` where only a run shows what one of its words is.
    ///
    /// - Throws: `UsageError` where a value is not of the declared kind.
    init?(_ command: BoundCommand, _ known: (Word) -> Definitions.Known) throws {
        struct Unknown: Error {}
        do {
            try self.init(command, included: nil) { word, _ in
                guard case .value(let text) = known(word) else { throw Unknown() }
                return text
            }
        } catch is Unknown {
            return nil
        }
    }

    private init(
        _ command: BoundCommand,
        included: Program?,
        text: (Word, AnyValueKind) throws -> String
    ) throws {
        declaration = command.declaration
        self.included = included
        isTyped = command.isTyped
        for (argument, word) in command.arguments {
            let kind = argument.kind
            arguments.append(try GivenValue(argument.name, try text(word, kind), as: kind))
        }
        for (option, word) in command.options {
            let kind = option.value?.kind
            let text = if let word, let kind { try text(word, kind) } else { option.defaultValue }
            options.append(try GivenValue(option.name, text, as: kind))
        }
    }

    @MainActor
    private static func text(of word: Word, as kind: AnyValueKind, in session: Session) throws -> String {
        var missing: Variable?
        if !kind.isSecret, let name = word.variableNames.first(where: session.secretNames.contains) {
            throw UsageError(
                "'\(name)' is secret, and this would show it",
                hint: session.environment.commands.placesForSecrets
            )
        }
        let text = word.text(home: session.environment.home) { variable in
            let value = session.value(of: variable.name)
            switch variable.otherwise {
            case .text: break
            case .message where value?.isEmpty == false: break
            case .mistake where value != nil: break
            case .mistake, .message: missing = missing ?? variable
            }
            return value.map(Lookup.value) ?? .unset
        }
        if let text {
            if kind.isSecret { session.output.secrets.add(header: text) }
            return text
        }
        let name = missing?.name ?? ""
        var message: String?
        if case .message(let text)? = missing?.otherwise, !text.isEmpty { message = text }
        guard let fact = Fact.byName[name] else { throw UsageError(message ?? "variable '\(name)' has no value") }
        let reason = try fact.absence(in: session)
        throw UnknownFact(name: name, reason: message ?? reason)
    }

    /// What was read of an argument that must be there.
    ///
    /// - Throws: `UsageError` where it is missing.
    subscript<Result>(argument: ArgumentKey<Result>) -> Result {
        get throws {
            let name = argument.declaration.name
            guard let result = argument.result(values(ofArgument: name)) else { throw UsageError("\(name) is missing") }
            return result
        }
    }

    /// What was read of an argument that may be absent.
    subscript<Value>(argument: ArgumentKey<Value?>) -> Value? {
        argument.result(values(ofArgument: argument.declaration.name)) ?? nil
    }

    /// What was read of an argument that takes all the words that are left.
    subscript<Value>(argument: ArgumentKey<[Value]>) -> [Value] {
        argument.result(values(ofArgument: argument.declaration.name)) ?? []
    }

    /// What was read of an option.
    subscript<Result>(option: Option<Result>) -> Result {
        option.result(values(ofOption: option.declaration.name))
    }

    /// What was read of an argument, each time that it was given.
    func values(ofArgument name: String) -> [any Sendable] {
        arguments.filter { $0.name == name }.map(\.value)
    }

    /// What was read of an option, each time that it was given.
    func values(ofOption name: String) -> [any Sendable] {
        options.filter { $0.name == name }.map(\.value)
    }

    /// The command as it is run, its variables filled in, in a form that could be typed again.
    var line: String {
        let words =
            declaration.words
            + declaration.arguments.flatMap { argument in
                arguments.filter { $0.name == argument.name }.flatMap {
                    [argument.introducer, $0.text.map(Self.quoted)].compactMap { $0 }
                }
            }
            + options.map(shown)
        return words.joined(separator: " ")
    }

    private func shown(_ option: GivenValue) -> String {
        guard let value = shownValue(of: option) else { return "--\(option.name)" }
        let takesNextWord = declaration.options.first { $0.name == option.name }?.takesNextWord != false
        return "--\(option.name)\(takesNextWord ? " " : "=")\(value)"
    }

    private func shownValue(of option: GivenValue) -> String? {
        let isSecret = declaration.options.first { $0.name == option.name }?.value?.kind.isSecret == true
        return option.text.map { isSecret ? SecretText.mask : Self.quoted($0) }
    }

    /// A text as one word of the language.
    package static func quoted(_ text: String) -> String {
        let text = text.printable
        let isPlain =
            !text.isEmpty && !text.hasPrefix("-") && !text.hasPrefix("~") && !text.hasPrefix("#")
            && !text.contains { " \t'\"$\\;&|".contains($0) || !$0.isASCII && !$0.isLetter && !$0.isNumber }
        if isPlain { return text }
        if !text.contains("'") { return "'\(text)'" }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "\\$")
        return "\"\(escaped)\""
    }
}
