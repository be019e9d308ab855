public import Backups

/// The codecs there are. A new one is a line here, and a file beside this one where it is of a new kind.
///
/// Where two could mean the same beginning, the one that says more of it goes first.
public enum CodecRegistry {
    public static let all: [any Codec] = [
        GzipCodec(),
        LibArchiveCodec.zip, LibArchiveCodec.tar,
        LibArchiveCodec.zstd, LibArchiveCodec.xz, LibArchiveCodec.bzip2, LibArchiveCodec.lz4,
        EncryptedCodec.age, EncryptedCodec.openPGP, EncryptedCodec.openSSL,
        OmniCodec(), ZlibCodec(), LZWCodec(), Base64Codec(),
    ]

    /// What they decode.
    public static var encodings: [BackupEncoding] { all.encodings }
}
