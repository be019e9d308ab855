/// An argument of a command, declared once, and read as what it is: `invocation[file]`.
///
/// `Result` is what the command gets: a value, an optional one, or an array where it takes all the words that are left.
struct ArgumentKey<Result: Sendable>: DeclaredArgument {
    let declaration: ArgumentDeclaration
    /// `nil` where it is missing and must not be.
    let result: @Sendable ([any Sendable]) -> Result?
}

/// An argument of any type.
protocol DeclaredArgument: Sendable {
    var declaration: ArgumentDeclaration { get }
}

extension ArgumentDeclaration: DeclaredArgument {
    var declaration: ArgumentDeclaration { self }
}

extension ArgumentKey {
    /// An argument that must be there.
    ///
    /// - Parameter introducer: A sign that stands before it as a word of its own.
    init(_ name: String, _ kind: ValueKind<Result>, introducer: String? = nil) {
        declaration = ArgumentDeclaration(name: name, kind: kind, introducer: introducer)
        result = { $0.first as? Result }
    }

    /// An argument that may be absent.
    static func optional<Value>(_ name: String, _ kind: ValueKind<Value>, introducer: String? = nil) -> ArgumentKey
    where Result == Value? {
        ArgumentKey(
            declaration: ArgumentDeclaration(name: name, kind: kind, isRequired: false, introducer: introducer),
            result: { .some($0.first as? Value) }
        )
    }

    /// All the words that are left, of which there may be none.
    static func rest<Value>(_ name: String, _ kind: ValueKind<Value>) -> ArgumentKey where Result == [Value] {
        ArgumentKey(
            declaration: ArgumentDeclaration(name: name, kind: kind, isRequired: false, takesRest: true),
            result: { $0.compactMap { $0 as? Value } }
        )
    }
}
