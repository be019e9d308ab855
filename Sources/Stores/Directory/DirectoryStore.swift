public import Backups
import Blocking
import CLinux
import Files
import FoundationEssentials
import Glibc

/// What lstat(2) and its relatives fill in; `Store.stat` would hide its own name.
private typealias FileStatus = stat

/// A directory and what lies below it, as a store. Only regular files are files; links are followed within it.
///
/// Its calls may block for as long as a network mount does not answer: they run on threads of their own.
public struct DirectoryStore: Store {
    /// The absolute path, every link in it resolved.
    private let root: String
    private let place: Place

    public let traits = StoreTraits.local

    /// So few that a piece is still in the cache of a processor when it is written.
    private static let pieceByteCount = 512 << 10
    /// So many that a change of threads costs little beside them.
    private static let waitedByteCount = 1 << 20

    /// - Throws: `SystemError` where the directory can't be found, `StoreError.interrupted` where nothing answers there.
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
    private func run<Value: Sendable>(
        _ key: String,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await BlockingWork.run(at: place) { try work() }
        } catch let error as NotAnswering {
            throw StoreError.interrupted(key.isEmpty ? root : key, reason: error.description)
        }
    }

    // MARK: - Listing

    public func list(_ request: ListRequest) async throws -> ListPage {
        guard !request.listsVersions else { throw StoreError.unsupported(reason: "a volume keeps no older versions") }
        return try await run(request.prefix) { try page(request) }
    }

    private func page(_ request: ListRequest) throws -> ListPage {
        // Folders above the last "/" of the prefix select where to look, the rest what names there begin with.
        let slash = request.prefix.lastIndex(of: "/").map { request.prefix.index(after: $0) }
        let folder = String(request.prefix[..<(slash ?? request.prefix.startIndex)])
        var found = FolderContents(start: request.prefix, foldsAtSlash: request.delimiter == "/")
        try collect(folder, into: &found)
        if let delimiter = request.delimiter, delimiter != "/" { found.fold(at: delimiter) }
        return found.page(from: request.start, limit: request.limit)
    }

    /// What a listing has found so far, in no order yet.
    private struct FolderContents {
        let start: String
        let foldsAtSlash: Bool
        var entries: [StoreEntry] = []
        var prefixes: [String] = []
        var unusable: [IgnoredName] = []

        /// Folds at another sign than `/`, which directories know nothing of.
        mutating func fold(at delimiter: String) {
            var folded: Set<String> = []
            entries.removeAll { entry in
                let rest = entry.key.afterBytes(of: start)
                guard let end = rest.firstRange(of: delimiter)?.upperBound else { return false }
                folded.insert(start + rest[..<end])
                return true
            }
            prefixes += folded
        }

        /// The page of what was found, from where it begins.
        mutating func page(from listStart: ListStart, limit: Int?) -> ListPage {
            if case .after(let after) = listStart {
                entries.removeAll { !after.precedesInBytes($0.key) }
                prefixes.removeAll { !after.precedesInBytes($0) }
                // They have no place in the order, so they are on the first page only.
                unusable = []
            }
            entries = ByteSort.sorted(entries, by: \.key, skippingByteCount: start.utf8.count)
            prefixes.sort { $0.precedesInBytes($1) }
            var page = ListPage(entries: entries, prefixes: prefixes, unusable: unusable)
            guard let limit, limit > 0, entries.count + prefixes.count > limit else { return page }
            let names = (entries.prefix(limit).map(\.key) + prefixes.prefix(limit)).sorted { $0.precedesInBytes($1) }
            let last = names[limit - 1]
            page.entries.removeAll { last.precedesInBytes($0.key) }
            page.prefixes.removeAll { last.precedesInBytes($0) }
            page.next = .after(last)
            return page
        }
    }

    private func collect(_ folder: String, into found: inout FolderContents) throws {
        let directory: OpaquePointer
        do throws(StoreError) {
            let path = try path(of: folder)
            directory = try Self.call(folder) { () throws(SystemError) in
                guard let opened = opendir(path) else { throw SystemError(code: errno) }
                return opened
            }
        } catch {
            if case .notFound = error { return }
            throw error
        }
        defer { closedir(directory) }
        var folders: [String] = []
        while true {
            try Task.checkCancellation()
            let item = try Self.call(folder) { () throws(SystemError) in
                errno = 0
                let item = readdir(directory)
                if item == nil, errno != 0 { throw SystemError(code: errno) }
                return item
            }
            guard let item else { break }
            try visit(item, in: folder, descriptor: dirfd(directory), into: &found, &folders)
        }
        for folder in folders { try collect(folder, into: &found) }
    }

    /// One name of a directory: a file, a folder to fold into a prefix or to look into later, or neither.
    private func visit(
        _ item: UnsafeMutablePointer<dirent>,
        in folder: String,
        descriptor: Int32,
        into found: inout FolderContents,
        _ folders: inout [String]
    ) throws {
        let bytes = UnsafeRawBufferPointer(
            start: UnsafeRawPointer(item) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0),
            count: Int(item.pointee.d_reclen) - (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
        ).prefix { $0 != 0 }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            found.unusable.append(
                IgnoredName(name: String(decoding: bytes, as: UTF8.self), reason: "its name is not UTF-8")
            )
            return
        }
        let key = folder + name
        guard name != ".", name != "..", key.utf8.starts(with: found.start.utf8) else { return }
        let type = Int(item.pointee.d_type)

        var status = FileStatus()
        if type == DT_LNK || type == DT_UNKNOWN {
            do throws(StoreError) {
                status = try self.status(of: key)
            } catch {
                found.unusable.append(IgnoredName(name: name, reason: Self.reasonAgainstLink(error)))
                return
            }
        } else if type == DT_REG {
            do throws(StoreError) {
                try Self.systemCall(key) { fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) }
            } catch {
                // Removed since the directory was read.
                if case .notFound = error { return }
                throw error
            }
        } else if type == DT_DIR {
            status.st_mode = S_IFDIR
        }

        switch status.st_mode & S_IFMT {
        case S_IFREG:
            found.entries.append(Self.entry(key, status))
        case S_IFDIR where found.foldsAtSlash:
            found.prefixes.append(key + "/")
        case S_IFDIR where type != DT_LNK:
            folders.append(key + "/")
        default:
            found.unusable.append(IgnoredName(name: name, reason: "it is neither a file nor a folder"))
        }
    }

    private static func reasonAgainstLink(_ error: StoreError) -> String {
        switch error {
        case .notFound: "it is a link to nothing"
        case .leavesStore: "it is a link that leaves the volume"
        case .notAllowed(_, let reason), .failed(_, let reason), .interrupted(_, let reason, _),
            .unsupported(let reason):
            reason
        case .changed: "it is changing right now"
        }
    }

    // MARK: - Files

    public func stat(_ key: String) async throws -> StoreEntry {
        try await run(key) {
            let status = try status(of: key)
            guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notFound(key) }
            return Self.entry(key, status)
        }
    }

    public func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let file = try await run(entry.key) { try self.open(entry, range) }
        let byteCount = max(1, min(Self.pieceByteCount, range.count))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position = range.lowerBound
        while position < range.upperBound {
            try Task.checkCancellation()
            let (start, rest) = (position, range.upperBound - position)
            // What is in memory is there at once: only what must be waited for is worth a change of threads.
            let count = clinux_read_cached(file.descriptor, buffer.baseAddress, min(Int64(byteCount), rest), start)
            if count > 0 {
                try sink(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
                position += count
            } else {
                let wanted = Int(min(Int64(Self.waitedByteCount), rest))
                let bytes = try await run(entry.key) {
                    try Self.bytes(of: file, at: start, byteCount: wanted, entry.key)
                }
                try bytes.withUnsafeBytes { bytes in
                    for start in stride(from: 0, to: bytes.count, by: byteCount) {
                        try sink(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(byteCount)))
                    }
                }
                position += Int64(bytes.count)
            }
        }
        try await run(entry.key) { try Self.checkUnchanged(entry, file) }
    }

    private func open(_ entry: StoreEntry, _ range: Range<Int64>) throws -> OpenFile {
        let path = try path(of: entry.key)
        // Without O_NONBLOCK, a pipe that took the file's place would never open.
        let file = OpenFile(
            try Self.systemCall(entry.key) { Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        )
        try Self.checkUnchanged(entry, file)
        posix_fadvise(file.descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_SEQUENTIAL)
        return file
    }

    /// - Throws: `StoreError.changed` where the file has become shorter.
    private static func bytes(of file: OpenFile, at position: Int64, byteCount: Int, _ key: String) throws -> [UInt8] {
        let bytes = try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            count = try systemCall(key, .read) {
                pread(file.descriptor, buffer.baseAddress, byteCount, off_t(position))
            }
        }
        if bytes.isEmpty { throw StoreError.changed(key) }
        return bytes
    }

    private static func checkUnchanged(_ entry: StoreEntry, _ file: OpenFile) throws {
        var status = FileStatus()
        try systemCall(entry.key) { fstat(file.descriptor, &status) }
        guard status.st_mode & S_IFMT == S_IFREG, self.entry(entry.key, status) == entry else {
            throw StoreError.changed(entry.key)
        }
    }

    private static func entry(_ key: String, _ status: FileStatus) -> StoreEntry {
        let time = status.st_mtim
        return StoreEntry(
            key: key,
            byteCount: Int64(status.st_size),
            modified: Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9),
            etag: "\(status.st_dev)-\(status.st_ino)-\(time.tv_sec)-\(time.tv_nsec)"
        )
    }

    // MARK: - Paths

    private func status(of key: String) throws(StoreError) -> FileStatus {
        let path = try path(of: key)
        var status = FileStatus()
        try Self.systemCall(key) { lstat(path, &status) }
        return status
    }

    /// The path of a key with every link resolved; it is below the root, or an error is thrown.
    private func path(of key: String) throws(StoreError) -> String {
        let path: String
        path = try Self.call(key) { () throws(SystemError) in
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
    private static func systemCall<Result: FixedWidthInteger>(
        _ key: String,
        _ kind: BlockingCall = .lookup,
        _ body: () -> Result
    ) throws(StoreError) -> Result {
        try call(key, kind) { () throws(SystemError) in try Files.systemCall(body) }
    }

    private static func call<Result>(
        _ key: String,
        _ kind: BlockingCall = .lookup,
        _ body: () throws(SystemError) -> Result
    ) throws(StoreError) -> Result {
        do throws(SystemError) {
            return try BlockingWork.call(kind, body)
        } catch {
            throw storeError(error, key)
        }
    }

    private static func storeError(_ error: SystemError, _ key: String) -> StoreError {
        switch error.code {
        case ENOENT, ENOTDIR: .notFound(key)
        case EACCES, EPERM: .notAllowed(key, reason: error.description)
        // Only a link that took the place of what was resolved a moment ago.
        case ELOOP: .failed(key, reason: "its links lead in a circle")
        default: .failed(key, reason: error.description)
        }
    }
}
