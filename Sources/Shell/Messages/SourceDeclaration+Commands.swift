import Backups

extension SourceDeclaration {
    /// The words of the command that connects to it: `use s3`.
    var commandWords: [String] { [CommandDeclaration.useWord, name] }

    /// The command that connects to it: `use s3 BUCKET`.
    func command(_ place: String?) -> String {
        (commandWords + [place].compactMap(\.self)).joined(separator: " ")
    }

    /// `use pv [DIR]`
    fileprivate var usage: String { command(place.isRequired ? place.name : "[\(place.name)]") }
}

extension [SourceDeclaration] {
    /// The commands that connect to one: `use s3 BUCKET or use pv [DIR]`.
    var waysToConnect: String { Self.choice(map(\.usage)) }

    /// The commands that connect to a source that lists all its backups.
    var waysToListAll: String { Self.choice(filter(\.listsAllBackups).map(\.usage)) }

    private static func choice(_ commands: [String]) -> String {
        guard let last = commands.last, commands.count > 1 else { return commands.joined() }
        return commands.dropLast().joined(separator: ", ") + ", or " + last
    }
}
