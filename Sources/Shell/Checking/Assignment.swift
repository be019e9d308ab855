import Language
import Text

/// A variable and its value in one word, as other shells write it: `cluster=demo`.
struct Assignment {
    let name: String
    let value: String

    /// `nil` where a text is none.
    init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="), Self.canBeName(String(text[..<equals])) else { return nil }
        name = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }

    /// Whether a text can be a variable's name.
    static func canBeName(_ text: String) -> Bool {
        text.utf8.first.map { !$0.isASCIIDigit } == true
            && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
    }

    /// How it is written here.
    ///
    /// - Parameter command: The command that sets the variable: `set`, `param`.
    func hint(_ command: String, _ commands: CommandTable) -> String {
        let shown = SecretName.isSecret(name.utf8) ? "VALUE" : Word.shown(value)
        let line = "\(command) \(name) = \(shown)"
        // `set cluster=demo` is meant to choose the cluster, and `cluster = demo` would only set a variable.
        let chooser = commands.commands(named: name).first { $0.name == name }?.arguments.first
        guard let chooser, command == CommandDeclaration.set.name, chooser.kind.mistake(in: value) == nil else {
            return "write: \(line)"
        }
        return "write: \(name) \(shown), or for a variable: \(line)"
    }
}
