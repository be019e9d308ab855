import Language
import Text

/// The parameters that the words of a session become: one for each cluster and each path, and one for each secret.
struct RunbookParameters {
    private struct Key: Hashable {
        enum Kind {
            case cluster
            case path
            case secret
        }

        var kind: Kind
        /// What the word is, however it was quoted.
        var text: ByteText
        /// Whether it begins with the home directory.
        var isBelowHome = false
    }

    /// The commands that declare them, in the order that they are first used.
    private(set) var declarations: [String] = []
    private var names: [Key: String] = [:]
    private var usedNames: Set<String>

    /// - Parameter usedNames: The names that the session's own variables have.
    init(usedNames: Set<String>) {
        self.usedNames = usedNames
    }

    /// The parameter that stands for a word, where it names a cluster or a path.
    ///
    /// - Parameters:
    ///   - typed: The word as it was typed.
    ///   - role: What the command calls it: `FILE`, `data-dir`.
    mutating func name(of word: Word, typed: String, _ completion: ValueCompletion, role: String) -> String? {
        let declaration = { (name: String) in "\(CommandDeclaration.param.name) \(name) = \(typed)" }
        let (text, isBelowHome) = (ByteText(word.literal ?? typed), word.literal == nil)
        return switch completion {
        case .cluster, .clusterOfPlace:
            name(Key(kind: .cluster, text: text, isBelowHome: isBelowHome), "cluster", declaration)
        case .file, .folder: name(Key(kind: .path, text: text, isBelowHome: isBelowHome), role, declaration)
        default: nil
        }
    }

    /// The parameter that stands for a secret.
    mutating func name(ofSecret text: String, role: String) -> String {
        name(Key(kind: .secret, text: ByteText(text)), role, Self.secret)
    }

    /// The command that declares a secret parameter.
    static func secret(_ name: String) -> String {
        var command = WrittenCommand(.param)
        command.add(name)
        command.add(ParamArguments.secret)
        return command.line
    }

    private mutating func name(_ key: Key, _ role: String, _ declaration: (String) -> String) -> String {
        if let name = names[key] { return name }
        let base = Self.variableName(role)
        var name = base
        var number = 1
        while !usedNames.insert(name).inserted {
            number += 1
            name = "\(base)\(number)"
        }
        names[key] = name
        declarations.append(declaration(name))
        return name
    }

    private static func variableName(_ role: String) -> String {
        let name = role.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return name.first?.isLetter == true ? String(name) : "value"
    }
}
