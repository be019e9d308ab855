import Blocking
import Glibc
import Snapshot

/// A file that stands under a download's destination already: opened once, so that what is proven of it is of one file.
final class ExistingFile: Sendable {
    /// The size in bytes.
    let byteCount: Int64
    private let name: String
    private let folder: String
    private let folderDescriptor: Int32
    private let descriptor: Int32
    private let opened: FileMark

    /// What is another after every change of a file.
    private struct FileMark: Equatable, Sendable {
        var device: UInt64
        var inode: UInt64
        var byteCount: Int64
        var modified: [Int]
        var changed: [Int]

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            byteCount = Int64(status.st_size)
            modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
    }

    /// - Returns: `nil` where nothing stands there that could be what a download leaves: a file, no link, of this user, that
    ///   nobody else may write to.
    init?(at destination: String) {
        let (folder, name) = Self.parts(of: destination)
        guard let folderDescriptor = Self.opened({ open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }) else {
            return nil
        }
        // Without O_NONBLOCK, a pipe would be waited for.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        guard let descriptor = Self.opened({ openat(folderDescriptor, name, flags) }) else {
            close(folderDescriptor)
            return nil
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & (S_IWGRP | S_IWOTH) == 0
        else {
            close(descriptor)
            close(folderDescriptor)
            return nil
        }
        self.name = name
        self.folder = folder
        self.folderDescriptor = folderDescriptor
        self.descriptor = descriptor
        opened = FileMark(status)
        byteCount = opened.byteCount
    }

    deinit {
        BlockingWork.call(.lookup) {
            close(descriptor)
            close(folderDescriptor)
        }
    }

    private static func opened(_ call: () -> Int32) -> Int32? {
        BlockingWork.call(.lookup) { try? systemCall(call) }
    }

    private static func parts(of destination: String) -> (folder: String, name: String) {
        guard let slash = destination.lastIndex(of: "/") else { return (".", destination) }
        let folder = slash == destination.startIndex ? "/" : String(destination[..<slash])
        return (folder, String(destination[destination.index(after: slash)...]))
    }

    /// Its last bytes, `nil` where it has fewer or can't be read.
    func lastBytes(_ count: Int) -> [UInt8]? {
        guard byteCount >= count else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let readCount = BlockingWork.call(.read) {
            try? bytes.withUnsafeMutableBytes { buffer in
                try systemCall { pread(descriptor, buffer.baseAddress, buffer.count, off_t(byteCount - Int64(count))) }
            }
        }
        return readCount == count ? bytes : nil
    }

    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    func verify(
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> Verification {
        try await SnapshotFile(openedAs: descriptor).verify(onProgress: onProgress)
    }

    /// Whether it is the same file still, under the same name.
    var isUnchanged: Bool {
        BlockingWork.call(.lookup) {
            var (status, named) = (stat(), stat())
            return fstat(descriptor, &status) == 0 && FileMark(status) == opened
                && fstatat(folderDescriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && FileMark(named) == opened
        }
    }

    /// Takes away the second name that is left where a process was killed between giving a file its name and taking the
    /// hidden one away.
    func removeHiddenName() {
        var hidden = stat()
        let hiddenName = PartialFile.hiddenName(for: name)
        guard fstatat(folderDescriptor, hiddenName, &hidden, AT_SYMLINK_NOFOLLOW) == 0,
            FileMark(hidden).inode == opened.inode, FileMark(hidden).device == opened.device
        else { return }
        unlinkat(folderDescriptor, hiddenName, 0)
    }

    /// Makes sure that it outlasts a power failure: who wrote it may have been killed before that was done.
    ///
    /// - Throws: `SystemError` where the disk failed.
    func sync(_ safeguards: Safeguards) throws(SystemError) {
        do throws(SystemError) {
            try BlockingWork.call(.sync) { () throws(SystemError) in try systemCall { fsync(descriptor) } }
        } catch  where [EINVAL, ENOTSUP, EROFS, EBADF].contains(error.code) {
            // Nothing that is open for reading only can be synced there.
        }
        let code = BlockingWork.call(.sync) { safeguards.syncFolder(folderDescriptor, folder) }
        if code != 0, code != EROFS { throw SystemError(code: code) }
    }
}
