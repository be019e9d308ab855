import Backups
import Language

/// A file that is missing, and whose path is more like the beginning of keys.
struct KeyForFile: UserError, Hinting {
    let reason: SnapshotFailure
    let key: String
    /// The command with the beginning of the keys, and without a file.
    let line: String
    /// Whether there is a file that can be left out.
    let hasFile: Bool

    var code: String { reason.code }
    var category: ErrorCategory { reason.category }
    var description: String { reason.description }
    var hint: NextStep? {
        hasFile
            ? "for the keys that begin so, write: \(line)"
            : "for the keys that begin so, name the file first: keys FILE \(Word.shown(key))"
    }
}
