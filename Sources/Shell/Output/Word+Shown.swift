package import Language
import Text

extension Word {
    /// A text as one word of the language, as it is shown: what no script can hold is escaped.
    package static func shown(_ text: String) -> String { quoted(text.printable) }
}

extension Word {
    /// A word of the command line as it is shown.
    package static func shownArgument(_ word: String) -> String {
        // An option needs no quotes.
        let isPlainOption = word.hasPrefix("-") && shown("x" + word) == "x" + word
        return isPlainOption ? word : shown(word)
    }
}
