import Blocking
import Files
import Glibc
import Snapshot
import Text

/// A data directory of etcd, which is only read.
struct DataDirectory: Sendable {
    let path: String
    /// `member/snap/db`, checked as a whole.
    let database: CheckedFile
    private let log: Result<WriteAheadLogHead, DataDirectoryError>

    /// - Throws: `DataDirectoryError`, `SnapshotFailure`, `CancellationError`.
    @MainActor
    init(_ path: String, _ session: Session) async throws {
        self.path = path
        let file = "\(path)/member/snap/db"
        do {
            database = try await session.files.checked(file, session)
        } catch SnapshotFailure.unreadable(_, ENOENT) {
            throw DataDirectoryError(path: path, reason: "member/snap/db is not there", isMissing: true)
        } catch SnapshotFailure.unreadable(_, ENOTDIR) {
            throw DataDirectoryError(path: path, reason: "it is no folder", isMissing: true)
        }
        log = try await Self.readLog(of: path, in: session.logFolders[ByteText(path)])
    }

    /// The id of the cluster that its member is of.
    ///
    /// - Throws: `DataDirectoryError` where its log does not say it.
    func clusterID() throws -> String { String(try log.get().clusterID, radix: 16) }

    /// - Parameter folder: Where the log is, if it is not in the data directory.
    private static func readLog(
        of path: String,
        in folder: String?
    ) async throws -> Result<WriteAheadLogHead, DataDirectoryError> {
        let folder = folder ?? "\(path)/member/wal"
        let names = try await PathText.names(in: folder, startingWith: "").map(\.name).filter { $0.hasSuffix(".wal") }
        guard let first = names.first else {
            let reason =
                "no log is in member/wal; one in another place (--wal-dir) is known only after 'restore' in the same session"
            return .failure(DataDirectoryError(path: path, reason: reason, isMissing: true))
        }
        let file = "\(folder)/\(first)"
        do {
            let head = try await BlockingWork.smallFile(at: file) { try Self.head(of: file) }
            guard let log = WriteAheadLogHead(head) else {
                return .failure(DataDirectoryError(path: path, reason: "\(first) does not begin as a log of etcd"))
            }
            return .success(log)
        } catch let error as SystemError {
            return .failure(DataDirectoryError(path: path, reason: "cannot read \(first): \(error)"))
        } catch let error as NotAnswering {
            throw SnapshotFailure.notAnswering(path: file, reason: error.description)
        }
    }

    private static func head(of file: String) throws -> [UInt8] {
        let descriptor = try systemCall { open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: WriteAheadLogHead.maxByteCount)
        let count = try systemCall { read(descriptor, &bytes, bytes.count) }
        return Array(bytes[..<count])
    }
}
