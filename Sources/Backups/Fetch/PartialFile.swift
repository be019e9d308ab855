import Blocking
import CLinux
import Files
import Glibc
import Snapshot
import Synchronization
import Text

/// A file on its way: hidden as `.NAME.part` beside its destination until it is whole, then given its name.
///
/// What is encoded comes first into such a file, and is decoded into a second one, `.NAME.decoded`.
///
/// One process at a time writes it; the lock goes with the process, so what a killed one left can be written over or
/// resumed. Several tasks of one process may write to it, each its own bytes.
final class PartialFile: Sendable {
    private let folder: DestinationFolder
    private let partialName: String
    /// Where it is as long as it is hidden.
    var partialPath: String { folder.path(of: partialName) }
    /// Whether an earlier download had left bytes here, which are dropped.
    let replacedLeftover: Bool
    /// How many bytes of an earlier download are used.
    let resumedByteCount: Int64
    private let safeguards: Safeguards
    /// Open for reading and writing as long as this object lives.
    let descriptor: Int32
    /// Whose bytes they are, if a later download may resume them.
    private let identity: ResumeRecord.Identity?
    private let written: Mutex<WrittenBytes>

    /// - Parameters:
    ///   - neededByteCount: How much room is needed, as far as that is known.
    ///   - keptEndings: The endings of other names that the file may get: these must be free, too.
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
        let folder = try Self.folder(of: destination)
        let partialName = role.hiddenName(for: folder.name)
        descriptor = try BlockingWork.call(.lookup) { () throws(DownloadError) in
            try folder.checkNames(withEndings: keptEndings, replacesExisting: replacesExisting)
            try folder.checkSpace(for: neededByteCount, replacing: partialName)
            return try Self.openLocked(partialName, in: folder, safeguards)
        }
        self.folder = folder
        self.partialName = partialName
        self.safeguards = safeguards
        self.identity = identity
        let leftoverByteCount = lseek(descriptor, 0, SEEK_END)
        var written = WrittenBytes()
        if let identity, let ranges = ResumeRecord(in: descriptor, for: identity)?.ranges {
            written.ranges = ranges
        } else {
            Self.truncate(descriptor)
        }
        resumedByteCount = written.ranges.byteCount
        replacedLeftover = leftoverByteCount > 0 && resumedByteCount == 0
        self.written = Mutex(written)
        fchmod(descriptor, 0o600)
    }

    /// The folder that a file is to be made in.
    ///
    /// - Throws: `DownloadError` where there is none, or the path does not end in a file's name.
    static func folder(of destination: String) throws(DownloadError) -> DestinationFolder {
        guard !["", ".", ".."].contains(PathParts(destination).name) else {
            throw .cannotWrite(path: destination, reason: "that is not a file's name")
        }
        do throws(SystemError) {
            return try DestinationFolder(of: destination)
        } catch {
            throw .noFolder(path: PathParts(destination).folder, reason: error.description)
        }
    }

    deinit {
        BlockingWork.call(.write) { Safeguards.unlockAndClose(descriptor) }
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
            throw .cannotWrite(path: folder.destination, reason: error.description)
        }
        let (done, due) = written.withLock { written in
            let due = written.insert(offset..<position)
            return ((written.ranges.byteCount, written.ranges.contiguousByteCount), due)
        }
        if let unflushed = due.unflushed {
            // The disk only begins with it while the next bytes come: `sync` waits for all.
            BlockingWork.call(.write) {
                _ = clinux_start_writeback(descriptor, unflushed.lowerBound, Int64(unflushed.count))
            }
        }
        // So that a download that is killed loses no more than that.
        if due.isWorthNoting { noteProgress() }
        return done
    }

    /// Notes which bytes are there, so that a later download resumes with them. A failure to note them costs only those
    /// bytes. A published file is left as it is.
    func noteProgress() {
        guard let identity else { return }
        written.withLock { written in
            if !written.isPublished { ResumeRecord(identity, done: written.ranges).write(to: descriptor) }
        }
    }

    /// Forgets all bytes: they were not of one sound file.
    func startOver() {
        written.withLock { $0 = WrittenBytes() }
        Self.truncate(descriptor)
    }

    /// Waits until the disk has all bytes.
    func sync() throws(DownloadError) {
        let end = ranges.end
        do throws(SystemError) {
            try Self.call(.write) { ftruncate(descriptor, off_t(end)) }
            try Self.call(.sync) { fsync(descriptor) }
        } catch {
            throw .cannotWrite(path: folder.destination, reason: error.description)
        }
    }

    /// Whether the file has its final name.
    var isPublished: Bool { written.withLock(\.isPublished) }

    /// Gives the synced file a name in its folder, and syncs the folder.
    ///
    /// - Parameter ending: What its name has after the destination's.
    /// - Returns: The path that the file has now.
    /// - Throws: `DownloadError.notSynced` where it has that path, but the disk failed afterwards.
    @discardableResult
    func publish(withEnding ending: String = "", replacesExisting: Bool) throws(DownloadError) -> String {
        let finalName = folder.name + ending
        let path = folder.path(of: finalName)
        // What has the hidden name would get the final one, whatever it is.
        guard BlockingWork.call(.lookup, { isNamed(partialName) }) else {
            throw .cannotWrite(path: path, reason: "another program took the place of \(folder.path(of: partialName))")
        }
        do throws(SystemError) {
            try BlockingWork.call(.write) { () throws(SystemError) in
                // A call that fails may have given the name before it did.
                defer { if isNamed(finalName) { written.withLock { $0.isPublished = true } } }
                if replacesExisting {
                    try systemCall { renameat(folder.descriptor, partialName, folder.descriptor, finalName) }
                } else {
                    try renameWithoutReplacing(partialName, to: finalName, in: folder.descriptor)
                }
            }
            let code = BlockingWork.call(.sync) { safeguards.syncFolder(folder.descriptor, folder.path) }
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
        guard let opened = FileMark(descriptor), let named = folder.mark(of: name) else { return false }
        return named.isSameFile(as: opened)
    }

    /// Removes the file; it has no name any more. A published file is left as it is.
    func discard() {
        guard !isPublished else { return }
        BlockingWork.call(.write) { folder.remove(partialName) }
    }

    @discardableResult
    private static func call<Result: FixedWidthInteger>(
        _ kind: BlockingCall,
        _ body: () -> Result
    ) throws(SystemError) -> Result {
        try BlockingWork.call(kind) { () throws(SystemError) in try systemCall(body) }
    }
}
