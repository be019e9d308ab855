import Language

/// A file of another machine, as other tools name it: `s3://bucket/folder/name`.
struct RemoteFile {
    /// The line that downloads it.
    let line: String
    var hint: String { "download it first: \(line)" }

    /// `nil` where a text names none.
    init?(_ text: String) {
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            line = "curl --fail --output FILE \(Word.shown(text))"
            return
        }
        guard text.hasPrefix("s3://") else { return nil }
        let path = text.dropFirst("s3://".count)
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? ""
        let folder = slash.map { String(path[..<$0]) } ?? String(path)
        line =
            "use s3 \(Word.shown(folder)); pick \(name.isEmpty ? "max" : Word.shown(name)); get"
    }
}
