/// One argument of a command. As a class, it is shared by all commands of a script.
final class ArgumentDeclaration: Sendable {
    /// The name of the argument in `help` and findings, in capitals.
    let name: String
    let kind: AnyValueKind
    let isRequired: Bool
    /// A word that introduces it, as `=` before a variable's value.
    let introducer: String?
    /// Whether it takes all remaining words.
    let takesRest: Bool
    /// What earlier commands established that takes its place where it is left out.
    let replacement: Need?

    init<Value>(
        name: String,
        kind: ValueKind<Value>,
        isRequired: Bool = true,
        introducer: String? = nil,
        takesRest: Bool = false,
        replacement: Need? = nil
    ) {
        self.name = name
        self.kind = kind.erased
        self.isRequired = isRequired
        self.introducer = introducer
        self.takesRest = takesRest
        self.replacement = replacement
    }

    var usage: String {
        let text = (introducer.map { $0 + " " } ?? "") + name + (takesRest ? "…" : "")
        return isRequired ? text : "[\(text)]"
    }
}
