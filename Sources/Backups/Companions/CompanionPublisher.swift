import Blocking
import Files
import Glibc

/// Gives companions their names, one after the other: each is a new file in its folder, synced and then renamed.
///
/// Its hidden files have names that nothing else has, so that none of them ever takes the place of another file.
struct CompanionPublisher {
    let root: Int32
    let spool: CompanionSpool
    let replacesExisting: Bool
    /// The file of the backup, which no companion replaces, whatever its path is; `nil` where there is none.
    let backup: FileMark?

    /// The folder of the one before: most have several.
    private var folder: (parts: ArraySlice<String>, open: OpenFolder)?

    init(root: Int32, spool: CompanionSpool, replacesExisting: Bool, backup: FileMark?) {
        self.root = root
        self.spool = spool
        self.replacesExisting = replacesExisting
        self.backup = backup
    }

    /// Gives one its name.
    ///
    /// - Returns: Whether it is new: not where the same bytes have the name already.
    /// - Throws: `CompanionRefusal`.
    mutating func publish(_ companion: SpooledCompanion, at path: CompanionPath) throws(CompanionRefusal) -> Bool {
        do throws(SystemError) {
            let folder = try open(path.folders).descriptor
            if try isThere(companion, as: path.name, in: folder) { return false }
            let isReplaceable = replacesExisting && !isBackup(path.name, in: folder)
            try write(companion, as: path.name, in: folder, replacing: isReplaceable)
        } catch {
            if error.code == EEXIST { throw .exists }
            throw .cannotWrite(reason: error.description)
        }
        return true
    }

    /// Opens a folder, made where it is missing. No link is followed on the way.
    private mutating func open(_ parts: ArraySlice<String>) throws(SystemError) -> OpenFolder {
        if let folder, folder.parts == parts { return folder.open }
        var open = try OpenFolder(".", in: root)
        for part in parts {
            let parent = open.descriptor
            try BlockingWork.call(.lookup) { () throws(SystemError) in
                if mkdirat(parent, part, 0o700) != 0, errno != EEXIST { throw SystemError(code: errno) }
            }
            open = try OpenFolder(part, in: parent)
        }
        folder = (parts, open)
        return open
    }

    /// Whether a name is the backup's own.
    private func isBackup(_ name: String, in folder: Int32) -> Bool {
        guard let backup else { return false }
        var status = stat()
        let isThere = BlockingWork.call(.lookup) { fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 }
        return isThere && FileMark(status).isSameFile(as: backup)
    }

    /// Whether the file of that name has the same bytes, and only its owner can read it.
    private func isThere(
        _ companion: SpooledCompanion,
        as name: String,
        in folder: Int32
    ) throws(SystemError) -> Bool {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor = BlockingWork.call(.lookup) { openat(folder, name, flags) }
        guard descriptor >= 0 else { return false }
        defer { BlockingWork.call(.lookup) { _ = close(descriptor) } }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0,
            status.st_uid == geteuid(), Int64(status.st_size) == companion.bytes.byteCount
        else { return false }
        var isSame = true
        try spool.read(companion.bytes) { piece, offset throws(SystemError) in
            var other = [UInt8](repeating: 0, count: piece.count)
            let count = try BlockingWork.call(.read) { () throws(SystemError) in
                try systemCall { pread(descriptor, &other, other.count, off_t(offset)) }
            }
            isSame = count == piece.count && piece.elementsEqual(other)
            return isSame
        }
        return isSame
    }

    private func write(
        _ companion: SpooledCompanion,
        as name: String,
        in folder: Int32,
        replacing replacesExisting: Bool
    ) throws(SystemError) {
        let hidden = ".companion-\(getpid())-\(UInt64.random(in: 0 ... .max)).part"
        let descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
            try systemCall { openat(folder, hidden, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        }
        do throws(SystemError) {
            defer { BlockingWork.call(.write) { _ = close(descriptor) } }
            try spool.read(companion.bytes) { piece, offset throws(SystemError) in
                var done = 0
                while done < piece.count {
                    done += try BlockingWork.call(.write) { () throws(SystemError) in
                        try systemCall {
                            pwrite(
                                descriptor,
                                piece.baseAddress.map { $0 + done },
                                piece.count - done,
                                off_t(offset) + off_t(done)
                            )
                        }
                    }
                }
                return true
            }
            try BlockingWork.call(.sync) { () throws(SystemError) in try systemCall { fsync(descriptor) } }
            try BlockingWork.call(.write) { () throws(SystemError) in
                if replacesExisting {
                    try systemCall { renameat(folder, hidden, folder, name) }
                } else {
                    try renameWithoutReplacing(hidden, to: name, in: folder)
                }
            }
        } catch {
            BlockingWork.call(.write) { _ = unlinkat(folder, hidden, 0) }
            throw error
        }
        BlockingWork.call(.sync) { _ = fsync(folder) }
    }
}

/// A folder that is open for as long as this lives.
private final class OpenFolder {
    let descriptor: Int32

    /// - Throws: `SystemError`.
    init(_ name: String, in folder: Int32) throws(SystemError) {
        descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
            try systemCall { openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        }
    }

    deinit { BlockingWork.call(.lookup) { _ = close(descriptor) } }
}
