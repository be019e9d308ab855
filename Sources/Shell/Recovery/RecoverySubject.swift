import Backups
import Text

/// What a recovery guide is filled in with. A word in capitals stands for what is not known, as `help recovery` shows it.
///
/// All texts are words of a POSIX shell, quoted where they need it.
struct RecoverySubject: Sendable {
    /// Where the snapshot is on this machine, or will be.
    private let path: String?
    /// The store's root, and the folders and the name of the backup in it.
    private let parts: [String]
    private let clusterName: String?
    /// Whether the snapshot ends in the hash that etcd checks; a copy of a member's file does not.
    let hasHash: Bool

    /// - Parameters:
    ///   - path: Where the snapshot is, or will be.
    ///   - address: The root of the backup's store: `s3://bucket`, or an absolute path.
    ///   - key: The backup's name in its store.
    init(
        path: String? = nil,
        address: String? = nil,
        key: String? = nil,
        clusterName: String? = nil,
        hasHash: Bool = true
    ) {
        self.path = path
        self.clusterName = clusterName
        self.hasHash = hasHash
        guard let address, let key else {
            parts = []
            return
        }
        // A bucket is one part; so is the root of a machine's files, which is empty. In a bucket empty parts count.
        parts =
            address.hasPrefix("/")
            ? [""] + PathParts.names(in: address) + PathParts.names(in: key)
            : [address]
                + key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { part in
                    String(Substring(part))
                }
    }

    /// Nothing is known.
    static let unknown = RecoverySubject()

    // MARK: - The snapshot

    /// The snapshot's file.
    var file: String { path.map(PathText.shellQuoted) ?? "FILE" }

    /// The folder that the snapshot's file is in.
    var directory: String { path.map { PathText.shellQuoted(PathParts($0).folder) } ?? "DIR" }

    /// The name of the snapshot's file.
    var fileName: String { path.map { PathText.shellQuoted(PathParts($0).name) } ?? "NAME" }

    // MARK: - The backup in its store

    /// The stored file's name.
    var storedName: String { parts.last.map(PathText.shellQuoted) ?? "NAME" }

    /// The same without an ending.
    func storedName(without ending: String) -> String {
        guard let name = parts.last else { return "NAME" }
        return PathText.shellQuoted(name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name)
    }

    /// The name of the folder that the stored file is in.
    var storedFolder: String { parts.count > 2 ? PathText.shellQuoted(parts[parts.count - 2]) : "DIR" }

    /// Where the stored file is, or a folder above it: `s3://bucket/folder`.
    ///
    /// - Parameters:
    ///   - levels: 0 for the file, 1 for its folder.
    ///   - placeholder: What stands for it where it is not known.
    func place(above levels: Int, or placeholder: String) -> String {
        guard parts.count > levels else { return placeholder }
        let place = parts.dropLast(levels).joined(separator: "/")
        return place.isEmpty ? "/" : PathText.shellQuoted(place)
    }

    /// Where the stored file is, if it is in a bucket: for a command that takes nothing else.
    func bucketPlace() -> String {
        let placeholder = "s3://BUCKET/KEY"
        return parts.first?.hasPrefix("s3://") == true ? place(above: 0, or: placeholder) : placeholder
    }

    /// The nearest folder above the stored file whose name begins so: the rest of its name, and how many levels above the
    /// file it is.
    func folder(named prefix: String) -> (rest: String, levels: Int)? {
        guard let index = parts.dropLast().lastIndex(where: { $0.hasPrefix(prefix) }) else { return nil }
        return (PathText.shellQuoted(String(parts[index].dropFirst(prefix.count))), parts.count - 1 - index)
    }

    /// Whether it is in a folder of that name, anywhere above.
    func isBelow(_ folder: String) -> Bool { parts.dropLast().contains(folder) }

    // MARK: - The cluster

    /// The cluster's name.
    func cluster(or placeholder: String = "CLUSTER") -> String {
        clusterName.map(PathText.shellQuoted) ?? placeholder
    }
}
