import Backups

/// The endings that say how a file is packed, and what is left of a name without them.
enum Packing {
    private static let endings: [(ending: String, name: String)] = [
        (".gz", "gzip"), (".zip", "zip"), (".zst", "zstd"), (".bz2", "bzip2"), (".xz", "xz"), (".lz4", "lz4"),
        (".tar", "tar"), (".zlib", "zlib"), (".Z", "lzw"), (".age", "age"), (".enc", "openpgp"), (".gpg", "openpgp"),
        (".tgz", "gzip"),
    ]

    /// A name without these endings, and the encoding that they say.
    static func split(_ name: String) -> (stem: Substring, encoding: BackupEncoding) {
        var stem = name[...]
        var outermost: String?
        while let layer = endings.first(where: { stem.hasSuffix($0.ending) && stem.utf8.count > $0.ending.utf8.count })
        {
            stem = stem.dropLast(layer.ending.count)
            outermost = outermost ?? layer.name
        }
        guard let outermost else { return (stem, .raw) }
        return (stem, BackupEncoding(name: outermost, nameEnding: String(name[stem.endIndex...])))
    }
}
