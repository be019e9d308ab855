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
            let encoding = codecs.encodings.encoding(ofFileNamed: path)
            guard try isPacked(file, encoding) else {
                return OpenedSnapshot(file: file, storedByteCount: file.byteCount)
            }
            return try unpack(file, encoding, onProgress)
        }
    }

    /// Whether a file is packed.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `NotAnswering`, `CancellationError`.
    public func isPacked(_ path: String) async throws -> Bool {
        try await BlockingWork.run(at: Place(folderOf: path)) {
            let file = try BlockingWork.call(.lookup) { () throws(SnapshotReadingError) in
                try SnapshotFile(path: path)
            }
            return try isPacked(file, codecs.encodings.encoding(ofFileNamed: path))
        }
    }

    private func isPacked(_ file: SnapshotFile, _ encoding: BackupEncoding) throws -> Bool {
        let count = min(Int64(Unpacking.beginningByteCount), file.byteCount)
        let beginning = try file.bytes.read(at: 0, byteCount: Int(count))
        return codecs.isPacked(beginning, named: encoding)
    }

    private func unpack(_ file: SnapshotFile, _ encoding: BackupEncoding, _ onProgress: @escaping Progress) throws
        -> OpenedSnapshot
    {
        let spool = try SnapshotSpool(in: spoolFolder, packedByteCount: file.byteCount, usesMemory: usesMemory)
        let input = CountedInput(FileInput(file.bytes.descriptor)) { onProgress($0, file.byteCount) }
        let unpacked = try Unpacking(codecs, named: encoding).runHere(input) { bytes, _ in try spool.append(bytes) }
        guard let snapshot = spool.snapshot() else { throw SnapshotProblem.empty }
        return OpenedSnapshot(file: snapshot, unpacked: unpacked, storedByteCount: file.byteCount)
    }
}

/// Reports how far an input was read.
private struct CountedInput: ByteInput {
    private let input: any ByteInput
    private let onProgress: @Sendable (_ byteCount: Int64) -> Void

    init(_ input: any ByteInput, onProgress: @escaping @Sendable (_ byteCount: Int64) -> Void) {
        self.input = input
        self.onProgress = onProgress
    }

    var hasRandomAccess: Bool { input.hasRandomAccess }
    func byteCount() throws -> Int64 { try input.byteCount() }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try input.read(at: offset, into: buffer)
        onProgress(offset + Int64(count))
        return count
    }
}
