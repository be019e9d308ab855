import Text

/// Why the terminal, the line editor or the history can't be used.
package enum TerminalError: Error, Equatable {
    /// The process has no terminal, or may not open it.
    case cannotOpenTerminal(reason: String)
    /// A second line editor was requested: libedit supports one per process.
    case editorInUse
    /// The terminal reported an error while a line was read.
    case cannotReadTerminal(reason: String)
    /// The pipe or the thread for signals could not be created.
    case cannotWatchSignals(reason: String)
    /// The history file exists but can't be read, or is not a plain file.
    case cannotReadHistory(path: String, reason: String)
    /// The history file or its directory can't be written, or is not a plain file.
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
