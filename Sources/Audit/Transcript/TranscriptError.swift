import Text

/// Why a transcript can't be written or read.
package enum TranscriptError: Error, Equatable, CustomStringConvertible {
    case cannotWrite(path: String, reason: String)
    /// There is a file, and it is something else.
    case notTranscript(path: String)
    case notFound(path: String)
    case cannotRead(path: String, reason: String)
    /// A line that no transcript has; lines count from 1.
    case badLine(path: String, line: Int, reason: String)

    /// What programs know it by.
    package var code: String {
        switch self {
        case .cannotWrite: "transcript.write-failed"
        case .notTranscript: "transcript.other-file"
        case .notFound: "transcript.not-found"
        case .cannotRead: "transcript.unreadable"
        case .badLine: "transcript.bad-line"
        }
    }

    package var description: String {
        switch self {
        case .cannotWrite(let path, let reason): "cannot write the transcript \(path.printable): \(reason)"
        case .notTranscript(let path):
            "cannot add to \(path.printable): it is not a transcript, and nothing else is appended to"
        case .notFound(let path): "cannot find the transcript \(path.printable)"
        case .cannotRead(let path, let reason): "cannot read the transcript \(path.printable): \(reason)"
        case .badLine(let path, let line, let reason):
            "cannot read the transcript \(path.printable): line \(line) is not a line of a transcript: \(reason)"
        }
    }
}
