public import Backups

/// The codecs there are. A new one is a file beside this one and a line here.
public enum CodecRegistry {
    public static let all: [any Codec] = [
        GzipCodec()
    ]

    /// What they decode.
    public static var encodings: [BackupEncoding] { all.map(\.encoding) }
}
