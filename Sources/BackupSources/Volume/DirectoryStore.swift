public import Backups
import FoundationEssentials
import Glibc

/// What lstat(2) and its relatives fill in; `Store.stat` would hide its own name.
private typealias FileStatus = stat

/// A directory and what lies below it, as a store. Only regular files are files; links are followed within it.
public struct DirectoryStore: Store {
    /// The absolute path, every link in it resolved.
    private let root: String

    public let reach = StoreReach.local

    private static let bufferByteCount = 1 << 20

    /// - Throws: `SystemError` where the directory can't be found.
    public init(root: String) throws(SystemError) {
        self.root = try Self.resolved(root)
    }

    // MARK: - Listing

    public func list(_ request: ListRequest) async throws -> ListPage {
        guard !request.listsVersions else { throw StoreError.unsupported(reason: "a volume keeps no older versions") }
        // Folders above the last "/" of the prefix select where to look, the rest what names there begin with.
        let slash = request.prefix.lastIndex(of: "/").map { request.prefix.index(after: $0) }
        let folder = String(request.prefix[..<(slash ?? request.prefix.startIndex)])
        var found = Found(start: request.prefix, foldsAtSlash: request.delimiter == "/")
        try collect(folder, into: &found)
        if let delimiter = request.delimiter, delimiter != "/" { found.fold(at: delimiter) }
        return found.page(from: request.start, limit: request.limit)
    }

    /// What a listing has come upon, in no order yet.
    private struct Found {
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
                // They have no place in the order, so they are told once, on the first page.
                unusable = []
            }
            entries = ByteOrder.sorted(entries, by: \.key, skippingByteCount: start.utf8.count)
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

    private func collect(_ folder: String, into found: inout Found) throws {
        try Task.checkCancellation()
        let directory: OpaquePointer
        do throws(StoreError) {
            let path = try path(of: folder)
            guard let opened = opendir(path) else { throw Self.storeError(SystemError(code: errno), folder) }
            directory = opened
        } catch {
            if case .notFound = error { return }
            throw error
        }
        defer { closedir(directory) }
        var folders: [String] = []
        while true {
            errno = 0
            guard let item = readdir(directory) else {
                if errno != 0 { throw Self.storeError(SystemError(code: errno), folder) }
                break
            }
            try visit(item, in: folder, descriptor: dirfd(directory), into: &found, &folders)
        }
        for folder in folders { try collect(folder, into: &found) }
    }

    /// One name of a directory: a file, a folder to fold into a prefix or to look into later, or neither.
    private func visit(
        _ item: UnsafeMutablePointer<dirent>,
        in folder: String,
        descriptor: Int32,
        into found: inout Found,
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
        } else if type == DT_REG, fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
            // Removed since the directory was read.
            if errno == ENOENT { return }
            throw Self.storeError(SystemError(code: errno), key)
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
        case .changed: "it changes just now"
        }
    }

    // MARK: - Files

    public func stat(_ key: String) async throws -> StoreEntry {
        let status = try status(of: key)
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notFound(key) }
        return Self.entry(key, status)
    }

    public func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let path = try path(of: entry.key)
        // Without O_NONBLOCK, a pipe that took the file's place would never open.
        let descriptor = try Self.call(entry.key) { open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        defer { close(descriptor) }
        try Self.checkUnchanged(entry, descriptor)
        posix_fadvise(descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_SEQUENTIAL)

        let byteCount = max(1, min(Self.bufferByteCount, range.count))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position = range.lowerBound
        while position < range.upperBound {
            try Task.checkCancellation()
            let wanted = Int(min(Int64(buffer.count), range.upperBound - position))
            let count = try Self.call(entry.key) { pread(descriptor, buffer.baseAddress, wanted, off_t(position)) }
            if count == 0 { throw StoreError.changed(entry.key) }
            try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            position += Int64(count)
        }
        try Self.checkUnchanged(entry, descriptor)
    }

    private static func checkUnchanged(_ entry: StoreEntry, _ descriptor: Int32) throws {
        var status = FileStatus()
        try call(entry.key) { fstat(descriptor, &status) }
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
            tag: "\(status.st_dev)-\(status.st_ino)-\(time.tv_sec)-\(time.tv_nsec)"
        )
    }

    // MARK: - Paths

    private func status(of key: String) throws(StoreError) -> FileStatus {
        let path = try path(of: key)
        var status = FileStatus()
        try Self.call(key) { lstat(path, &status) }
        return status
    }

    /// The path of a key with every link resolved; it is below the root, or an error is thrown.
    private func path(of key: String) throws(StoreError) -> String {
        let path: String
        do throws(SystemError) {
            path = try Self.resolved(key.isEmpty ? root : "\(root)/\(key)")
        } catch {
            throw Self.storeError(error, key)
        }
        guard path == root || path.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8) else {
            throw .leavesStore(key, target: path)
        }
        return path
    }

    private static func resolved(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else { throw SystemError(code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    @discardableResult
    private static func call<Result: FixedWidthInteger>(
        _ key: String,
        _ call: () -> Result
    ) throws(StoreError) -> Result {
        do throws(SystemError) {
            return try systemCall(call)
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
