import Blocking
import Files
import Glibc
import Snapshot

/// A file that is at a download's destination already. It is opened once, so that each check is of the same file.
final class ExistingFile: Sendable {
    /// The size in bytes.
    let byteCount: Int64
    private let folder: DestinationFolder
    private let descriptor: Int32
    /// As it was when it was opened.
    let opened: FileMark

    /// - Returns: `nil` where nothing stands there.
    /// - Throws: `ExistingFileDifference` where it can't be what a download leaves: a file, no link, of this user, that
    ///   no one else may write to.
    init?(at destination: String) throws(ExistingFileDifference) {
        guard let folder = try? DestinationFolder(of: destination) else { return nil }
        // Without O_NONBLOCK, a pipe would be waited for.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor: Int32
        do throws(SystemError) {
            descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
                try systemCall { openat(folder.descriptor, folder.name, flags) }
            }
        } catch {
            guard folder.mark(of: folder.name) != nil else { return nil }
            switch error.code {
            case ELOOP: throw .link
            case ENXIO: throw .notRegular
            default: throw .unreadable(reason: error.description)
            }
        }
        var status = stat()
        if let difference = fstat(descriptor, &status) == 0 ? Self.difference(status) : .changed {
            close(descriptor)
            throw difference
        }
        self.folder = folder
        self.descriptor = descriptor
        opened = FileMark(status)
        byteCount = opened.byteCount
    }

    deinit {
        BlockingWork.call(.lookup) { _ = close(descriptor) }
    }

    private static func difference(_ status: stat) -> ExistingFileDifference? {
        if status.st_mode & S_IFMT != S_IFREG { return .notRegular }
        if status.st_uid != geteuid() { return .otherOwner }
        let isForOthers = status.st_mode & (S_IWGRP | S_IWOTH) != 0
        return isForOthers ? .writableByOthers(mode: UInt32(status.st_mode & 0o7777)) : nil
    }

    /// The file, open for as long as this is used.
    var input: FileInput { FileInput(descriptor) }

    /// Its last bytes.
    ///
    /// - Throws: `ExistingFileDifference` where it has fewer or can't be read.
    func lastBytes(_ count: Int) throws(ExistingFileDifference) -> [UInt8] {
        guard byteCount >= count else { throw .changed }
        return try bytes(count, at: byteCount - Int64(count))
    }

    /// So many bytes at an offset.
    ///
    /// - Throws: `ExistingFileDifference` where it has fewer or can't be read.
    func bytes(_ count: Int, at offset: Int64) throws(ExistingFileDifference) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        do throws(SystemError) {
            let reading = BlockingWork.call(.read) {
                bytes.withUnsafeMutableBytes { buffer in
                    Result { () throws(SystemError) in
                        try systemCall { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
                    }
                }
            }
            let readCount = try reading.get()
            guard readCount == count else { throw SystemError(code: EIO) }
        } catch {
            throw .unreadable(reason: error.description)
        }
        return bytes
    }

    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    func verify(
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> CheckResult {
        try await SnapshotFile(openedAs: descriptor).verify(onProgress: onProgress)
    }

    /// Whether it is the same file still.
    var isUnchanged: Bool {
        BlockingWork.call(.lookup) { FileMark(descriptor) == opened }
    }

    /// What stands under its name now.
    var markOfName: FileMark? {
        BlockingWork.call(.lookup) { folder.mark(of: folder.name) }
    }

    /// Removes what a process that was killed while it gave the file its name left beside it: the file's second name
    /// and, of an encoded backup, the bytes as they came.
    func removeHiddenNames(isEncoded: Bool, _ safeguards: Safeguards) {
        BlockingWork.call(.write) {
            for role in PartialFile.Role.allCases {
                let hiddenName = role.hiddenName(for: folder.name)
                guard folder.mark(of: hiddenName)?.isSameFile(as: opened) == true else { continue }
                folder.remove(hiddenName)
            }
            if isEncoded { PartialFile.removeLeftover(in: folder, safeguards) }
        }
    }

    /// Syncs it and its folder: the process that wrote it may have been killed before it did.
    ///
    /// - Throws: `SystemError` where the disk failed.
    func sync(_ safeguards: Safeguards) throws(SystemError) {
        do throws(SystemError) {
            try BlockingWork.call(.sync) { () throws(SystemError) in try systemCall { fsync(descriptor) } }
        } catch  where [EINVAL, ENOTSUP, EROFS, EBADF].contains(error.code) {
            // Nothing that is open for reading only can be synced there.
        }
        let code = BlockingWork.call(.sync) { safeguards.syncFolder(folder.descriptor, folder.path) }
        if code != 0, code != EROFS { throw SystemError(code: code) }
    }
}
