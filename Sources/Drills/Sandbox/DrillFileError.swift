package import Backups
import Text

/// Why a drill's file can't be used.
package enum DrillFileError: UserError, Equatable {
    /// The program carries no drill of that name.
    case unknown(String)
    case unreadable(path: String, reason: String)
    /// Its form is wrong at so many places, of which this is the first.
    case findings(path: String, count: Int, first: DrillFinding)

    package var code: String {
        switch self {
        case .unknown: "drill.unknown"
        case .unreadable: "drill.unreadable"
        case .findings: "drill.wrong-form"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .unknown: .notFound
        case .unreadable, .findings: .failed
        }
    }

    package var description: String {
        switch self {
        case .unknown(let name): "cannot find the drill '\(name.printable)': there is none of that name"
        case .unreadable(let path, let reason): "cannot read the drill \(path.printable): \(reason)"
        case .findings(let path, let count, let first):
            "cannot use the drill \(path.printable): \(count) \(count == 1 ? "place is" : "places are") wrong,"
                + " in line \(first.line): \(first.message.printable)"
        }
    }
}
