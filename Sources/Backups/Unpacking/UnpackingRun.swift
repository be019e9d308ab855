import Snapshot

/// One way through the layers to the snapshot.
final class UnpackingRun {
    typealias Sink = (_ bytes: UnsafeRawBufferPointer, _ offset: Int64) throws -> Void

    private let settings: Unpacking
    /// `nil` where it is only looked what there is.
    private let sink: Sink?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: Unpacking.maxPieceByteCount,
        alignment: 4096
    )
    private var found = Unpacked()
    private var hasSnapshot = false
    /// Of the entries that were met so far.
    private var (entryCount, nameByteCount) = (0, 0)

    init(_ settings: Unpacking, into sink: Sink?) {
        self.settings = settings
        self.sink = sink
    }

    deinit { buffer.deallocate() }

    /// - Throws: `CodecError`; `SnapshotProblem` where it ends early; what the reader and the sink throw.
    func unpack(_ reader: any ByteReader) throws -> Unpacked {
        let stored = try layer(reader, of: nil)
        let bottom = try undoLayers(of: stored, outer: [])
        found.layers = bottom.layers
        switch bottom.content {
        case .stream(let snapshot): try handOver(snapshot, of: bottom.layers.first ?? settings.encoding)
        case .archive(let archive):
            try walk(archive, bottom.layers)
            try requireSnapshot(bottom.layers)
        }
        if sink != nil {
            // What follows in a layer may show that it is damaged.
            for reader in bottom.readers.reversed() where reader.input == nil { try skip(reader) }
        }
        found.ignoredByteCount = bottom.readers.reduce(0) { $0 + $1.ignoredByteCount }
        return found
    }

    private func layer(_ reader: any ByteReader, of encoding: BackupEncoding?) throws -> LayerReader {
        try LayerReader(reader, of: encoding, limit: settings.limit)
    }

    // MARK: - Layers

    private struct Bottom {
        enum Content {
            case stream(LayerReader)
            case archive(any ArchiveReader)
        }

        var content: Content
        /// The layers around it, from the outermost on.
        var layers: [BackupEncoding]
        /// What each of them is read from, and the stream.
        var readers: [LayerReader]
    }

    /// - Parameter outer: The layers around the reader.
    private func undoLayers(of stored: LayerReader, outer: [BackupEncoding]) throws -> Bottom {
        var bottom = Bottom(content: .stream(stored), layers: outer, readers: [stored])
        while case .stream(let reader) = bottom.content {
            guard let codec = try codec(of: reader.beginning, isOutermost: bottom.layers.isEmpty) else { break }
            guard bottom.layers.count < Unpacking.maxLayerCount else {
                throw CodecError(bottom.layers[0], .tooManyLayers(maxCount: Unpacking.maxLayerCount))
            }
            bottom.layers.append(codec.encoding)
            switch try codec.open(reader) {
            case .stream(let next):
                let next = try layer(next, of: codec.encoding)
                bottom.content = .stream(next)
                bottom.readers.append(next)
            case .archive(let archive): bottom.content = .archive(archive)
            }
        }
        return bottom
    }

    /// What undoes the layer that begins so; `nil` where there is none.
    private func codec(of beginning: [UInt8], isOutermost: Bool) throws(CodecError) -> (any Codec)? {
        let named = isOutermost ? try settings.codecs.codec(for: settings.encoding) : nil
        if let named, named.isKnownByName { return named }
        if Self.isSnapshot(beginning) { return nil }
        // What is none of them is not what its name says: its codec finds the words for that.
        return settings.codecs.first { $0.recognises(beginning) } ?? named
    }

    private static func isSnapshot(_ beginning: [UInt8]) -> Bool {
        [.bolt, .bigEndianBolt].contains(FileKind(head: beginning))
    }

    // MARK: - Archives

    private func walk(_ archive: any ArchiveReader, _ layers: [BackupEncoding], isInner: Bool = false) throws {
        while !(hasSnapshot && settings.endsAtSnapshot), let entry = try archive.next() {
            try Task.checkCancellation()
            try count(entry, layers)
            guard entry.kind == .file else {
                found.companions.append(entry)
                continue
            }
            let reader = try layer(archive, of: layers.last)
            if Self.isSnapshot(reader.beginning) {
                try handOver(reader, entry, layers)
            } else {
                try look(into: entry, reader, layers, isInner: isInner)
            }
        }
    }

    /// A small archive may have entries without end, as it may decode to bytes without end.
    private func count(_ entry: PackedEntry, _ layers: [BackupEncoding]) throws(CodecError) {
        entryCount += 1
        nameByteCount += entry.name.utf8.count
        guard entryCount > settings.maxEntryCount || nameByteCount > settings.maxNameByteCount else { return }
        throw CodecError(
            layers[0],
            .tooManyEntries(maxCount: settings.maxEntryCount, maxNameByteCount: settings.maxNameByteCount)
        )
    }

    /// Looks for the snapshot in an entry that is not one itself, and hands its bytes to who wants companions.
    private func look(
        into entry: PackedEntry,
        _ reader: LayerReader,
        _ layers: [BackupEncoding],
        isInner: Bool
    ) throws {
        let taker = sink == nil || isInner ? nil : try settings.companions(entry)
        let isPacked = settings.codecs.recognise(reader.beginning)
        guard isPacked || taker != nil else { return found.companions.append(entry) }
        let copied = CopyingReader(reader, to: taker)
        let companionCount = found.companions.count
        let hadSnapshot = hasSnapshot
        do {
            if isPacked { try lookBelow(try layer(copied, of: nil), entry, layers) }
        } catch let error as CodecError where hasSnapshot == hadSnapshot && error.isOfOneLayer {
            // It only looks like something that is packed.
        }
        if hasSnapshot, !hadSnapshot {
            taker?.drop()
            try skip(copied.withoutCopying())
        } else {
            // Those of an archive in it.
            found.companions.removeSubrange(companionCount...)
            found.companions.append(entry)
            guard let taker else { return }
            try skip(copied)
            try taker.finish()
        }
    }

    private func lookBelow(_ reader: LayerReader, _ entry: PackedEntry, _ layers: [BackupEncoding]) throws {
        let bottom = try undoLayers(of: reader, outer: layers)
        switch bottom.content {
        case .stream(let inner) where Self.isSnapshot(inner.beginning): try handOver(inner, entry, bottom.layers)
        case .stream: return
        case .archive(let inner): try walk(inner, bottom.layers, isInner: true)
        }
        if sink != nil, hasSnapshot { for reader in bottom.readers.reversed() { try skip(reader) } }
    }

    private func requireSnapshot(_ layers: [BackupEncoding]) throws(CodecError) {
        guard !hasSnapshot else { return }
        let names = found.companions.filter { $0.kind == .file }.map(\.name)
        throw CodecError(layers[0], .noSnapshot(entryCount: names.count, sample: Array(names.prefix(3))))
    }

    // MARK: - The snapshot

    private func handOver(_ reader: LayerReader, _ entry: PackedEntry, _ layers: [BackupEncoding]) throws {
        guard !hasSnapshot else {
            throw CodecError(layers[0], .severalSnapshots(found.entry?.name ?? "", entry.name))
        }
        found.entry = entry
        found.layers = layers
        try handOver(reader, of: layers[0])
    }

    private func handOver(_ reader: LayerReader, of encoding: BackupEncoding) throws {
        hasSnapshot = true
        guard let sink else {
            found.byteCount = found.entry?.byteCount ?? 0
            return
        }
        var beginning = BeginningCheck()
        while case let count = try reader.read(into: buffer), count > 0 {
            guard Int64(count) <= settings.maxByteCount - found.byteCount else {
                throw CodecError(encoding, .noRoom(maxByteCount: settings.maxByteCount))
            }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            try sink(piece, found.byteCount)
            found.byteCount += Int64(count)
            if settings.endsEarly { try beginning.update(piece) }
        }
    }

    /// Reads the rest.
    private func skip(_ reader: any ByteReader) throws {
        while try reader.read(into: buffer) > 0 {}
    }
}

/// Copies what is read.
private final class CopyingReader: ByteReader {
    private let base: any ByteReader
    private let taker: (any CompanionSink)?

    init(_ base: any ByteReader, to taker: (any CompanionSink)?) {
        self.base = base
        self.taker = taker
    }

    func withoutCopying() -> any ByteReader { base }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try base.read(into: buffer)
        if count > 0 { try taker?.write(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        return count
    }
}
