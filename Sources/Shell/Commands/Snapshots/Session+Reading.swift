import Backups
import Blocking
import Files
import Glibc
import Snapshot
import Text

extension Session {
    /// Opens a snapshot file, packed or not, and runs what reads it. Its errors name the file.
    ///
    /// - Throws: `SnapshotFailure`, `SpoolError`, `CancellationError`, and what `body` throws.
    func reading<Result>(
        _ path: String,
        _ unpacking: UnpackingOptions = UnpackingOptions(),
        _ body: (OpenedSnapshot) async throws -> Result
    ) async throws -> Result {
        try await SnapshotFailure.naming(path) { try await body(try await open(path, unpacking)) }
    }

    private func open(_ path: String, _ unpacking: UnpackingOptions) async throws -> OpenedSnapshot {
        let opener = try await unpacking.opener(in: self)
        let progress = dependencies.progress(
            "decoding \(CheckedFile.name(of: path).printable)",
            try? await PathText.mark(of: path)?.byteCount
        )
        output.progress = progress
        defer {
            progress.finish()
            output.progress = nil
        }
        let snapshot = try await opener.open(path) { done, _ in progress.update(doneByteCount: done) }
        if snapshot.unpacked.ignoredByteCount > 0, let layer = snapshot.unpacked.layers.first {
            output.note("\(snapshot.unpacked.ignoredByteCount) bytes after the \(layer) stream are ignored")
        }
        return snapshot
    }
}

extension SnapshotFailure {
    /// Runs `body`, and names the file in its errors.
    static func naming<Result>(_ path: String, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RevisionRangeError {
            throw SnapshotFailure.unknownRevision(path: path, error)
        } catch let error as CodecError {
            throw SnapshotFailure.undecodable(path: path, error)
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
