import Files
import Synchronization

/// A companion on its way: its bytes go into the folder's spool, and it counts once all of them are there.
final class ArrivingCompanion: CompanionSink, Sendable {
    private let path: CompanionPath
    /// As the archive has it.
    private let entryName: String
    private let folder: CompanionFolder
    private let bytes: Mutex<SpooledBytes>
    private let isOver = Mutex(false)

    init(_ path: CompanionPath, of entryName: String, in folder: CompanionFolder) {
        self.path = path
        self.entryName = entryName
        self.folder = folder
        bytes = Mutex(SpooledBytes())
    }

    deinit {
        // A download that broke off in the middle of it.
        drop()
    }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        guard !isOver.withLock(\.self) else { return }
        do throws(CompanionRefusal) {
            try folder.reserve(Int64(piece.count), after: bytes.withLock(\.byteCount))
        } catch {
            folder.refuse(entryName, error)
            return drop()
        }
        let range = try folder.spool(piece)
        bytes.withLock { $0.append(range) }
    }

    func finish() {
        guard end() else { return }
        folder.add(SpooledCompanion(entryName: entryName, bytes: bytes.withLock(\.self)), at: path)
    }

    func drop() {
        guard end() else { return }
        folder.release(bytes.withLock(\.byteCount))
    }

    /// - Returns: Whether it was still on its way.
    private func end() -> Bool {
        isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
    }
}
