public import Backups
import CArchive

extension BackupEncoding {
    public static let tar = BackupEncoding(name: "tar", nameEnding: ".tar")
    public static let zip = BackupEncoding(name: "zip", nameEnding: ".zip")
    public static let bzip2 = BackupEncoding(name: "bzip2", nameEnding: ".bz2")
    public static let xz = BackupEncoding(name: "xz", nameEnding: ".xz")
    public static let lz4 = BackupEncoding(name: "lz4", nameEnding: ".lz4")
    public static let zstd = BackupEncoding(name: "zstd", nameEnding: ".zst")
}

/// What libarchive decodes.
public struct LibArchiveCodec: Codec {
    public let encoding: BackupEncoding
    public let otherEncodings: [BackupEncoding]
    private let format: carchive_format
    /// What it begins with, and where.
    private let magics: [[UInt8]]
    private let offset: Int

    private init(
        _ encoding: BackupEncoding,
        _ format: carchive_format,
        _ magics: [UInt8]...,
        at offset: Int = 0,
        otherEncodings: [BackupEncoding] = []
    ) {
        self.encoding = encoding
        self.format = format
        self.magics = magics
        self.offset = offset
        self.otherEncodings = otherEncodings
    }

    /// POSIX's and GNU's tar both have this mark; the one of before 1988, which has none, is not recognised.
    public static let tar = LibArchiveCodec(.tar, carchive_tar, Array("ustar".utf8), at: 257)
    /// With an entry at its beginning, or empty (PKWARE's APPNOTE, 4.3.7 and 4.3.16).
    public static let zip = LibArchiveCodec(.zip, carchive_zip, Array("PK".utf8) + [3, 4], Array("PK".utf8) + [5, 6])
    public static let bzip2 = LibArchiveCodec(
        .bzip2,
        carchive_bzip2,
        Array("BZh".utf8),
        otherEncodings: [BackupEncoding(name: "bzip2", nameEnding: ".tbz2")]
    )
    public static let xz = LibArchiveCodec(
        .xz,
        carchive_xz,
        [0xFD] + Array("7zXZ".utf8) + [0],
        otherEncodings: [BackupEncoding(name: "xz", nameEnding: ".txz")]
    )
    /// The frame format; not the one of before 2014.
    public static let lz4 = LibArchiveCodec(.lz4, carchive_lz4, [0x04, 0x22, 0x4D, 0x18])
    public static let zstd = LibArchiveCodec(
        .zstd,
        carchive_zstd,
        [0x28, 0xB5, 0x2F, 0xFD],
        otherEncodings: [BackupEncoding(name: "zstd", nameEnding: ".tzst")]
    )

    public func recognises(_ beginning: [UInt8]) -> Bool {
        magics.contains { beginning.dropFirst(offset).starts(with: $0) }
    }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer {
        let archive = try LibArchiveReader(reader, format, encoding)
        switch format {
        case carchive_tar, carchive_zip: return .archive(archive)
        default:
            // A stream is one entry; one of no bytes is none.
            _ = try archive.next()
            return .stream(archive)
        }
    }
}
