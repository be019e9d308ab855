/// A typed option of a command, declared once: `invocation[limit]` reads it.
///
/// `Result` is what the command gets: an optional value, or `Bool` for an option without a value.
struct Option<Result: Sendable>: DeclaredOption {
    let declaration: OptionDeclaration
    let result: @Sendable ([any Sendable]) -> Result
}

/// An option of any type.
protocol DeclaredOption: Sendable {
    var declaration: OptionDeclaration { get }
}

extension OptionDeclaration: DeclaredOption {
    var declaration: OptionDeclaration { self }
}

extension Option {
    /// An option with a value.
    ///
    /// - Parameters:
    ///   - short: The letter of its short form, `-n`.
    ///   - value: The placeholder for the value in help: `TIME`.
    ///   - defaultValue: The value if it is left out; without a default it may not be.
    ///   - establishes: What it provides itself, so that earlier commands need not.
    ///   - goesWith: Options that it requires.
    ///   - excludes: Options that it can't be combined with.
    init<Value>(
        _ name: String,
        short: String? = nil,
        value: String,
        _ kind: ValueKind<Value>,
        defaultValue: String? = nil,
        _ summary: String,
        establishes: [Need] = [],
        goesWith: @autoclosure @escaping OptionDeclaration.Others = [],
        excludes: @autoclosure @escaping OptionDeclaration.Others = []
    ) where Result == Value? {
        declaration = OptionDeclaration(
            name: name,
            short: short,
            value: (value, kind),
            defaultValue: defaultValue,
            summary: summary,
            establishes: establishes,
            goesWith: goesWith,
            excludes: excludes
        )
        result = { $0.last as? Value }
    }

    /// An option without a value.
    ///
    /// - Parameters:
    ///   - short: The letter of its short form, `-f`.
    ///   - needs: What it needs from earlier commands.
    ///   - establishes: What it provides itself, so that earlier commands need not.
    init(
        _ name: String,
        short: String? = nil,
        _ summary: String,
        needs: [Need] = [],
        establishes: [Need] = [],
        goesWith: @autoclosure @escaping OptionDeclaration.Others = [],
        excludes: @autoclosure @escaping OptionDeclaration.Others = []
    ) where Result == Bool {
        declaration = OptionDeclaration(
            name: name,
            short: short,
            summary: summary,
            needs: needs,
            establishes: establishes,
            goesWith: goesWith,
            excludes: excludes
        )
        result = { !$0.isEmpty }
    }
}
