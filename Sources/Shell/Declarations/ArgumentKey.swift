/// A typed argument of a command, declared once: `invocation[file]` reads it.
///
/// `Result` is what the command gets: a value, an optional one, or an array if it takes all remaining words.
struct ArgumentKey<Result: Sendable>: DeclaredArgument {
    let declaration: ArgumentDeclaration
    /// `nil` if it is missing and required.
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
    /// A required argument.
    ///
    /// - Parameter introducer: A word that introduces it.
    init(_ name: String, _ kind: ValueKind<Result>, introducer: String? = nil) {
        declaration = ArgumentDeclaration(name: name, kind: kind, introducer: introducer)
        result = { $0.first as? Result }
    }

    /// An optional argument.
    static func optional<Value>(_ name: String, _ kind: ValueKind<Value>, introducer: String? = nil) -> ArgumentKey
    where Result == Value? {
        ArgumentKey(
            declaration: ArgumentDeclaration(name: name, kind: kind, isRequired: false, introducer: introducer),
            result: { .some($0.first as? Value) }
        )
    }

    /// An argument whose place another thing takes where it is left out: what earlier commands established.
    static func replaceable(_ name: String, _ kind: ValueKind<Result>, by replacement: Need) -> ArgumentKey {
        ArgumentKey(
            declaration: ArgumentDeclaration(name: name, kind: kind, isRequired: false, replacement: replacement),
            result: { $0.first as? Result }
        )
    }

    /// All remaining words; there may be none.
    static func rest<Value>(_ name: String, _ kind: ValueKind<Value>) -> ArgumentKey where Result == [Value] {
        ArgumentKey(
            declaration: ArgumentDeclaration(name: name, kind: kind, isRequired: false, takesRest: true),
            result: { $0.compactMap { $0 as? Value } }
        )
    }
}
