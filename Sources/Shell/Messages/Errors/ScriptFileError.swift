import Files
import Glibc
import Text

/// Why a script can't be read.
package enum ScriptFileError: Error, Equatable, CustomStringConvertible {
    case missing(String)
    case unreadable(String, reason: String)
    case tooLarge(String)

    /// The stable code for programs.
    package var code: String {
        switch self {
        case .missing, .unreadable: "script.unreadable"
        case .tooLarge: "script.too-large"
        }
    }

    package var description: String {
        switch self {
        case .missing(let path): "cannot read the script \(Self.shown(path)): \(SystemError(code: ENOENT))"
        case .unreadable(let path, let reason): "cannot read the script \(Self.shown(path)): \(reason)"
        case .tooLarge(let path):
            "cannot read the script \(Self.shown(path)): it is larger than"
                + " \(ScriptFile.maxByteCount.byteCountText)"
        }
    }

    /// An empty path in quotes, for it would leave a gap.
    private static func shown(_ path: String) -> String { path.isEmpty ? "''" : path.printable }

    package var hint: String? {
        switch self {
        case .missing, .unreadable: nil
        case .tooLarge: "a script is a text file with one command a line"
        }
    }
}
