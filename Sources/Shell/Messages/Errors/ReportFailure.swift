import Audit
import Backups
import Files
import Glibc
import Text

/// Why there is no report.
enum ReportFailure: UserError, Hinting {
    case transcript(TranscriptError)
    case write(path: String, SystemError)

    var code: String {
        switch self {
        case .transcript(let error): error.code
        case .write: "report.write-failed"
        }
    }

    var category: ErrorCategory {
        switch self {
        case .transcript(.notFound): .notFound
        case .transcript, .write: .failed
        }
    }

    var description: String {
        switch self {
        case .transcript(let error): error.description
        case .write(let path, SystemError(code: EEXIST)): "cannot write \(path.printable): there is such a file already"
        case .write(let path, let error): "cannot write \(path.printable): \(error)"
        }
    }

    var hint: NextStep? {
        switch self {
        case .write(_, SystemError(code: EEXIST)): "choose another name, or replace it with --force"
        case .transcript(let error): error.hint
        case .write: nil
        }
    }
}

extension TranscriptError {
    /// The next step, where one is certain.
    fileprivate var hint: NextStep? {
        switch self {
        case .badLine, .notFound: "a transcript is what this writes: \(.run("snapsh --transcript TRANSCRIPT FILE"))"
        case .notTranscript: "name a file that is not there yet; nothing was run"
        case .cannotWrite: "name a file in a folder that you may write to; nothing was run"
        case .cannotRead: nil
        }
    }
}
