import Snapshot

/// One layer around a snapshot: compressed, encrypted, or packed as an entry of an archive.
///
/// A codec knows no store. It makes a reader over a reader, in bounded memory, so that layers chain: gzip, then tar,
/// then the snapshot. `Unpacking` builds the chain, and has the budget for all of them.
public protocol Codec: Sendable {
    /// The encoding that it undoes.
    var encoding: BackupEncoding { get }
    /// Other names for it, and endings that files have for it: `.tgz`.
    var otherEncodings: [BackupEncoding] { get }
    /// How many bytes at the end of a stream say, low byte first and modulo what they can count, how many bytes its
    /// last part decodes to; 0 where none do.
    var lengthFieldByteCount: Int { get }
    /// Whether only a file's name shows it: such bytes begin with nothing of their own.
    var isKnownByName: Bool { get }

    /// Whether bytes begin as it does.
    ///
    /// - Parameter beginning: `Unpacking.beginningByteCount` bytes where there are as many.
    func recognises(_ beginning: [UInt8]) -> Bool

    /// Begins to undo it.
    ///
    /// - Throws: `CodecError`, and what the reader throws.
    func open(_ reader: any ByteReader) throws -> OpenedLayer

    /// The same codec, with a command of the user's for what is encrypted.
    func decrypting(with command: DecryptionCommand) -> any Codec
}

extension Codec {
    public var otherEncodings: [BackupEncoding] { [] }
    public var lengthFieldByteCount: Int { 0 }
    public var isKnownByName: Bool { false }
    public func decrypting(with command: DecryptionCommand) -> any Codec { self }
}

/// What is below a layer.
public enum OpenedLayer {
    case stream(any ByteReader)
    case archive(any ArchiveReader)
}

/// The entries of an archive, in order. It reads the bytes of the entry that it is at.
public protocol ArchiveReader: ByteReader {
    /// Goes to the next entry.
    ///
    /// - Returns: `nil` behind the last one.
    /// - Throws: As `read` does.
    func next() throws -> PackedEntry?
}

/// A file, a folder or a link in an archive.
public struct PackedEntry: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case file
        case folder
        case link
        /// A device, a socket.
        case other
    }

    /// As the archive has it: it comes from outside, and is no path to write to.
    public var name: String
    public var kind: Kind
    /// In bytes; `nil` where the archive does not say.
    public var byteCount: Int64?

    public init(name: String, kind: Kind = .file, byteCount: Int64?) {
        self.name = name
        self.kind = kind
        self.byteCount = byteCount
    }
}

/// A command of the user's that decrypts: it reads its standard input, and writes to its standard output.
public struct DecryptionCommand: Sendable, Hashable {
    /// The program, looked for in `PATH`, and its arguments. No shell reads them.
    public var words: [String]

    public init(words: [String]) {
        self.words = words
    }
}

extension [any Codec] {
    /// The same codecs, with a command of the user's for what is encrypted.
    public func decrypting(with command: DecryptionCommand) -> [any Codec] { map { $0.decrypting(with: command) } }

    /// All endings of names that they have a part in.
    public var encodings: [BackupEncoding] { flatMap { [$0.encoding] + $0.otherEncodings } }

    /// Whether one of them undoes what begins so.
    public func recognise(_ beginning: [UInt8]) -> Bool { contains { $0.recognises(beginning) } }

    /// Whether something is packed, by its first bytes; by its name where these show nothing by design.
    public func isPacked(_ beginning: [UInt8], named encoding: BackupEncoding) -> Bool {
        if [.bolt, .bigEndianBolt].contains(FileKind(head: beginning)) { return false }
        return recognise(beginning) || first { $0.undoes(encoding) }?.isKnownByName == true
    }

    /// The codec of the outermost layer, by what a name says.
    ///
    /// - Returns: `nil` where nothing needs to be undone.
    /// - Throws: `CodecError` where there is none for it.
    public func codec(for encoding: BackupEncoding) throws(CodecError) -> (any Codec)? {
        if encoding == .raw { return nil }
        guard let codec = first(where: { $0.undoes(encoding) }) else { throw CodecError(encoding, .noCodec) }
        return codec
    }
}

extension Codec {
    fileprivate func undoes(_ encoding: BackupEncoding) -> Bool {
        self.encoding.name == encoding.name || otherEncodings.contains { $0.name == encoding.name }
    }
}
