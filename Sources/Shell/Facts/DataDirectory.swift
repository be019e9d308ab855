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
    /// Where the log is, if it is not in the data directory.
    private let logFolder: String?

    /// - Throws: `DataDirectoryError`, `SnapshotFailure`, `CancellationError`.
    @MainActor
    init(_ path: String, _ session: Session) async throws {
        self.path = path
        logFolder = session.logFolders[ByteText(path)]
        do {
            database = try await session.files.checked("\(path)/member/snap/db", session)
        } catch SnapshotFailure.unreadable(_, ENOENT) {
            throw DataDirectoryError.noDatabase(path)
        } catch SnapshotFailure.unreadable(_, ENOTDIR) {
            throw DataDirectoryError.notFolder(path)
        }
    }

    /// The id of the cluster that its member is of, as its log says.
    ///
    /// - Throws: `DataDirectoryError`, `PathFailure`, `SnapshotFailure`, `CancellationError`.
    func clusterID() async throws -> String {
        let folder = logFolder ?? "\(path)/member/wal"
        let shownFolder = logFolder ?? "member/wal"
        let names = try await reading(shownFolder) { try await PathText.names(in: folder, endingWith: ".wal") }
        guard let name = names.first else { throw DataDirectoryError.noLog(path) }
        let file = "\(folder)/\(name)"
        let head = try await reading("\(shownFolder)/\(name)") {
            do {
                return try await BlockingWork.smallFile(at: file) { try Self.head(of: file) }
            } catch let error as NotAnswering {
                throw SnapshotFailure.notAnswering(path: file, reason: error.description)
            }
        }
        guard let log = WriteAheadLogHead(head) else {
            throw DataDirectoryError.noLogOfEtcd(path, name: "\(shownFolder)/\(name)")
        }
        return String(log.clusterID, radix: 16)
    }

    private func reading<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as SystemError where error.code == ENOENT {
            throw DataDirectoryError.noLog(path)
        } catch let error as SystemError {
            throw DataDirectoryError.unreadableLog(path, name: name, error)
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
