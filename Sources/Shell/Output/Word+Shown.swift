package import Language
import Text

extension Word {
    /// A text as one word of the language, as it is shown: what no script can hold is escaped.
    package static func shown(_ text: String) -> String { quoted(text.printable) }
}
