import Backups

/// How distributions pack their backups, as the endings of names say: codecs undo it.
enum PackedName {
    static let endings: [(ending: String, name: String)] = [
        (".gz", "gzip"), (".zip", "zip"), (".zst", "zstd"), (".tar", "tar"), (".zlib", "zlib"), (".Z", "lzw"),
        (".age", "age"), (".enc", "openpgp"),
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
