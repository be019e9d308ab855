import Language

/// A command as a line of the language, made from its declaration.
struct WrittenCommand {
    private(set) var line: String

    init(_ declaration: CommandDeclaration) { line = declaration.name }

    mutating func add(_ text: String) { line += " " + Word.quoted(text) }

    mutating func add(_ option: Option<Bool>) { line += " --\(option.declaration.name)" }

    mutating func add<Value>(_ option: Option<Value?>, _ text: String) {
        line += " --\(option.declaration.name) \(Word.quoted(text))"
    }
}
