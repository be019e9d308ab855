import Blocking
import Files
package import Snapshot

/// Where a snapshot is decoded into for a while: in memory while it is small, else in a folder.
///
/// Its calls block: they are part of a `BlockingWork.run`.
package final class SnapshotSpool {
    /// The most bytes that are kept in memory.
    package static let maxMemoryByteCount: Int64 = 32 << 20

    /// Where it goes that is not small.
    private let folder: String
    private var file: SpoolFile?
    private var isInMemory = false
    private var byteCount: Int64 = 0
    /// How many bytes the folder has room for; `nil` before anything is written there.
    private var budget: Int64?

    /// - Parameters:
    ///   - packedByteCount: How many bytes it is decoded from: as many need room at least.
    ///   - usesMemory: Whether a small one is kept in memory.
    /// - Throws: `SpoolError`.
    package init(in folder: String, packedByteCount: Int64, usesMemory: Bool) throws(SpoolError) {
        self.folder = folder
        if usesMemory, packedByteCount <= Self.maxMemoryByteCount, let memory = SpoolFile(inMemory: ()) {
            file = memory
            isInMemory = true
        } else {
            file = try fileInFolder(for: packedByteCount)
        }
    }

    /// Takes the next bytes.
    ///
    /// - Throws: `SpoolError`.
    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        let end = byteCount + Int64(bytes.count)
        if isInMemory, end > Self.maxMemoryByteCount { try moveToFolder() }
        if let budget, end > budget {
            throw SpoolError.noSpace(folder: folder, neededByteCount: end, freeByteCount: budget)
        }
        try call { () throws(SpoolError) in try file?.write(bytes, at: byteCount) }
        byteCount = end
    }

    /// What was written, for as long as anything holds it. Nothing more is written.
    package func snapshot() -> SnapshotFile? {
        guard let file else { return nil }
        // What was reserved and not needed is free again.
        if !isInMemory { call { file.trim(to: byteCount) } }
        return SnapshotFile(openedAs: file.descriptor, byteCount: byteCount, owner: file)
    }

    private func moveToFolder() throws {
        let memory = file
        let target = try fileInFolder(for: byteCount)
        var position: Int64 = 0
        try memory?.read(byteCount: byteCount) { piece in
            try call { () throws(SpoolError) in try target.write(piece, at: position) }
            position += Int64(piece.count)
        }
        memory?.end()
        file = target
        isInMemory = false
    }

    private func fileInFolder(for byteCount: Int64) throws(SpoolError) -> SpoolFile {
        try call { () throws(SpoolError) in
            // All that is free is looked at before some of it is reserved.
            let budget = FreeSpace.byteCount(in: folder).map { DecodingBudget.share(of: $0) }
            let file = try SpoolFile(in: folder, byteCount: byteCount)
            self.budget = budget
            return file
        }
    }

    @discardableResult
    private func call<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try BlockingWork.call(.write, at: isInMemory ? nil : Place(folder: folder), body)
    }
}
