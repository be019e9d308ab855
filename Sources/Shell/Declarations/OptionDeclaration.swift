/// One option of a command. As a class, it is shared by all commands of a script.
final class OptionDeclaration: Sendable {
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
        establishes: [Need] = [],
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
        self.establishes = establishes
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
