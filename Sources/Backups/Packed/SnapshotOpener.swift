import Blocking
import Files
import Snapshot

/// Opens snapshots in files of this machine, packed or not: the first bytes of a file decide. The one way for whatever
/// reads one.
///
/// What is not packed is read where it lies. What is packed is decoded into a file that has no name.
public struct SnapshotOpener: Sendable {
    /// What decodes the packed ones.
    public var codecs: [any Codec]
    /// Where they are decoded to.
    public var spoolFolder: String
    /// Whether small ones stay in memory.
    public var usesMemory: Bool

    public init(codecs: [any Codec], spoolFolder: String, usesMemory: Bool = true) {
        self.codecs = codecs
        self.spoolFolder = spoolFolder
        self.usesMemory = usesMemory
    }

    /// How many of the stored bytes were decoded, of all.
    public typealias Progress = @Sendable (_ doneByteCount: Int64, _ totalByteCount: Int64) -> Void

    /// - Parameter onProgress: Is called only where something is decoded.
    /// - Throws: `SnapshotReadingError.unreadable`, `CodecError`; `SnapshotProblem` where what is decoded begins as no
    ///   snapshot does; `SpoolError`, `NotAnswering`, `CancellationError`.
    public func open(_ path: String, onProgress: @escaping Progress = { _, _ in }) async throws -> OpenedSnapshot {
        try await BlockingWork.run(at: Place(folderOf: path)) {
            let file = try BlockingWork.call(.lookup) { () throws(SnapshotReadingError) in
                try SnapshotFile(path: path)
            }
            let head = try file.bytes.read(at: 0, byteCount: Int(min(Int64(Unpacking.beginningByteCount), file.byteCount)))
            let named = codecs.encodings.encoding(ofFileNamed: path)
            guard codecs.isPacked(head, named: named) else {
                return OpenedSnapshot(file: file, encoding: .raw, storedByteCount: file.byteCount)
            }
            return try unpack(file, named: named, onProgress)
        }
    }

    private func unpack(
        _ file: SnapshotFile,
        named: BackupEncoding,
        _ onProgress: @escaping Progress
    ) throws -> OpenedSnapshot {
        let spool = try SnapshotSpool(in: spoolFolder, packedByteCount: file.byteCount, usesMemory: usesMemory)
        let input = CountedInput(FileInput(file.bytes.descriptor), byteCount: file.byteCount, onProgress)
        let unpacked = try Unpacking(codecs, named: named).runHere(input) { piece, _ in try spool.append(piece) }
        guard let snapshot = spool.snapshot() else { throw SnapshotProblem.empty }
        return OpenedSnapshot(
            file: snapshot,
            encoding: unpacked.layers.first ?? .raw,
            storedByteCount: file.byteCount,
            ignoredByteCount: unpacked.ignoredByteCount,
            unpacked: unpacked
        )
    }
}

/// A file whose reading shows how far it came.
private struct CountedInput: ByteInput {
    private let file: FileInput
    private let knownByteCount: Int64
    private let onProgress: SnapshotOpener.Progress

    init(_ file: FileInput, byteCount: Int64, _ onProgress: @escaping SnapshotOpener.Progress) {
        self.file = file
        knownByteCount = byteCount
        self.onProgress = onProgress
    }

    func byteCount() -> Int64 { knownByteCount }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        onProgress(min(offset, knownByteCount), knownByteCount)
        return try file.read(at: offset, into: buffer)
    }
}
