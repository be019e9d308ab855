/// The declaration of a command. Parsing, checking, completion, `help` and the tests of the examples all use it.
///
/// It never changes; as a class, it is shared by all commands of a script instead of copied into each.
package final class CommandDeclaration: Sendable {
    /// The name: `ls`, or `use pv`, one word each.
    let words: [String]
    /// One line, without a full stop.
    let summary: String
    /// What `help NAME` prints beyond the summary, line by line.
    var details: [String] { makeDetails() }
    // Help is the longest part of a declaration, and seldom read: it is made when it is.
    private let makeDetails: @Sendable () -> [String]
    /// In order; optional ones come last.
    let arguments: [ArgumentDeclaration]
    let options: [OptionDeclaration]
    /// Lines that can be run, each with its purpose.
    var examples: [Example] { makeExamples() }
    private let makeExamples: @Sendable () -> [Example]
    /// What it needs from earlier commands.
    let needs: [Need]
    /// What is true after it succeeded.
    let establishes: [Need]
    /// What is no longer valid afterwards.
    let invalidates: [Need]
    /// What is no longer valid if it fails.
    let invalidatesOnFailure: [Need]
    /// Whether it can fail in a way that `||` catches.
    let canFail: Bool
    /// Its effect on the check of a script, beyond the types of its words.
    let staticEffect: StaticEffect?
    /// Throws `UsageError` if its words don't fit together. It is called before anything runs if all words are known.
    let requireFit: (@Sendable (Invocation) throws -> Void)?
    /// Whether it makes sense at the prompt only.
    let isForPromptOnly: Bool
    /// What it does in a dry run instead.
    let dryRun: DryRun
    /// Whether it is a step of a session that a runbook has.
    let isRecorded: Bool
    let run: @MainActor @Sendable (Invocation, Session) async throws -> Void

    init(
        words: [String],
        summary: String,
        details: @autoclosure @escaping @Sendable () -> [String] = [],
        arguments: [any DeclaredArgument] = [],
        options: [any DeclaredOption] = [],
        examples: @autoclosure @escaping @Sendable () -> [Example],
        needs: [Need] = [],
        establishes: [Need] = [],
        invalidates: [Need] = [],
        invalidatesOnFailure: [Need] = [],
        canFail: Bool = true,
        staticEffect: StaticEffect? = nil,
        requireFit: (@Sendable (Invocation) throws -> Void)? = nil,
        isForPromptOnly: Bool = false,
        dryRun: DryRun,
        isRecorded: Bool = true,
        run: @escaping @MainActor @Sendable (Invocation, Session) async throws -> Void
    ) {
        self.words = words
        self.summary = summary
        makeDetails = details
        self.arguments = arguments.map(\.declaration)
        self.options = options.map(\.declaration)
        makeExamples = examples
        self.needs = needs
        self.establishes = establishes
        self.invalidates = invalidates
        self.invalidatesOnFailure = invalidatesOnFailure
        self.canFail = canFail
        self.staticEffect = staticEffect
        self.requireFit = requireFit
        self.isForPromptOnly = isForPromptOnly
        self.dryRun = dryRun
        self.isRecorded = isRecorded
        self.run = run
    }

    /// Whether facts may have other values after it.
    var changesFacts: Bool { !(establishes + invalidates + invalidatesOnFailure).isEmpty }

    package var name: String { words.joined(separator: " ") }

    struct Example: Sendable {
        let line: String
        let summary: String

        init(_ line: String, _ summary: String) {
            self.line = line
            self.summary = summary
        }
    }

    /// The name and the arguments, without options.
    var briefUsage: String {
        ([name] + arguments.map(\.usage)).joined(separator: " ")
    }

    /// The usage: `pick max | min | REVISION | NAME [--before TIME]`.
    package var usage: String {
        ([name] + arguments.map(\.usage) + options.map { "[\($0.usage)]" }).joined(separator: " ")
    }
}

/// One argument of a command.
struct ArgumentDeclaration: Sendable {
    /// The name of the argument in `help` and findings, in capitals.
    let name: String
    let kind: AnyValueKind
    let isRequired: Bool
    /// A word that introduces it, as `=` before a variable's value.
    let introducer: String?
    /// Whether it takes all remaining words.
    let takesRest: Bool

    init<Value>(
        name: String,
        kind: ValueKind<Value>,
        isRequired: Bool = true,
        introducer: String? = nil,
        takesRest: Bool = false
    ) {
        self.name = name
        self.kind = kind.erased
        self.isRequired = isRequired
        self.introducer = introducer
        self.takesRest = takesRest
    }

    var usage: String {
        let text = (introducer.map { $0 + " " } ?? "") + name + (takesRest ? "…" : "")
        return isRequired ? text : "[\(text)]"
    }
}

/// One option of a command.
struct OptionDeclaration: Sendable {
    let name: String
    /// The letter of its short form, where it has one: `n` for `-n`.
    let short: String?
    /// The value's name and kind; absent for an option without a value.
    let value: (name: String, kind: AnyValueKind)?
    /// The value if it is left out; such an option takes its value after `=` only.
    let defaultValue: String?
    let summary: String
    /// Whether it may be given several times.
    let isRepeatable: Bool
    /// What it needs from earlier commands.
    let needs: [Need]
    /// What the option provides itself, so that earlier commands need not; lost if the command fails.
    let establishes: [Need]
    /// Options that it requires.
    let goesWith: Others
    /// Options that it can't be combined with.
    let excludes: Others

    /// Other options of the same command. They are looked up when they are asked for, so that two may name each other.
    typealias Others = @Sendable () -> [any DeclaredOption]

    /// An option with a value.
    init<Value>(
        name: String,
        short: String? = nil,
        value: (name: String, kind: ValueKind<Value>),
        defaultValue: String? = nil,
        summary: String,
        isRepeatable: Bool = false,
        goesWith: @escaping Others = { [] },
        excludes: @escaping Others = { [] }
    ) {
        self.name = name
        self.short = short
        self.value = (value.name, value.kind.erased)
        self.defaultValue = defaultValue
        self.summary = summary
        self.isRepeatable = isRepeatable
        needs = []
        establishes = []
        self.goesWith = goesWith
        self.excludes = excludes
    }

    /// An option without a value.
    init(
        name: String,
        short: String? = nil,
        summary: String,
        needs: [Need] = [],
        establishes: [Need] = [],
        goesWith: @escaping Others = { [] },
        excludes: @escaping Others = { [] }
    ) {
        self.name = name
        self.short = short
        value = nil
        defaultValue = nil
        self.summary = summary
        isRepeatable = false
        self.needs = needs
        self.establishes = establishes
        self.goesWith = goesWith
        self.excludes = excludes
    }

    /// Whether the word that follows it is its value.
    var takesNextWord: Bool { value != nil && defaultValue == nil }

    /// `--limit N`, or `--or-older[=N]` where the value may be left out.
    var usage: String {
        guard let value else { return "--\(name)" }
        return "--\(name)" + (takesNextWord ? " \(value.name)" : "[=\(value.name)]") + (isRepeatable ? " …" : "")
    }

    /// Both forms: `-n, --limit N`.
    var longUsage: String { (short.map { "-\($0), " } ?? "") + usage }
}
