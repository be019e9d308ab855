import Blocking
import CLinux
import Files
import Glibc
import Synchronization

/// A file on its way: hidden as `.NAME.part` beside its destination until it is whole, then given its name.
///
/// What is encoded comes first into such a file, and is decoded into a second one, `.NAME.decoded`.
///
/// One process at a time writes it; the lock goes with the process, so what a killed one left can be written over or
/// resumed. Several tasks of one process may write to it, each its own bytes.
final class PartialFile: Sendable {
    private let destination: String
    /// Whether an earlier download had left bytes here, which are dropped.
    let replacedLeftover: Bool
    /// How many bytes of an earlier download are used.
    let resumedByteCount: Int64
    private let name: String
    private let partialName: String
    private let folder: String
    private let folderDescriptor: Int32
    private let safeguards: Safeguards
    /// Open for reading and writing as long as this object lives.
    let descriptor: Int32
    /// Whose bytes they are, if a later download may resume them.
    private let identity: ResumeRecord.Identity?
    private let written: Mutex<Written>

    private struct Written {
        var ranges = ByteRanges()
        /// Up to where the kernel was told to begin writing to the disk.
        var flushedByteCount: Int64 = 0
        /// How many bytes there were when it was noted which.
        var notedByteCount: Int64 = 0
        /// Whether the file has its final name: from then on it is not ours to write to, nor to remove.
        var isPublished = false
    }

    /// The written bytes that may wait in memory before the disk is kept busy with them.
    private static let flushByteCount: Int64 = 8 << 20

    /// Which of a download's files it is.
    enum Role: Sendable {
        /// What comes from the source.
        case arriving
        /// What that decodes to.
        case decoded

        /// The name of such a file on its way to a name. It is that of no other download's: their endings differ.
        func hiddenName(for name: String) -> String {
            switch self {
            case .arriving: ".\(name).part"
            case .decoded: ".\(name).decoded"
            }
        }
    }

