/// An option of a command, declared once, and read as what it is: `invocation[limit]`.
///
/// `Result` is what the command gets: an optional value, or `Bool` for an option that stands alone.
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
    ///   - value: What stands for the value in help: `TIME`.
    ///   - defaultValue: What the value is where it is left out, which it may be then.
    ///   - goesWith: Options that it makes no sense without.
    ///   - excludes: Options that it makes no sense with.
    init<Value>(
        _ name: String,
        short: String? = nil,
        value: String,
        _ kind: ValueKind<Value>,
        defaultValue: String? = nil,
        _ summary: String,
        goesWith: @autoclosure @escaping OptionDeclaration.Others = [],
        excludes: @autoclosure @escaping OptionDeclaration.Others = []
    ) where Result == Value? {
        declaration = OptionDeclaration(
            name: name,
            short: short,
            value: (value, kind),
            defaultValue: defaultValue,
            summary: summary,
            goesWith: goesWith,
            excludes: excludes
        )
        result = { $0.last as? Value }
    }

    /// An option that stands alone.
    ///
    /// - Parameters:
    ///   - short: The letter of its short form, `-f`.
    ///   - needs: What must have come before where it is given.
    ///   - establishes: What it establishes itself, so that nothing before it has to.
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
