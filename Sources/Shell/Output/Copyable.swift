/// A command in a text, to be copied as it stands: between two marks that no text has, and that nothing shows.
///
/// Texts from outside have no control characters by the time that they are shown.
package enum Copyable {
    static let start: Character = "\u{2}"
    static let end: Character = "\u{3}"

    package static func marked(_ command: String) -> String { "\(start)\(command)\(end)" }

    /// The text as it is where no line has an end: in a pipe, a file, an object.
    static func unmarked(_ text: String) -> String {
        text.utf8.contains { $0 == 2 || $0 == 3 } ? text.filter { $0 != start && $0 != end } : text
    }
}
