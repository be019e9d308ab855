import Backups
import FoundationEssentials
import Language
import Text

/// One run of a command: its words are filled in, checked, and parsed as its declaration says.
package struct Invocation {
    let declaration: CommandDeclaration
    private var arguments: [GivenValue] = []
    private var options: [GivenValue] = []
    let included: Program?
    /// Whether it was typed at the prompt itself.
    let isTyped: Bool
    /// Whether its words are those of the program's command line.
    let isOfCommandLine: Bool

    /// The text of an argument or option, and its parsed value.
    private struct GivenValue {
        let name: String
        /// What may be shown; absent for an option that stands alone.
        var shown: String?
        /// `true` for an option without a value.
        var value: any Sendable
        /// Whether it is shown only where it is asked for.
        var isPrivate = false

        init(_ name: String, _ text: String?, as kind: AnyValueKind?) throws(UsageError) {
            self.name = name
            shown = text
            value = if let text, let kind { try kind.parse(text) } else { true }
        }

        init(_ name: String, _ query: FactQuery) {
            self.name = name
            shown = query.text
            value = query
        }
    }

    /// - Throws: `UsageError` where a value is not of the declared kind, `UnknownFact` where there is none, and what
    ///   reading a fact throws.
    @MainActor
    init(_ command: BoundCommand, in session: Session) async throws {
        let filling = try await WordFilling(command.words, in: session)
        try self.init(command, included: command.included) { name, word, kind in
            if kind.isFact, let fact = word.fact { return GivenValue(name, try filling.query(fact)) }
            let filled = try filling.filled(word, isSecret: kind.isSecret)
            if kind.isSecret { session.output.secrets.add(header: filled.text) }
            var value: GivenValue
            do {
                value = try GivenValue(name, filled.text, as: kind)
            } catch {
                let isOfSecret = word.variableNames.contains(where: session.secretNames.contains)
                guard filled.isPrivate || isOfSecret else { throw error }
                // The reason quotes the value.
                throw UsageError("what is given for \(name) is not \(kind.name)", isOfSecret: isOfSecret)
            }
            (value.shown, value.isPrivate) = (filled.shown, filled.isPrivate)
            return value
        }
        for argument in declaration.arguments where values(ofArgument: argument.name).isEmpty {
            guard let need = argument.replacement else { continue }
            let file = try session.file(inPlaceFor: need, of: declaration.name) { line(withFirst: Word.shown($0)) }
            arguments.append(try GivenValue(argument.name, file.path, as: argument.kind))
        }
        // A given value replaces the default, also in what is shown.
        if declaration.staticEffect == .declaresParameter, let name = try? self[ParamArguments.name],
            let value = session.variables[name],
            !session.secretNames.contains(name), !self[ParamArguments.secret]
        {
            arguments.removeAll { $0.name == ParamArguments.defaultValue.declaration.name }
            var given = try GivenValue(
                ParamArguments.defaultValue.declaration.name,
                value,
                as: ValueKind<String>.text.erased
            )
            if session.privateNames.contains(name) { (given.shown, given.isPrivate) = (SecretText.mask, true) }
            arguments.append(given)
        }
    }

    /// A command before it runs; `nil` if one of its values is known only at run time.
    ///
    /// - Throws: `UsageError` if a value is not of the declared kind.
    init?(_ command: BoundCommand, _ known: (Word) -> Definitions.Known) throws {
        struct Unknown: Error {}
        guard command.replacements.isEmpty else { return nil }
        do {
            try self.init(command, included: nil) { name, word, kind in
                guard !kind.isFact, case .value(let text) = known(word) else { throw Unknown() }
                return try GivenValue(name, text, as: kind)
            }
        } catch is Unknown {
            return nil
        }
    }

    private init(
        _ command: BoundCommand,
        included: Program?,
        value: (_ name: String, Word, AnyValueKind) throws -> GivenValue
    ) throws {
        declaration = command.declaration
        self.included = included
        isTyped = command.isTyped
        isOfCommandLine = command.source.isCommandLine
        for (argument, word) in command.arguments {
            arguments.append(try value(argument.name, word, argument.kind))
        }
        for (option, word) in command.options {
            let kind = option.value?.kind
            if let word, let kind {
                options.append(try value(option.name, word, kind))
            } else {
                options.append(try GivenValue(option.name, option.defaultValue, as: kind))
            }
        }
    }

    /// Whether what was given for an argument is shown only where it is asked for.
    func isPrivate(_ argument: any DeclaredArgument) -> Bool {
        arguments.contains { $0.name == argument.declaration.name && $0.isPrivate }
    }

    /// The value of a required argument.
    ///
    /// - Throws: `UsageError` if it is missing.
    subscript<Result>(argument: ArgumentKey<Result>) -> Result {
        get throws {
            let name = argument.declaration.name
            guard let result = argument.result(values(ofArgument: name)) else { throw UsageError("\(name) is missing") }
            return result
        }
    }

    /// The value of an optional argument.
    subscript<Value>(argument: ArgumentKey<Value?>) -> Value? {
        argument.result(values(ofArgument: argument.declaration.name)) ?? nil
    }

    /// The values of an argument that takes all remaining words.
    subscript<Value>(argument: ArgumentKey<[Value]>) -> [Value] {
        argument.result(values(ofArgument: argument.declaration.name)) ?? []
    }

    /// The value of an option.
    subscript<Result>(option: Option<Result>) -> Result {
        option.result(values(ofOption: option.declaration.name))
    }

    /// All values of an argument.
    func values(ofArgument name: String) -> [any Sendable] {
        arguments.filter { $0.name == name }.map(\.value)
    }

    /// All values of an option.
    func values(ofOption name: String) -> [any Sendable] {
        options.filter { $0.name == name }.map(\.value)
    }

    /// What it has done, where it succeeded: of options, only what they choose beside the command.
    var choices: [Need] {
        let given = declaration.options.filter { option in options.contains { $0.name == option.name } }
        return declaration.establishes + (given.contains { $0.establishes.contains(.cluster) } ? [.cluster] : [])
    }

    /// The files and folders that it names.
    var paths: [String] {
        let kinds = declaration.arguments.map { ($0.name, $0.kind) }
        let optionKinds = declaration.options.compactMap { option in option.value.map { (option.name, $0.kind) } }
        return texts(arguments, naming: kinds) + texts(options, naming: optionKinds)
    }

    private func texts(_ values: [GivenValue], naming kinds: [(name: String, kind: AnyValueKind)]) -> [String] {
        values.filter { value in
            kinds.contains { $0.name == value.name && $0.kind.completion.isPath }
        }.compactMap(\.shown)
    }

    /// The command with its variables filled in, in a form that can be typed again.
    var line: String { line(options.map(shown)) }

    /// The same with another value of an option.
    func line(with option: any DeclaredOption, _ value: String) -> String {
        let name = option.declaration.name
        return line(options.filter { $0.name != name }.map(shown) + ["--\(name) \(value)"])
    }

    /// The command with its options alone, and one more.
    func line(ofOptionsAnd option: any DeclaredOption, _ value: String) -> String {
        (declaration.words + options.map(shown) + ["--\(option.declaration.name) \(value)"]).joined(separator: " ")
    }

    /// The same with a word before all others.
    private func line(withFirst word: String) -> String { line(options.map(shown), first: [word]) }

    private func line(_ options: [String], first: [String] = []) -> String {
        let words =
            declaration.words + first
            + declaration.arguments.flatMap { argument in
                arguments.filter { $0.name == argument.name }.flatMap {
                    [argument.introducer, $0.shown.map { argument.kind.isFact ? $0 : Word.shown($0) }].compactMap {
                        $0
                    }
                }
            }
            + options
        return words.joined(separator: " ")
    }

    private func shown(_ option: GivenValue) -> String {
        guard let value = shownValue(of: option) else { return "--\(option.name)" }
        let takesNextWord = declaration.options.first { $0.name == option.name }?.takesNextWord != false
        return "--\(option.name)\(takesNextWord ? " " : "=")\(value)"
    }

    private func shownValue(of option: GivenValue) -> String? {
        let isSecret = declaration.options.first { $0.name == option.name }?.value?.kind.isSecret == true
        return option.shown.map { isSecret ? SecretText.mask : Word.shown($0) }
    }
}
