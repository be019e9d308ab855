import Backups
import FoundationEssentials
import Language
import Text

/// One run of a command: its words filled in, checked, and read as what its declaration says they are.
struct Invocation {
    let declaration: CommandDeclaration
    private var arguments: [(name: String, text: String)] = []
    private var options: [(name: String, text: String?)] = []
    let included: Program?
    /// Whether it was typed at the prompt itself.
    let isTyped: Bool

    /// - Throws: `UsageError` where a variable has no value, or a value is not of the declared kind.
    @MainActor
    init(_ command: BoundCommand, in session: Session) throws {
        declaration = command.declaration
        included = command.included
        isTyped = command.isTyped
        for (argument, word) in command.arguments {
            arguments.append((argument.name, try Self.text(of: word, as: argument.kind, in: session)))
        }
        for (option, word) in command.options {
            guard let word, let kind = option.value?.kind else {
                options.append((option.name, option.defaultValue))
                continue
            }
            options.append((option.name, try Self.text(of: word, as: kind, in: session)))
        }
        // A parameter's default is what it is without a value; with one, that is what runs and is shown.
        if declaration.staticEffect == .declaresParameter, let name = text("NAME"), let value = session.variables[name],
            !session.secretNames.contains(name), !has(option: "secret")
        {
            arguments.removeAll { $0.name == "DEFAULT" }
            arguments.append(("DEFAULT", value))
        }
    }

    /// A command before it runs; `nil` where only a run shows what one of its words is.
    init?(_ command: BoundCommand, _ known: (Word) -> Definitions.Known) {
        func text(of word: Word) -> String? {
            if case .value(let text) = known(word) { text } else { nil }
        }
        declaration = command.declaration
        included = nil
        isTyped = command.isTyped
        for (argument, word) in command.arguments {
            guard let text = text(of: word) else { return nil }
            arguments.append((argument.name, text))
        }
        for (option, word) in command.options {
            guard let word else {
                options.append((option.name, option.defaultValue))
                continue
            }
            guard let text = text(of: word) else { return nil }
            options.append((option.name, text))
        }
    }

    @MainActor
    private static func text(of word: Word, as kind: ValueKind, in session: Session) throws -> String {
        var missing: Variable?
        if kind != .secret, let name = word.variableNames.first(where: session.secretNames.contains) {
            throw UsageError("'\(name)' is secret, and this would show it", hint: Checker.placesForSecrets)
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
            if let mistake = kind.mistake(in: text) { throw mistake }
            if kind == .secret { session.output.secrets.add(header: text) }
            return text
        }
        if case .message(let message)? = missing?.otherwise, !message.isEmpty { throw UsageError(message) }
        let name = missing?.name ?? ""
        let reason = Fact.byName[name]?.reasonForAbsence(session).map { ": \($0)" } ?? ""
        throw UsageError("variable '\(name)' has no value\(reason)")
    }

    /// The text of an argument, by the name that the declaration gives it.
    func text(_ name: String) -> String? {
        arguments.first { $0.name == name }?.text
    }

    /// The text of an argument that the declaration says is always there.
    func requireText(_ name: String) throws -> String {
        guard let text = text(name) else { throw UsageError("\(name) is missing") }
        return text
    }

    /// The texts of an argument that takes the rest of the words.
    func texts(_ name: String) -> [String] {
        arguments.filter { $0.name == name }.map(\.text)
    }

    func version(_ name: String) -> EtcdVersion? {
        text(name).flatMap { EtcdVersion($0) }
    }

    /// Whether an option was given.
    func has(option name: String) -> Bool {
        options.contains { $0.name == name }
    }

    /// The value of an option.
    func option(_ name: String) -> String? {
        options.first { $0.name == name }?.text
    }

    /// The value of an option that is a whole number.
    func count(_ name: String) -> Int? {
        option(name).flatMap { Int($0) }
    }

    /// The value of an option that is a revision.
    func revision(_ name: String) -> Int64? {
        option(name).flatMap { Revision($0)?.value }
    }

    /// The values of an option that may be given several times.
    func options(_ name: String) -> [String] {
        options.filter { $0.name == name }.compactMap(\.text)
    }

    /// The command as it is run, its variables filled in, in a form that could be typed again.
    var line: String {
        let words =
            declaration.words
            + declaration.arguments.flatMap { argument in
                arguments.filter { $0.name == argument.name }.flatMap {
                    [argument.introducer, Self.quoted($0.text)].compactMap { $0 }
                }
            }
            + options.map(shown)
        return words.joined(separator: " ")
    }

    private func shown(_ option: (name: String, text: String?)) -> String {
        guard let value = shownValue(of: option) else { return "--\(option.name)" }
        let takesNextWord = declaration.options.first { $0.name == option.name }?.takesNextWord != false
        return "--\(option.name)\(takesNextWord ? " " : "=")\(value)"
    }

    private func shownValue(of option: (name: String, text: String?)) -> String? {
        let isSecret = declaration.options.first { $0.name == option.name }?.value?.kind == .secret
        return option.text.map { isSecret ? SecretText.mask : Self.quoted($0) }
    }

    /// A text as one word of the language.
    static func quoted(_ text: String) -> String {
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
