import CLibEdit
import Glibc

/// Properties of the terminal behind a file descriptor.
package enum TerminalInfo {
    /// Whether it is a terminal.
    package static func isTerminal(_ fileDescriptor: Int32) -> Bool {
        isatty(fileDescriptor) == 1
    }

    /// Whether a line can be redrawn: it is a terminal with escape sequences.
    package static func canRedraw(_ fileDescriptor: Int32) -> Bool {
        isTerminal(fileDescriptor) && clibedit_is_dumb() == 0
    }

    /// Its columns now, as above; `nil` if it is not a terminal.
    package static func widthIfTerminal(_ fileDescriptor: Int32) -> Int? {
        isTerminal(fileDescriptor) ? width(fileDescriptor) : nil
    }

    /// Its columns now; 80 if it is not a terminal or does not say.
    package static func width(_ fileDescriptor: Int32) -> Int {
        let columns = Int(clibedit_columns(fileDescriptor))
        return columns > 0 ? columns : 80
    }
}
