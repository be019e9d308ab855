import Backups
import Language
import Text

/// A key that does not exist.
struct NoSuchKey: UserError, Hinting {
    var key: String
    var path: String

    var code: String { "snapshot.no-such-key" }
    var category: ErrorCategory { .notFound }
    var description: String {
        "cannot find the key '\(key.printable)' in \(path.printable)"
    }
    var hint: NextStep? { "list those that begin so: \(line: "keys \(Word.shown(path)) \(Word.shown(key))")" }
}
