import Language
import Shell

extension Request.Script {
    /// The script that a word of the command line names.
    init(word: String) {
        self = word == "-" ? .standardInput : .file(word)
    }

    /// What stands for it on the command line.
    var word: String {
        switch self {
        case .file(let path): Word.shown(path)
        case .command(let words): words.first ?? ""
        case .text: "-c 'TEXT'"
        case .standardInput: "-"
        }
    }

    /// What findings call it.
    var name: String {
        switch self {
        case .file(let path): path
        case .command: "the command line"
        case .text: "-c"
        case .standardInput: "standard input"
        }
    }

    /// Whether a failure must say which of many commands it is of.
    var hasPlaces: Bool {
        if case .command = self { false } else { true }
    }
}
