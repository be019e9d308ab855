import Blocking

/// Finds the snapshot in stored bytes, through the layers around it, each by its first bytes, and hands it over.
///
///     let unpacking = Unpacking(codecs, named: backup.encoding, maxByteCount: room)
///     let found = try await unpacking.run(FileInput(descriptor)) { bytes, offset in … }
///
/// In an archive it finds the snapshot by its content, also in an entry that is packed itself. No path of an archive is
/// ever used. A small file that decodes to an endless one is an error, and not a full disk.
public struct Unpacking: Sendable {
    /// How many layers are undone at most.
    public static let maxLayerCount = 4
    /// The most bytes that are handed over at once.
    public static let maxPieceByteCount = 256 << 10
    /// How many of the first bytes a codec sees.
    public static let beginningByteCount = 1024
    /// The most bytes that anything is decoded to, however much room there is: eight times the largest size that etcd's
    /// documents suggest for a database (8 GiB).
    package static let limit: Int64 = 64 << 30

    /// What undoes layers.
    public var codecs: [any Codec]
    /// What a file's name says: it decides only where the bytes don't.
    public var encoding: BackupEncoding
    /// The most bytes that there is room for.
    public var maxByteCount: Int64
    /// Whether what begins as no snapshot does is not decoded to its end.
    public var endsEarly = true
    /// Whether it is looked no further where a snapshot was found.
    public var endsAtSnapshot = false
    /// Gives each other entry of the archive something to take its bytes, or `nil`. The entries of an archive in an
    /// archive are not among them.
    public var companions: @Sendable (PackedEntry) throws -> (any CompanionSink)? = { _ in nil }
    /// The most bytes that a layer may decode to, however much room there is.
    package var limit = Self.limit
    /// The most entries of archives that are looked at, all of them together. The largest known archives of one
    /// snapshot have some hundred.
    package var maxEntryCount = 100_000
    /// The most bytes that their names may have together.
    package var maxNameByteCount = 16 << 20

    public init(_ codecs: [any Codec], named encoding: BackupEncoding = .raw, maxByteCount: Int64 = .max) {
        self.codecs = codecs
        self.encoding = encoding
        self.maxByteCount = maxByteCount
    }

    /// Hands over the snapshot, on a thread of its own.
    ///
    /// - Parameter sink: Gets its bytes in order, each piece with its offset and valid during the call only. What it
    ///   throws is rethrown.
    /// - Throws: `CodecError`; `SnapshotProblem` where it ends early; what the input throws; `CancellationError`.
    public func run(
        _ input: any ByteInput,
        into sink: @escaping @Sendable (_ bytes: UnsafeRawBufferPointer, _ offset: Int64) throws -> Void
    ) async throws -> Unpacked {
        try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            try runHere(input, into: sink)
        }
    }

    /// The same on the thread of the caller, which it blocks.
    public func runHere(
        _ input: any ByteInput,
        into sink: (_ bytes: UnsafeRawBufferPointer, _ offset: Int64) throws -> Void
    ) throws -> Unpacked {
        // The run lives no longer than the sink.
        try withoutActuallyEscaping(sink) { sink in
            let run = UnpackingRun(self, into: sink)
            return try run.unpack(InputReader(input))
        }
    }

    /// Finds out what is in there, and reads no more than that takes: of a zip with random access only its directory
    /// and the beginning of each entry.
    ///
    /// - Throws: As `run` does.
    public func look(into input: any ByteInput) async throws -> Unpacked {
        try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in try lookHere(into: input) }
    }

    func lookHere(into input: any ByteInput) throws -> Unpacked {
        try UnpackingRun(self, into: nil).unpack(InputReader(input))
    }
}
