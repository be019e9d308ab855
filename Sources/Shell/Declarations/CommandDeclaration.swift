/// The declaration of a command. Parsing, checking, completion, `help` and the tests of the examples all use it.
///
/// It never changes; as a class, it is shared by all commands of a script instead of copied into each.
package final class CommandDeclaration: Sendable {
    /// The name: `ls`, or `use pv`, one word each.
    let words: [String]
    /// What is taken for the last of these words: `quit` for `exit`. It is known from other tools, and shown nowhere.
    let otherWords: [String]
    /// What only its first argument begins with, among those of the commands with the same first word: `use /mnt` is
    /// `use pv /mnt`.
    let argumentStarts: [String]
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
    /// What it prints under `--json`.
    var records: [RecordDeclaration] { makeRecords() }
    private let makeRecords: @Sendable () -> [RecordDeclaration]
    /// What it does in a dry run instead.
    let dryRun: DryRun
    /// Whether it is a step of a session that a runbook has.
    let isRecorded: Bool
    let run: @MainActor @Sendable (Invocation, Session) async throws -> Void

    init(
        words: [String],
        otherWords: [String] = [],
        argumentStarts: [String] = [],
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
        records: @autoclosure @escaping @Sendable () -> [RecordDeclaration] = [],
        dryRun: DryRun,
        isRecorded: Bool = true,
        run: @escaping @MainActor @Sendable (Invocation, Session) async throws -> Void
    ) {
        self.words = words
        self.otherWords = otherWords
        self.argumentStarts = argumentStarts
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
        makeRecords = records
        self.dryRun = dryRun
        self.isRecorded = isRecorded
        self.run = run
    }

    /// Whether facts may have other values after it.
    var changesFacts: Bool { !(establishes.isEmpty && invalidates.isEmpty && invalidatesOnFailure.isEmpty) }

    /// The argument whose place something takes.
    func replaceable(by need: Need) -> String? { arguments.first { $0.replacement == need }?.name }

    package var name: String { words.joined(separator: " ") }

    /// Whether its last word is meant by a text.
    func isMeant(by word: String?) -> Bool { word.map { $0 == words.last || otherWords.contains($0) } ?? false }

    /// Whether a text can only be its first argument.
    func owns(_ text: String) -> Bool {
        // A folder may stand without its last slash.
        !text.isEmpty && argumentStarts.contains { (text + "/").hasPrefix($0) }
    }

    /// How a missing option is added, with the value that an example gives it: `as in: --limit 5`.
    func hint(forMissing option: String) -> String {
        guard let declaration = options.first(where: { $0.name == option }), declaration.takesNextWord else {
            return "add --\(option)"
        }
        let names = ["--\(option)"] + [declaration.short.map { "-\($0)" }].compactMap(\.self)
        for words in examples.map({ $0.line.split(separator: " ") }) {
            guard let index = words.firstIndex(where: { names.contains(String($0)) }) else { continue }
            return "add it, as in: \(words[index...].prefix(2).joined(separator: " "))"
        }
        return "add \(declaration.usage)"
    }

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
