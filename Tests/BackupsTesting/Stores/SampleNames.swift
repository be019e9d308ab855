/// Names that sort differently by bytes, by letters and by folders, and some that are awkward to write.
enum SampleNames {
    static let sorted = [
        "v1/foo/3.1.0_000000000000000f_etcd.backup", "v1/foo/3.1.0_0000000000000010_etcd.backup",
        "v1/foo/tmp/unfinished", "v1/foo/README", "v1/foo-bar/b", "v1/foo.bar/b", "v1/foo.txt", "v1/Zoo/a",
        "v1/two words/a+b%20c", "v1/größe/ключ", "v1/~", "v2/other", "top",
    ].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

    /// Each name as a file that contains just it.
    static let files = Dictionary(uniqueKeysWithValues: sorted.map { ($0, Array($0.utf8)) })

    /// The names and folders that a listing folded at `/` has.
    static func folded(below prefix: String) -> [String] {
        var names: [String] = []
        for name in sorted where name.hasPrefix(prefix) {
            let end = name.dropFirst(prefix.count).firstIndex(of: "/")
            let item = end.map { String(name[...$0]) } ?? name
            if names.last != item { names.append(item) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
