import CLibEdit

/// The prompt before the edited line.
package struct Prompt: Sendable, Equatable {
    /// The text; it is made printable before it is shown.
    package var text: String
    /// Whether it is shown bold and coloured.
    package var isColored: Bool

    /// A prompt; a space is added if the text does not end with one.
    package init(_ text: String, isColored: Bool = false) {
        self.text = text
        self.isColored = isColored
    }

    /// The prompt in libedit's form: only characters that the locale can encode and that have a width, because others
    /// crash it; each escape sequence between `\1` and before a character, because it gets lost elsewhere.
    var encoded: String {
        var shown = text.escaped { clibedit_can_print($0.value) != 0 }
        if shown.last != " " { shown.append(" ") }
        guard isColored, shown.count > 1 else { return shown }
        return "\u{1}\u{1b}[1;36m\u{1}" + shown.dropLast() + "\u{1}\u{1b}[0m\u{1} "
    }
}