    /// - Parameters:
    ///   - neededByteCount: How much room is needed, as far as that is known.
    ///   - keptEndings: What is behind the destination's name in others that may be given to it, and must be free, too.
    /// - Throws: `DownloadError` where the folder is missing, not writable or too full, where the destination exists,
    ///   or where another process writes the same file.
    init(
        _ role: Role = .arriving,
        destination: String,
        neededByteCount: Int64,
        replacesExisting: Bool,
        keptEndings: [String] = [],
        identity: ResumeRecord.Identity? = nil,
        safeguards: Safeguards
    ) throws(DownloadError) {
        let slash = destination.lastIndex(of: "/")
        let name = String(slash.map { destination[destination.index(after: $0)...] } ?? destination[...])
        let folder = slash.map { $0 == destination.startIndex ? "/" : String(destination[..<$0]) } ?? "."
        let partialName = role.hiddenName(for: name)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw .cannotWrite(path: destination, reason: "that is not a file's name")
        }
        let folderDescriptor: Int32
        do throws(SystemError) {
            folderDescriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
                try systemCall { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            }
        } catch {
            throw .noFolder(path: folder, reason: error.description)
        }
        do throws(DownloadError) {
            descriptor = try BlockingWork.call(.lookup) { () throws(DownloadError) in
                let names = [name] + keptEndings.map { name + $0 }
                if !replacesExisting, let taken = names.first(where: { Self.exists($0, in: folderDescriptor) }) {
                    throw .destinationExists(path: Self.path(of: taken, beside: destination))
                }
                if Self.exists(name, in: folderDescriptor), !Self.isReplaceable(name, in: folderDescriptor) {
                    throw .cannotWrite(path: destination, reason: "it exists and is not a regular file")
                }
                try Self.checkSpace(
                    in: folder,
                    folderDescriptor,
                    neededByteCount: neededByteCount,
                    replacing: partialName
                )
                return try Self.openLocked(partialName, in: folderDescriptor, for: destination, safeguards)
            }
        } catch {
            close(folderDescriptor)
            throw error
        }
        self.destination = destination
        self.name = name
        self.partialName = partialName
        self.folder = folder
        self.folderDescriptor = folderDescriptor
        self.safeguards = safeguards
        self.identity = identity
        let leftoverByteCount = lseek(descriptor, 0, SEEK_END)
        var written = Written()
        if let identity, let ranges = Self.record(in: descriptor, for: identity)?.ranges {
            written.ranges = ranges
        } else {
            Self.truncate(descriptor)
        }
        resumedByteCount = written.ranges.byteCount
        replacedLeftover = leftoverByteCount > 0 && resumedByteCount == 0
        self.written = Mutex(written)
        fchmod(descriptor, 0o600)
    }

    deinit {
        BlockingWork.call(.write) {
            Safeguards.unlockAndClose(descriptor)
            close(folderDescriptor)
        }
    }

    private static func truncate(_ descriptor: Int32) {
        BlockingWork.call(.write) { _ = ftruncate(descriptor, 0) }
    }

    /// The bytes that are there.
    var ranges: ByteRanges { written.withLock(\.ranges) }

    /// Writes bytes in their place.
    ///
    /// - Returns: How many bytes are there now, and how many of them from the start on without a gap.
    @discardableResult
    func write(
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int64
    ) throws(DownloadError) -> (byteCount: Int64, contiguousByteCount: Int64) {
        var rest = bytes
        var position = offset
        do throws(SystemError) {
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = try Self.call(.write) { pwrite(descriptor, start, rest.count, off_t(position)) }
                position += Int64(count)
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        } catch {
            throw .cannotWrite(path: destination, reason: error.description)
        }
        let (done, unflushed, isWorthNoting) = written.withLock { written in
            written.ranges.insert(offset..<position)
            let contiguousByteCount = written.ranges.contiguousByteCount
            var unflushed: Range<Int64>?
            if contiguousByteCount - written.flushedByteCount >= Self.flushByteCount {
                unflushed = written.flushedByteCount..<contiguousByteCount
                written.flushedByteCount = contiguousByteCount
            }
            let byteCount = written.ranges.byteCount
            let isWorthNoting = byteCount - written.notedByteCount >= Self.flushByteCount
            if isWorthNoting { written.notedByteCount = byteCount }
            return ((byteCount, contiguousByteCount), unflushed, isWorthNoting)
        }
        if let unflushed {
            // Only a start given to the disk while the next bytes come: `publish` is what makes sure.
            BlockingWork.call(.write) {
                _ = clinux_start_writeback(descriptor, unflushed.lowerBound, Int64(unflushed.count))
            }
        }
        // So that a download that is killed loses no more than that.
        if isWorthNoting { noteProgress() }
        return done
    }

    // MARK: - For a later download

    /// Notes which bytes are there, so that a later download resumes with them. A failure to note them costs only those
    /// bytes. A published file is left as it is.
    func noteProgress() {
        guard let identity else { return }
        written.withLock { written in
            guard !written.isPublished, let bytes = try? ResumeRecord(identity, done: written.ranges).bytes() else {
                return
            }
            BlockingWork.call(.write) {
                let count = bytes.withUnsafeBytes {
                    pwrite(descriptor, $0.baseAddress, $0.count, off_t(identity.byteCount))
                }
                if count > 0 { ftruncate(descriptor, off_t(identity.byteCount) + off_t(count)) }
            }
        }
    }

    /// What a partial file says of itself, where it is of the same backup.
    private static func record(in descriptor: Int32, for identity: ResumeRecord.Identity) -> ResumeRecord? {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = BlockingWork.call(.read) {
            bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(identity.byteCount)) }
        }
        guard count > 0, let record = ResumeRecord(Array(bytes.prefix(count))), record.identity == identity else {
            return nil
        }
        return record
    }

    /// Forgets all bytes: they were not of one sound file.
    func startOver() {
        written.withLock { $0 = Written() }
        Self.truncate(descriptor)
    }

    /// Waits until the disk has all bytes.
    func sync() throws(DownloadError) {
        let end = ranges.end
        do throws(SystemError) {
            try Self.call(.write) { ftruncate(descriptor, off_t(end)) }
            try Self.call(.sync) { fsync(descriptor) }
        } catch {
            throw .cannotWrite(path: destination, reason: error.description)
        }
    }

    /// Whether the file has its final name.
    var isPublished: Bool { written.withLock(\.isPublished) }

    /// Gives the synced file a name in its folder, and syncs the folder.
    ///
    /// - Parameter ending: What its name has behind the destination's.
    /// - Returns: The path that the file has now.
    /// - Throws: `DownloadError.notSynced` where it has that path, but the disk failed afterwards.
    @discardableResult
    func publish(withEnding ending: String = "", replacesExisting: Bool) throws(DownloadError) -> String {
        let finalName = name + ending
        let path = Self.path(of: finalName, beside: destination)
        do throws(SystemError) {
            try BlockingWork.call(.write) { () throws(SystemError) in
                // A call that fails may have given the name before it did.
                defer { if isNamed(finalName) { written.withLock { $0.isPublished = true } } }
                if replacesExisting {
                    try systemCall { renameat(folderDescriptor, partialName, folderDescriptor, finalName) }
                } else {
                    try renameWithoutReplacing(to: finalName)
                }
            }
            let code = BlockingWork.call(.sync) { safeguards.syncFolder(folderDescriptor, folder) }
            guard code == 0 else { throw SystemError(code: code) }
        } catch {
            if isPublished { throw .notSynced(path: path, reason: error.description) }
            if error.code == EEXIST { throw .destinationExists(path: path) }
            throw .cannotWrite(path: path, reason: error.description)
        }
        return path
    }

    /// Whether a name in the folder is this file's.
    private func isNamed(_ name: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && fstatat(folderDescriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0
            && (opened.st_dev, opened.st_ino) == (named.st_dev, named.st_ino)
    }

    /// Removes the file; it has no name any more. A published file is left as it is.
    func discard() {
        guard !isPublished else { return }
        BlockingWork.call(.write) { _ = unlinkat(folderDescriptor, partialName, 0) }
    }

    /// Removes what a killed download has left on its way to a name, unless another process writes it.
    static func removeLeftover(of name: String, in folder: Int32, _ safeguards: Safeguards) {
        let hiddenName = Role.arriving.hiddenName(for: name)
        let descriptor = openat(folder, hiddenName, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { Safeguards.unlockAndClose(descriptor) }
        var opened = stat()
        guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG,
            safeguards.lock(descriptor, hiddenName),
            FileMark(hiddenName, in: folder)?.isSameFile(as: FileMark(opened)) == true
        else { return }
        unlinkat(folder, hiddenName, 0)
    }

    @discardableResult
    private static func call<Result: FixedWidthInteger>(
        _ kind: BlockingCall,
        _ body: () -> Result
    ) throws(SystemError) -> Result {
        try BlockingWork.call(kind) { () throws(SystemError) in try systemCall(body) }
    }

    private func renameWithoutReplacing(to finalName: String) throws(SystemError) {
        do {
            try systemCall { clinux_rename_noreplace(folderDescriptor, partialName, finalName) }
        } catch {
            // A file system that can't (NFS among them): a second name for the file, then the first one goes.
            guard error.code == EINVAL || error.code == ENOSYS else { throw error }
            do throws(SystemError) {
                try systemCall { linkat(folderDescriptor, partialName, folderDescriptor, finalName, 0) }
            } catch  where [EPERM, ENOTSUP, ENOSYS].contains(error.code) {
                // One without second names either (CIFS, FAT, many of FUSE): only the moment in between is not guarded.
                if Self.exists(finalName, in: folderDescriptor) { throw SystemError(code: EEXIST) }
                try systemCall { renameat(folderDescriptor, partialName, folderDescriptor, finalName) }
                return
            }
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
        guard let free = FreeSpace.byteCount(at: folder) else { return }
        // What an earlier download left here is dropped, and its room becomes free.
        var leftover = stat()
        let isThere = fstatat(folder, partialName, &leftover, AT_SYMLINK_NOFOLLOW) == 0
        if free < neededByteCount - (isThere ? Int64(leftover.st_blocks) * 512 : 0) {
            throw .noSpace(folder: path, neededByteCount: neededByteCount, freeByteCount: free)
        }
    }

    /// Opens the partial file, made where it is missing, with a lock that ends with this process where the file system
    /// has locks.
    private static func openLocked(
        _ partialName: String,
        in folder: Int32,
        for destination: String,
        _ safeguards: Safeguards
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
                throw .cannotWrite(path: partialPath, reason: "it exists and is not a regular file")
            }
            var named = stat()
            if safeguards.lock(descriptor, partialPath),
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
