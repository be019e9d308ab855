import Language

/// What is meant by an option, or by a word in the place of one, that a command does not have.
enum ForeignOption {
    /// An option in the words of other tools, or of another command.
    static func hint(
        for name: String,
        of declaration: CommandDeclaration,
        _ commands: CommandTable
    ) -> String? {
        let names = declaration.options.map(\.name)
        if ["output", "out", "file"].contains(name), declaration.arguments.first?.kind.completion.isPath == true {
            return "write: \(declaration.briefUsage)"
        }
        let row = otherNames.first { $0.others.contains(name) && names.contains($0.name) }
        if let option = declaration.options.first(where: { $0.name == row?.name }) {
            return "write: --\(option.name)" + (option.value.map { " \($0.name)" } ?? "")
        }
        let owners = commands.all.filter { $0.options.contains { $0.name == name } }.map { "'\($0.name)'" }
        return owners.isEmpty || owners.count > 3
            ? nil : "\(owners.joined(separator: " and ")) \(owners.count == 1 ? "has" : "have") it"
    }

    /// What options are called elsewhere.
    static let otherNames: [(name: String, others: Set<String>)] = [
        ("listen", ["port", "address", "addr", "bind", "host", "listen-address"]),
        ("endpoint", ["endpoint-url", "url", "host", "server"]),
        ("force", ["overwrite", "replace", "clobber", "yes"]),
        ("limit", ["tail", "max", "count", "lines", "n"]),
        ("data-dir", ["output", "out", "dir", "datadir", "data"]),
        ("prefix", ["from-prefix", "start"]),
        ("before", ["until", "older-than", "to"]),
    ]

    /// What a fact is compared with, where more than one word is given for it: `26 hours`.
    static func formOfValue(in command: BoundCommand) -> String? {
        guard command.declaration.staticEffect == .comparesFact,
            let fact = command.words(of: ExpectArguments.fact).first,
            let name = fact.literal, let type = Fact.byName[name]?.type
        else { return nil }
        return "'\(name)' is \(type.name): VALUE is one word"
    }

    /// The option that a word was meant as: `endpoint=http://…`, or a folder after the file of `restore`.
    static func line(meantBy word: Word, of declaration: CommandDeclaration) -> String? {
        guard let text = word.literal else { return nil }
        if let assignment = Assignment(text), declaration.options.contains(where: { $0.name == assignment.name }) {
            return "write: --\(assignment.name) \(Word.shown(assignment.value))"
        }
        let folder = RestoreArguments.dataDirectory.declaration
        return declaration.options.contains { $0 === folder } ? "write: --\(folder.name) \(Word.shown(text))" : nil
    }
}
