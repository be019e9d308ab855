import Glibc

/// Where copies are kept that no one has named a folder for: `TMPDIR`, or else `/var/tmp`, which is on a disk where
/// `/tmp` may be memory (file-hierarchy(7)).
public enum SpoolFolder {
    /// By the environment of this process.
    package static var usual: String { chosen(getenv("TMPDIR").map { String(cString: $0) }) }

    public static func usual(_ environment: [String: String]) -> String { chosen(environment["TMPDIR"]) }

    private static func chosen(_ folder: String?) -> String {
        folder.flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp"
    }
}
