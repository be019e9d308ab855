import Backups
import Blocking

/// The exit code of the program. This is the only place where an error becomes a number.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case success = 0
    case failed = 1
    case mistake = 2
    case unmetExpectation = 3
    case notFound = 4
    case unsound = 5
    case unreachable = 6
    case interrupted = 130

    package init(_ error: any Error) {
        self =
            switch error {
            case DownloadError.tooFewKeys: .unmetExpectation
            case let failure as any UserError: ExitCode(failure.category)
            case is UnmetExpectation: .unmetExpectation
            case is CancellationError, is QuitByUser: .interrupted
            case is NotAnswering: .unreachable
            default: .failed
            }
    }

    private init(_ category: ErrorCategory) {
        switch category {
        case .failed: self = .failed
        case .notFound: self = .notFound
        case .unsound: self = .unsound
        case .unreachable: self = .unreachable
        }
    }
}
