/// Between what a store hands over and the snapshot that is verified and written: undoes one encoding.
///
/// A codec works on streams in bounded memory, and knows no store. Decoding begins at the start of a stream: an
/// interrupted download resumes the encoded bytes, and decodes them anew.
public protocol Codec: Sendable {
    /// The encoding that it undoes.
    var encoding: BackupEncoding { get }
    /// How many bytes at the end of a stream say, low byte first and modulo what they can count, how many bytes its last
    /// part decodes to; 0 where none do.
    var lengthFieldByteCount: Int { get }

    /// Begins to decode a stream.
    ///
    /// - Throws: `CodecError` where there is no memory for it.
    func makeDecoder() throws(CodecError) -> any StreamDecoder
}

/// Decodes one stream, from its first byte to its last. After an error it is not used any more.
///
/// It has no budget of its own: `Decoding` has one for all of them.
public protocol StreamDecoder {
    /// Takes the next encoded bytes, split anywhere, and hands over what they decode to, in order.
    ///
    /// - Parameter sink: Gets pieces of at most `Decoding.maxPieceByteCount`, valid during the call only. What it throws is
    ///   rethrown.
    /// - Throws: `CodecError`.
    func decode(_ bytes: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Ends the stream: no more bytes come.
    ///
    /// - Returns: How many bytes behind the encoded ones are ignored, because they don't belong to the stream.
    /// - Throws: `CodecError` where the stream is not complete.
    func finish() throws(CodecError) -> Int64
}

/// Decodes one stream within a budget: a small file that decodes to an endless one is an error, and not a full disk.
public final class Decoding {
    /// The most bytes that a decoder hands over at once, however much more it could decode.
    public static let maxPieceByteCount = 1 << 20
    /// The most bytes that anything is decoded to, however much room there is: eight times the largest size that etcd's
    /// documents suggest for a database (8 GiB).
    package static let limit: Int64 = 64 << 30

    private let decoder: any StreamDecoder
    private let encoding: BackupEncoding
    private let maxByteCount: Int64
    private let limit: Int64
    /// How many bytes were decoded so far.
    public private(set) var byteCount: Int64 = 0

    /// - Parameter maxByteCount: The most bytes that there is room for.
    /// - Throws: `CodecError`.
    public convenience init(_ codec: any Codec, maxByteCount: Int64) throws(CodecError) {
        try self.init(codec, maxByteCount: maxByteCount, limit: Self.limit)
    }

    /// - Parameter limit: The most bytes that it may decode to, however much room there is.
    package init(_ codec: any Codec, maxByteCount: Int64, limit: Int64) throws(CodecError) {
        decoder = try codec.makeDecoder()
        encoding = codec.encoding
        self.maxByteCount = maxByteCount
        self.limit = limit
    }

    /// Takes the next encoded bytes. Nothing beyond the budget reaches the sink.
    ///
    /// - Throws: `CodecError`, what the sink throws, and `CancellationError`: a few bytes can decode to very many.
    public func update(
        _ bytes: UnsafeRawBufferPointer,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try decoder.decode(bytes) { piece in
            try Task.checkCancellation()
            guard Int64(piece.count) <= limit - byteCount else {
                throw CodecError(encoding, .overLimit(maxByteCount: limit))
            }
            guard Int64(piece.count) <= maxByteCount - byteCount else {
                throw CodecError(encoding, .noRoom(maxByteCount: maxByteCount))
            }
            try sink(piece)
            byteCount += Int64(piece.count)
        }
    }

    /// Ends the stream.
    ///
    /// - Returns: How many bytes behind the encoded ones are ignored.
    /// - Throws: `CodecError`.
    public func finish() throws(CodecError) -> Int64 { try decoder.finish() }
}

extension Sequence<any Codec> {
    /// The codec that undoes an encoding; `nil` where nothing needs to be undone.
    ///
    /// - Throws: `CodecError` where there is none for it.
    public func codec(for encoding: BackupEncoding) throws(CodecError) -> (any Codec)? {
        if encoding == .raw { return nil }
        guard let codec = first(where: { $0.encoding == encoding }) else { throw CodecError(encoding, .noCodec) }
        return codec
    }
}
