import Blocking
import Files
public import Snapshot

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
            guard let codec = try codec(for: file) else {
                return OpenedSnapshot(file: file, encoding: .raw, storedByteCount: file.byteCount)
            }
            return try decode(file, with: codec, onProgress)
        }
    }

    /// - Returns: `nil` where the file is no packed one.
    private func codec(for file: SnapshotFile) throws -> (any Codec)? {
        let head = try file.bytes.read(at: 0, byteCount: Int(min(512, file.byteCount)))
        guard FileKind(head: head) == .gzip else { return nil }
        return codecs.first { $0.encoding.name == "gzip" }
    }

    private func decode(_ file: SnapshotFile, with codec: any Codec, _ onProgress: Progress) throws -> OpenedSnapshot {
        let spool = try SnapshotSpool(in: spoolFolder, packedByteCount: file.byteCount, usesMemory: usesMemory)
        let decoding = try Decoding(codec, maxByteCount: .max)
        var beginning = BeginningCheck()
        var position: Int64 = 0
        while position < file.byteCount {
            try Task.checkCancellation()
            onProgress(position, file.byteCount)
            let bytes = try file.bytes.read(at: position, byteCount: Int(min(1 << 20, file.byteCount - position)))
            try bytes.withUnsafeBytes { bytes in
                try decoding.update(bytes) { piece in
                    try spool.append(piece)
                    try beginning.update(piece)
                }
            }
            position += Int64(bytes.count)
        }
        let ignoredByteCount = try decoding.finish()
        guard let snapshot = spool.snapshot() else { throw SnapshotProblem.empty }
        return OpenedSnapshot(
            file: snapshot,
            encoding: codec.encoding,
            storedByteCount: file.byteCount,
            ignoredByteCount: ignoredByteCount
        )
    }
}
