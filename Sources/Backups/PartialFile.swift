import CLinux
import Glibc

/// A file on its way: hidden as `.NAME.part` beside its destination until it is whole, then given its name.
///
/// One process at a time writes it; the lock goes with the process, so what a killed one left can be written over.
final class PartialFile {
    private let destination: String
    /// Whether an earlier download had left bytes here, which are dropped.
    let replacedLeftover: Bool
    private let name: String
    private let partialName: String
    private let folderDescriptor: Int32
    /// Open for reading and writing as long as this object lives.
    let descriptor: Int32
    private(set) var byteCount: Int64 = 0
    /// Up to where the kernel was told to begin writing to the disk.
    private var flushedByteCount: Int64 = 0

    /// The written bytes that may wait in memory before the disk is kept busy with them.
    private static let flushByteCount: Int64 = 8 << 20

    /// - Throws: `DownloadError` where the folder is missing, not writable or too full, where the destination exists,
    ///   or where another process writes the same file.
    init(
        destination: String,
        byteCount: Int64,
        replacesExisting: Bool,
        keepsUnverified: Bool
    ) throws(DownloadError) {
        let slash = destination.lastIndex(of: "/")
        let name = String(slash.map { destination[destination.index(after: $0)...] } ?? destination[...])
        let folder = slash.map { $0 == destination.startIndex ? "/" : String(destination[..<$0]) } ?? "."
        let partialName = ".\(name).part"
        guard !name.isEmpty, name != ".", name != ".." else {
            throw .cannotWrite(path: destination, reason: "that is not a file's name")
        }
        let folderDescriptor: Int32
        do throws(SystemError) {
            folderDescriptor = try systemCall { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        } catch {
            throw .noFolder(path: folder, reason: error.description)
        }
        do throws(DownloadError) {
            let names = keepsUnverified ? [name, Self.unverifiedName(for: name)] : [name]
            if !replacesExisting, let taken = names.first(where: { Self.exists($0, in: folderDescriptor) }) {
                throw .destinationExists(path: Self.path(of: taken, beside: destination))
            }
            if Self.exists(name, in: folderDescriptor), !Self.isReplaceable(name, in: folderDescriptor) {
                throw .cannotWrite(path: destination, reason: "what stands there is not a file")
            }
            try Self.checkSpace(in: folder, folderDescriptor, neededByteCount: byteCount, replacing: partialName)
            descriptor = try Self.openLocked(partialName, in: folderDescriptor, for: destination)
        } catch {
            close(folderDescriptor)
            throw error
        }
        self.destination = destination
        self.name = name
        self.partialName = partialName
        self.folderDescriptor = folderDescriptor
        replacedLeftover = lseek(descriptor, 0, SEEK_END) > 0
        ftruncate(descriptor, 0)
        fchmod(descriptor, 0o600)
    }

    deinit {
        close(descriptor)
        close(folderDescriptor)
    }

    /// Writes the bytes that follow those already written.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
        var rest = bytes
        do throws(SystemError) {
            while let start = rest.baseAddress, !rest.isEmpty {
                let written = try systemCall { pwrite(descriptor, start, rest.count, off_t(byteCount)) }
                byteCount += Int64(written)
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        } catch {
            throw .cannotWrite(path: destination, reason: error.description)
        }
        if byteCount - flushedByteCount >= Self.flushByteCount {
            // Only a start given to the disk while the next bytes come: `publish` is what makes sure.
            _ = clinux_start_writeback(descriptor, flushedByteCount, byteCount - flushedByteCount)
            flushedByteCount = byteCount
        }
    }

    /// Syncs the file, gives it a name in its folder, and syncs the folder.
    ///
    /// - Parameter finalName: Another name than the destination's, in the same folder.
    /// - Returns: The path that the file has now.
    @discardableResult
    func publish(as finalName: String? = nil, replacesExisting: Bool) throws(DownloadError) -> String {
        let finalName = finalName ?? name
        let path = Self.path(of: finalName, beside: destination)
        do throws(SystemError) {
            try systemCall { fsync(descriptor) }
            if replacesExisting {
                try systemCall { renameat(folderDescriptor, partialName, folderDescriptor, finalName) }
            } else {
                try renameWithoutReplacing(to: finalName)
            }
            try systemCall { fsync(folderDescriptor) }
        } catch {
            if error.code == EEXIST { throw .destinationExists(path: path) }
            throw .cannotWrite(path: path, reason: error.description)
        }
        return path
    }

    /// Removes the file; it has no name any more.
    func discard() {
        unlinkat(folderDescriptor, partialName, 0)
    }

    /// The name that bytes are kept under which could not be verified.
    var unverifiedName: String { Self.unverifiedName(for: name) }

    private static func unverifiedName(for name: String) -> String { name + ".unverified" }

    private func renameWithoutReplacing(to finalName: String) throws(SystemError) {
        do {
            try systemCall { clinux_rename_noreplace(folderDescriptor, partialName, finalName) }
        } catch {
            // A file system that can't (NFS among them): a second name for the file, then the first one goes.
            guard error.code == EINVAL || error.code == ENOSYS else { throw error }
            try systemCall { linkat(folderDescriptor, partialName, folderDescriptor, finalName, 0) }
            try systemCall { unlinkat(folderDescriptor, partialName, 0) }
        }
    }

    /// The path of a name in the folder of a destination, written as that is.
    private static func path(of name: String, beside destination: String) -> String {
        destination[..<(destination.lastIndex(of: "/").map(destination.index(after:)) ?? destination.startIndex)] + name
    }

    private static func exists(_ name: String, in folder: Int32) -> Bool {
        var status = stat()
        return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Whether it is a file or a link: a device or a pipe is never replaced.
    private static func isReplaceable(_ name: String, in folder: Int32) -> Bool {
        var status = stat()
        return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT)
    }

    private static func checkSpace(
        in path: String,
        _ folder: Int32,
        neededByteCount: Int64,
        replacing partialName: String
    ) throws(DownloadError) {
        var status = statvfs()
        // A file system without bounds says that it has no blocks at all.
        guard fstatvfs(folder, &status) == 0, status.f_blocks > 0 else { return }
        let (free, overflow) = Int64(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        // What an earlier download left here is dropped, and its room becomes free.
        var leftover = stat()
        let isThere = fstatat(folder, partialName, &leftover, AT_SYMLINK_NOFOLLOW) == 0
        if !overflow, free < neededByteCount - (isThere ? Int64(leftover.st_blocks) * 512 : 0) {
            throw .noSpace(folder: path, neededByteCount: neededByteCount, freeByteCount: free)
        }
    }

    /// Opens the partial file, made where it is missing, with a lock that ends with this process.
    private static func openLocked(
        _ partialName: String,
        in folder: Int32,
        for destination: String
    ) throws(DownloadError) -> Int32 {
        let partialPath = path(of: partialName, beside: destination)
        // A process that just finished may have renamed the file between our open and our lock: then once more.
        for _ in 0..<10 {
            let descriptor: Int32
            do throws(SystemError) {
                descriptor = try systemCall {
                    openat(folder, partialName, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
                }
            } catch {
                let isInTheWay = [EISDIR, ELOOP, ENXIO].contains(error.code)
                throw .cannotWrite(path: isInTheWay ? partialPath : destination, reason: error.description)
            }
            var opened = stat()
            if fstat(descriptor, &opened) != 0 || opened.st_mode & S_IFMT != S_IFREG {
                close(descriptor)
                throw .cannotWrite(path: partialPath, reason: "what stands there is not a file")
            }
            var named = stat()
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0,
                fstatat(folder, partialName, &named, AT_SYMLINK_NOFOLLOW) == 0,
                opened.st_ino == named.st_ino
            {
                if named.st_nlink == 1 { return descriptor }
                // A finished file's second name, left where a process was killed between giving it the first one and
                // taking this one away: the file is not ours to write to.
                unlinkat(folder, partialName, 0)
            }
            close(descriptor)
        }
        throw .busy(path: destination)
    }
}
