import Backups
import Glibc
import Snapshot

/// Why a snapshot file could not be used.
enum SnapshotFailure: Failure {
    case unreadable(path: String, code: Int32)
    case unsound(path: String, Unsoundness, findingCount: Int)

    var category: FailureCategory {
        switch self {
        case .unreadable(_, ENOENT): .notFound
        case .unreadable: .failed
        case .unsound: .unsound
        }
    }

    var description: String {
        switch self {
        case .unreadable(let path, EINVAL):
            "cannot read \(path.printable): it is no regular file"
        case .unreadable(let path, let code):
            "cannot read \(path.printable): \(SystemError(code: code))"
        case .unsound(let path, let unsoundness, let findingCount):
            "cannot accept \(path.printable): \(unsoundness)"
                + (findingCount > 1 ? " (the first of \(findingCount) findings)" : "")
        }
    }

    var hint: String? {
        switch self {
        case .unreadable(_, ENOENT): "look what is there: !ls"
        case .unreadable: nil
        case .unsound(_, let unsoundness, _): unsoundness.hint
        }
    }

    /// Runs what reads a file, and says of which file its errors are.
    @MainActor
    static func reading<Result>(
        _ path: String,
        _ body: (SnapshotFile) async throws -> sending Result
    ) async throws -> sending Result {
        do {
            return try await body(SnapshotFile(path: path))
        } catch let unsoundness as Unsoundness {
            throw SnapshotFailure.unsound(path: path, unsoundness, findingCount: 1)
        } catch let error as SnapshotReadingError {
            switch error {
            case .damaged(let damage): throw SnapshotFailure.unsound(path: path, .damaged(damage), findingCount: 1)
            case .unreadable(let code): throw SnapshotFailure.unreadable(path: path, code: code)
            }
        }
    }
}
