/// All that is known of a command: parsing, checking, completion, `help` and the tests of the examples read it here.
package struct CommandDeclaration: Sendable {
    /// What it is called: `ls`, or `use pv`, one word each.
    let words: [String]
    /// One line, without a full stop.
    let summary: String
    /// What `help NAME` says beyond the summary; lines as they are shown.
    let details: [String]
    /// In order; those that may be absent come last.
    let arguments: [ArgumentDeclaration]
    let options: [OptionDeclaration]
    /// Lines that can be run, with what they are for.
    let examples: [Example]
    /// What must have come before.
    let needs: [Need]
    /// What is true after it succeeded.
    let establishes: [Need]
    /// What is no longer valid afterwards.
    let invalidates: [Need]
    /// What is no longer valid where it fails.
    let invalidatesOnFailure: [Need]
    /// Whether it can fail in a way that `||` catches.
    let canFail: Bool
    /// What it means for the check of a script, beyond the types of its words.
    let staticEffect: StaticEffect?
    /// Throws `UsageError` where its words don't fit each other; they are looked at before anything runs, where they are known.
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
        details: [String] = [],
        arguments: [any DeclaredArgument] = [],
        options: [any DeclaredOption] = [],
        examples: [Example],
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
        self.details = details
        self.arguments = arguments.map(\.declaration)
        self.options = options.map(\.declaration)
        self.examples = examples
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

    /// How it is written: `pick max | min | REVISION | NAME [--before TIME]`.
    package var usage: String {
        ([name] + arguments.map(\.usage) + options.map { "[\($0.usage)]" }).joined(separator: " ")
    }
}

/// One argument of a command.
struct ArgumentDeclaration: Sendable {
    /// What the argument is called in `help` and findings, in capitals.
    let name: String
    let kind: AnyValueKind
    let isRequired: Bool
    /// A sign that stands before it as a word of its own, as `=` before a variable's value.
    let introducer: String?
    /// Whether it takes all the words that are left.
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
    /// The value's name and kind; absent where the option stands alone.
    let value: (name: String, kind: AnyValueKind)?
    /// What the value is where it is left out, which it may be then: it is taken after `=` only.
    let defaultValue: String?
    let summary: String
    /// Whether it may be given several times.
    let isRepeatable: Bool
    /// What must have come before where it is given.
    let needs: [Need]
    /// What the option establishes itself, so that nothing before it has to; where the command fails, it is gone.
    let establishes: [Need]
    /// Options that it makes no sense without.
    let goesWith: Others
    /// Options that it makes no sense with.
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

    /// An option that stands alone.
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
