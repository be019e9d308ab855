import CLibEdit
import Glibc

/// What a file descriptor says of the terminal behind it.
package enum TerminalInfo {
    /// Whether it is a terminal.
    package static func isTerminal(_ fileDescriptor: Int32) -> Bool {
        isatty(fileDescriptor) == 1
    }

    /// Whether a line on it can be drawn over: it is a terminal, and one that knows escape sequences.
    package static func canRedraw(_ fileDescriptor: Int32) -> Bool {
        isTerminal(fileDescriptor) && clibedit_is_dumb() == 0
    }

    /// Its columns now; 80 where it is no terminal or does not know.
    package static func width(_ fileDescriptor: Int32) -> Int {
        let columns = Int(clibedit_columns(fileDescriptor))
        return columns > 0 ? columns : 80
    }
}
