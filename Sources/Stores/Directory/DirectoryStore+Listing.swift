public import Backups
import Files
import Glibc
import Text

extension DirectoryStore {
    public func list(_ request: ListRequest) async throws -> ListPage {
        guard !request.listsVersions else { throw StoreError.unsupported(reason: "a volume keeps no older versions") }
        return try await run(request.prefix) { try page(request) }
    }

    private func page(_ request: ListRequest) throws -> ListPage {
        // Folders above the last "/" of the prefix select where to look, the rest what names there begin with.
        let folder = PathParts(request.prefix).lead
        var found = FolderContents(start: request.prefix, foldsAtSlash: request.delimiter == "/")
        try collect(folder, into: &found)
        if let delimiter = request.delimiter, delimiter != "/" { found.fold(at: delimiter) }
        return found.page(from: request.start, limit: request.limit)
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
}
