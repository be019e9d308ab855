import Text

/// Why the terminal, its line editor or its history could not be used.
package enum TerminalError: Error, Equatable {
    /// The process has no terminal, or may not open it.
    case cannotOpenTerminal(reason: String)
    /// A second line editor was asked for: libedit has room for one in a process.
    case editorInUse
    /// The terminal answered with an error while a line was read.
    case cannotReadTerminal(reason: String)
    /// The pipe or the thread for signals could not be made.
    case cannotWatchSignals(reason: String)
    /// The history file exists and can't be read, or is no plain file.
    case cannotReadHistory(path: String, reason: String)
    /// The history file or its directory can't be written, or is no plain file.
    case cannotWriteHistory(path: String, reason: String)
}

extension TerminalError: CustomStringConvertible {
    /// A sentence: *cannot ‹verb› ‹thing›: ‹reason›*.
    package var description: String {
        switch self {
        case .cannotOpenTerminal(let reason):
            "cannot open the terminal: \(reason)"
        case .editorInUse:
            "cannot open a second line editor: the terminal has one already"
        case .cannotReadTerminal(let reason):
            "cannot read from the terminal: \(reason)"
        case .cannotWatchSignals(let reason):
            "cannot watch for signals: \(reason)"
        case .cannotReadHistory(let path, let reason):
            "cannot read the history \(path.printable): \(reason)"
        case .cannotWriteHistory(let path, let reason):
            "cannot write the history \(path.printable): \(reason)"
        }
    }
}
