public import Backups
import LibZ

extension BackupEncoding {
    /// Compressed by gzip (RFC 1952).
    public static let gzip = BackupEncoding(name: "gzip", nameEnding: ".gz")
    /// A tar file that gzip has compressed, by its short ending.
    static let tgz = BackupEncoding(name: "gzip", nameEnding: ".tgz")
}

/// gzip (RFC 1952): one member or several, each with a CRC-32 and a length, which are checked.
public struct GzipCodec: Codec {
    public let encoding = BackupEncoding.gzip
    public let otherEncodings = [BackupEncoding.tgz]
    /// `ISIZE`, at the end of each member (RFC 1952, section 2.3.1).
    public let lengthFieldByteCount = 4

    public init() {}

    public func recognises(_ beginning: [UInt8]) -> Bool { beginning.starts(with: InflateReader.gzipMagic) }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .stream(try InflateReader(reader, .gzip)) }
}
