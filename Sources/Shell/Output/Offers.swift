import Text

/// Lines that are offered as next steps, in the language of the place where they are read.
///
/// At the prompt that is our own, and what belongs to the system's shell follows a `!`. Everywhere else a person goes
/// on in the system's shell: our lines become the words of a `snapsh` that begins where this session stands.
package struct Offers {
    package enum Place: Sendable {
        case prompt
        case shell
    }

    let place: Place
    /// All commands; absent until there is a session.
    var commands: CommandTable?
    /// The lines that brought the session where it is, in order.
    private var way: [Step] = []

    private struct Step {
        let line: String
        let declaration: CommandDeclaration
    }

    package init(_ place: Place) {
        self.place = place
    }

    static let prompt = Offers(.prompt)

    /// The same lines where the system's shell reads them, as `--json` gives them.
    var inShell: Offers {
        var offers = Offers(.shell)
        offers.commands = commands
        offers.way = way
        return offers
    }

    /// A line of our own language.
    func own(_ line: String) -> String {
        if place == .prompt { return line }
        let lines = lines(before: line) + [line]
        // A command whose words are the same in both languages needs no quotes.
        if lines.count == 1, PathText.isPlain(line.filter { $0 != " " }) { return "snapsh \(line)" }
        return "snapsh -c \(PathText.shellQuoted(lines.joined(separator: "; ")))"
    }

    /// A text whose `'help …'`, in quotes, can be typed.
    func namingHelp(in text: String) -> String {
        place == .prompt ? text : text.replacing("'help", with: "'snapsh help")
    }

    /// A line for the system's shell; of `snapsh` itself the prompt takes the words.
    func system(_ line: String) -> String {
        switch place {
        case .prompt: line.hasPrefix("snapsh ") ? String(line.dropFirst("snapsh ".count)) : "!\(line)"
        case .shell: line
        }
    }

    /// Takes note of a command that succeeded.
    mutating func note(_ invocation: Invocation) {
        let command = invocation.declaration
        let outdated = invocation.choices + command.invalidates
        guard !outdated.isEmpty else { return }
        way.removeAll { step in step.declaration.establishes.contains(where: outdated.contains) }
        if command.establishes.contains(where: Self.choices.contains) {
            way.append(Step(line: invocation.line, declaration: command))
        }
    }

    /// What a session has to choose before others can use it.
    private static let choices: [Need] = [.source, .cluster, .pick]

    /// The lines of this session that a line needs.
    private func lines(before line: String) -> [String] {
        let words = line.split(separator: " ").map(String.init)
        let candidates = words.first.flatMap { commands?.commands(named: $0) } ?? []
        let needs =
            candidates.filter { words.starts(with: $0.words) }.max { $0.words.count < $1.words.count }?.needs ?? []
        if needs.isEmpty { return [] }
        // What needs a pick needs all that led to it.
        let wanted = needs.contains(.pick) ? Self.choices : needs
        return way.filter { $0.declaration.establishes.contains(where: wanted.contains) }.map(\.line)
    }
}
