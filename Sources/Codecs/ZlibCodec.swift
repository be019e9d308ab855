public import Backups

extension BackupEncoding {
    /// Compressed by zlib, in its own format (RFC 1950), as Gardener's backups may be.
    public static let zlib = BackupEncoding(name: "zlib", nameEnding: ".zlib")
}

/// zlib's own format (RFC 1950): one stream with an Adler-32, which is checked.
public struct ZlibCodec: Codec {
    public let encoding = BackupEncoding.zlib

    public init() {}

    /// Deflate with a window of 32 KiB, and a check over the first two bytes (RFC 1950, section 2.2); no preset
    /// dictionary.
    public func recognises(_ beginning: [UInt8]) -> Bool {
        guard beginning.count >= 2, beginning[0] == 0x78, beginning[1] & 0x20 == 0 else { return false }
        return (UInt16(beginning[0]) << 8 | UInt16(beginning[1])) % 31 == 0
    }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(try InflateReader(reader, .zlib)) }
}
