import Blocking
import Files
import Glibc
import Snapshot

extension SnapshotFailure {
    /// Opens a file and runs what reads it.
    static func reading<Result>(
        _ path: String,
        _ body: (SnapshotFile) async throws -> Result
    ) async throws -> Result {
        try await naming(path) {
            let file = try await BlockingWork.run(at: Place(folderOf: path)) {
                try BlockingWork.call(.lookup) { () throws(SnapshotReadingError) in try SnapshotFile(path: path) }
            }
            return try await body(file)
        }
    }

    /// Runs `body`, and names the file in its errors.
    static func naming<Result>(_ path: String, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RevisionRangeError {
            throw SnapshotFailure.unknownRevision(path: path, error)
        } catch let problem as SnapshotProblem {
            throw SnapshotFailure.unsound(path: path, problem, findingCount: 1)
        } catch let error as SnapshotReadingError {
            switch error {
            case .damaged(let damage): throw SnapshotFailure.unsound(path: path, .damaged(damage), findingCount: 1)
            case .unreadable(ETIMEDOUT):
                throw SnapshotFailure.notAnswering(path: path, reason: SystemError(code: ETIMEDOUT).description)
            case .unreadable(let code): throw SnapshotFailure.unreadable(path: path, code: code)
            }
        } catch let error as NotAnswering {
            throw SnapshotFailure.notAnswering(path: path, reason: error.description)
        }
    }
}
