public import Backups
import Blocking
import Files
import FoundationEssentials
import Glibc

/// What lstat(2) and its relatives fill in; `Store.stat` would hide its own name.
typealias FileStatus = stat

/// A directory and what lies below it, as a store. Only regular files are files; links are followed within it.
///
/// Its calls may block for as long as a network mount does not answer: they run on threads of their own.
public struct DirectoryStore: Store {
    /// The absolute path, every link in it resolved.
    let root: String
    private let place: Place

    public let traits = StoreTraits.local

    /// - Throws: `SystemError` where the directory can't be found, `StoreError.interrupted` where nothing answers
    ///   there.
    public init(root: String) async throws {
        do {
            let resolved = try await BlockingWork.run(at: Place(folder: root)) {
                try BlockingWork.call(.lookup) { () throws(SystemError) in try Self.resolved(root) }
            }
            self.init(resolvedRoot: resolved)
        } catch let error as NotAnswering {
            throw StoreError.interrupted(root, reason: error.description)
        }
    }

    /// - Parameter root: An absolute path with every link in it resolved.
    init(resolvedRoot root: String) {
        self.root = root
        place = Place(folder: root)
    }

    /// Runs what makes calls.
    func run<Value: Sendable>(
        _ key: String,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await BlockingWork.run(at: place) { try work() }
        } catch let error as NotAnswering {
            throw StoreError.interrupted(key.isEmpty ? root : key, reason: error.description)
        }
    }

    public func stat(_ key: String) async throws -> StoreEntry {
        try await run(key) {
            let status = try status(of: key)
            guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notFound(key) }
            return Self.entry(key, status)
        }
    }

    static func entry(_ key: String, _ status: FileStatus) -> StoreEntry {
        let time = status.st_mtim
        return StoreEntry(
            key: key,
            byteCount: Int64(status.st_size),
            modified: Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9),
            etag: "\(status.st_dev)-\(status.st_ino)-\(time.tv_sec)-\(time.tv_nsec)"
        )
    }

    func status(of key: String) throws(StoreError) -> FileStatus {
        let path = try path(of: key)
        var status = FileStatus()
        try Self.systemCall(key) { lstat(path, &status) }
        return status
    }

    /// The path of a key with every link resolved; it is below the root, or an error is thrown.
    func path(of key: String) throws(StoreError) -> String {
        let path = try Self.call(key) { () throws(SystemError) in
            try Self.resolved(key.isEmpty ? root : "\(root)/\(key)")
        }
        guard path == root || path.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8) else {
            throw .leavesStore(key, target: path)
        }
        return path
    }

    static func resolved(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else { throw SystemError(code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    @discardableResult
    static func systemCall<Result: FixedWidthInteger>(
        _ key: String,
        _ kind: BlockingCall = .lookup,
        _ body: () -> Result
    ) throws(StoreError) -> Result {
        try call(key, kind) { () throws(SystemError) in try Files.systemCall(body) }
    }

    static func call<Result>(
        _ key: String,
        _ kind: BlockingCall = .lookup,
        _ body: () throws(SystemError) -> Result
    ) throws(StoreError) -> Result {
        do throws(SystemError) {
            return try BlockingWork.call(kind, body)
        } catch {
            throw StoreError(error, of: key)
        }
    }
}
