import Blocking
import Files
import Glibc
import Synchronization

/// A companion on its way: hidden as `.NAME.part` in its folder until all its bytes are there.
final class StagedCompanion: CompanionSink, Sendable {
    /// As the archive has it.
    let entryName: String
    private let path: CompanionPath
    private unowned let owner: CompanionFolder
    private let folder: OpenFile
    private let file: OpenFile
    private let written = Mutex<(byteCount: Int64, isOver: Bool)>((0, false))

    private var partialName: String { ".\(path.name).part" }
    var byteCount: Int64 { written.withLock(\.byteCount) }

    /// - Throws: `SystemError`.
    init(_ path: CompanionPath, of entryName: String, in owner: CompanionFolder, folder: OpenFile) throws(SystemError) {
        self.entryName = entryName
        self.path = path
        self.owner = owner
        self.folder = folder
        let name = ".\(path.name).part"
        let descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
            // What a killed process left is not written to: whoever has it open would get the bytes.
            unlinkat(folder.descriptor, name, 0)
            return try systemCall {
                openat(folder.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            }
        }
        file = OpenFile(descriptor)
    }

    // MARK: - CompanionSink

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard !written.withLock(\.isOver) else { return }
        do throws(CompanionRefusal) {
            try owner.check(Int64(bytes.count), of: self)
        } catch {
            owner.refuse(entryName, error)
            return drop()
        }
        do throws(SystemError) {
            var rest = bytes
            while !rest.isEmpty {
                let offset = off_t(byteCount)
                let count = try BlockingWork.call(.write) { () throws(SystemError) in
                    try systemCall { pwrite(file.descriptor, rest.baseAddress, rest.count, offset) }
                }
                written.withLock { $0.byteCount += Int64(count) }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        } catch {
            throw CompanionError.cannotWrite(folder: owner.path, reason: error.description)
        }
    }

    func finish() {}

    func drop() {
        written.withLock { $0.isOver = true }
        owner.forget(path)
    }

    // MARK: - In the end

    /// Gives it its name.
    ///
    /// - Returns: Whether it is new: not where the same bytes have the name already.
    /// - Throws: `CompanionRefusal`.
    func publish(replacesExisting: Bool) throws(CompanionRefusal) -> Bool {
        do throws(SystemError) {
            try BlockingWork.call(.sync) { () throws(SystemError) in try systemCall { fsync(file.descriptor) } }
            if try isThereAlready() {
                discard()
                return false
            }
            try BlockingWork.call(.write) { () throws(SystemError) in
                if replacesExisting {
                    try systemCall { renameat(folder.descriptor, partialName, folder.descriptor, path.name) }
                } else {
                    try renameWithoutReplacing(partialName, to: path.name, in: folder.descriptor)
                }
            }
            BlockingWork.call(.sync) { _ = fsync(folder.descriptor) }
        } catch {
            if error.code == EEXIST { throw .exists }
            throw .cannotWrite(reason: error.description)
        }
        return true
    }

    func discard() {
        BlockingWork.call(.write) { _ = unlinkat(folder.descriptor, partialName, 0) }
    }

    /// Whether the file under its name has the same bytes, and only its owner can read it.
    private func isThereAlready() throws(SystemError) -> Bool {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor = BlockingWork.call(.lookup) { openat(folder.descriptor, path.name, flags) }
        guard descriptor >= 0 else { return false }
        let other = OpenFile(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0,
            status.st_uid == geteuid(), Int64(status.st_size) == byteCount
        else { return false }
        var position: Int64 = 0
        while position < byteCount {
            let mine = try piece(of: file, at: position)
            guard !mine.isEmpty, try piece(of: other, at: position) == mine else { return false }
            position += Int64(mine.count)
        }
        return true
    }

    private func piece(of file: OpenFile, at offset: Int64) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 128 << 10)
        let count = try BlockingWork.call(.read) { () throws(SystemError) in
            try systemCall { pread(file.descriptor, &bytes, bytes.count, off_t(offset)) }
        }
        return Array(bytes[..<count])
    }
}
