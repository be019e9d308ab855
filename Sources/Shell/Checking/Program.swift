import Language

/// A checked script: every command is bound to its declaration, ready to run.
package struct Program: Sendable {
    var chains: [BoundChain]
    /// The parameters that it declares, in order.
    package var parameters: [ScriptParameter] = []
    /// What is known of the text of each `confirm`.
    var confirmations: [TextPattern] = []
    /// Those that decide which script is included, and have no value yet: what that one declares is not known.
    package var decidingParameters: Set<String> = []
    /// The names of the secret ones.
    package var secretParameters: Set<String> { Set(parameters.filter(\.isSecret).map(\.name)) }

    init(chains: [BoundChain]) {
        self.chains = chains
    }

    /// Whether one of its steps may be the one that a text confirms.
    package func confirms(_ text: String) -> Bool { confirmations.contains { $0.matches(text) } }
}

/// A chain whose commands are bound.
struct BoundChain: Sendable {
    var first: BoundCommand
    var rest: [(connector: Connector, command: BoundCommand)]

    /// Its commands, each with the connector before it; the first counts as behind `&&`.
    var links: [(connector: Connector, command: BoundCommand)] { [(.and, first)] + rest }

    var commands: [BoundCommand] { [first] + rest.map(\.command) }

    var span: Span { Span(first.span.start, (rest.last?.command ?? first).span.end) }
}

/// A command with its declaration, its words sorted into the declared arguments and options.
struct BoundCommand: Sendable {
    var declaration: CommandDeclaration
    var arguments: [(declaration: ArgumentDeclaration, word: Word)] = []
    var options: [(declaration: OptionDeclaration, word: Word?)] = []
    /// The script that `source` includes.
    var included: Program?
    /// Whether it was typed at the prompt itself.
    var isTyped = false
    var source: SourceFile
    var span: Span
    /// What stands for its name, where that was written in other words: `quit`, or the `use` of `use /mnt`.
    var otherNameSpan: Span?
    var path: CommandPath

    /// All that follow its name.
    var words: [Word] { arguments.map(\.word) + options.compactMap(\.word) }

    /// What takes the place of arguments that are left out.
    var replacements: [Need] {
        declaration.arguments.compactMap { argument in words(of: argument).isEmpty ? argument.replacement : nil }
    }

    /// Whether a run may find nothing to fill in for one of them.
    var mayLackValue: Bool {
        arguments.contains { $0.word.mayLackValue } || options.contains { $0.word?.mayLackValue == true }
    }

    func words(of argument: any DeclaredArgument) -> [Word] {
        let name = argument.declaration.name
        return arguments.filter { $0.declaration.name == name }.map(\.word)
    }

    func has(_ option: Option<Bool>) -> Bool {
        options.contains { $0.declaration.name == option.declaration.name }
    }
}
