import Backups
import Text

/// What a recovery guide is filled in with. A word in capitals stands for what is not known, as `help recovery` shows
/// it.
///
/// All texts are words of a POSIX shell, or values of a manifest, quoted where they need it.
struct RecoverySubject: Sendable {
    /// Where the snapshot is on this machine, or will be.
    private let path: String?
    /// Where the snapshot and what belongs to it are in one folder, or will be.
    private let companions: String?
    /// Whether the file on this machine has the bytes as they are stored.
    private let isStored: Bool
    /// The store's root, and the folders and the name of the backup in it.
    private let parts: [String]
    private let clusterName: String?
    /// Whether the snapshot ends in the hash that etcd checks; a copy of a member's file does not.
    let hasHash: Bool

    /// - Parameters:
    ///   - path: Where the snapshot is, or will be.
    ///   - companions: The folder of it and of what belongs to it.
    ///   - isStored: Whether the file there has the bytes as they are stored.
    ///   - address: The root of the backup's store: `s3://bucket`, or an absolute path.
    ///   - key: The backup's name in its store.
    init(
        path: String? = nil,
        companions: String? = nil,
        isStored: Bool = false,
        address: String? = nil,
        key: String? = nil,
        clusterName: String? = nil,
        hasHash: Bool = true
    ) {
        self.path = path
        self.companions = companions
        self.isStored = isStored
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

    /// The folder that `get` is to write a snapshot into that is nothing without what belongs to it.
    static let companionFolder = "backup"

    /// The folder that the snapshot and what belongs to it are in.
    var companionDirectory: String { companions.map(PathText.shellQuoted) ?? "DIR" }

    /// The name of the snapshot's file, as a value of `helm --set`.
    var fileNameForHelm: String {
        guard let path else { return "NAME" }
        return PathText.shellQuoted(PathParts(path).name.replacing("\\", with: "\\\\").replacing(",", with: "\\,"))
    }

    /// The name of the snapshot's file.
    var fileName: String { path.map { PathText.shellQuoted(PathParts($0).name) } ?? "NAME" }

    /// The snapshot's file as a variable for Ansible, which reads words of `NAME=VALUE` or JSON.
    func fileForAnsible(_ name: String) -> String {
        guard let path, PathText.shellQuoted(path) != path else { return "\(name)=\(file)" }
        return PathText.shellQuoted("{\"\(name)\":\(ManifestText.quoted(path))}")
    }

    // MARK: - The backup in its store

    /// The stored file's name.
    var storedName: String { parts.last.map(PathText.shellQuoted) ?? "NAME" }

    /// The stored file on this machine: where it is, or the name that it will have in the current folder.
    var storedFile: String { isStored ? file : "./\(storedName)" }

    /// The name of that file; `nil` where it is not known.
    var storedFileName: String? { isStored ? path.map { PathParts($0).name } : parts.last }

    /// The same without an ending.
    func storedName(without ending: String) -> String {
        guard let name = parts.last else { return "NAME" }
        return PathText.shellQuoted(name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name)
    }

    /// The name of the folder that the stored file is in.
    var storedFolder: String { parts.count > 2 ? PathText.shellQuoted(parts[parts.count - 2]) : "DIR" }

    /// The bucket that the stored file is in; `nil` where it is in none.
    private var bucket: String? { parts.first.flatMap { $0.hasPrefix("s3://") ? String($0.dropFirst(5)) : nil } }

    /// Where the stored file is in a bucket, or a folder above it, for what takes nothing else: `s3://bucket/folder`.
    ///
    /// - Parameters:
    ///   - levels: 0 for the file, 1 for its folder.
    ///   - placeholder: What stands for it where it is not known.
    func bucketPlace(above levels: Int = 0, or placeholder: String = "s3://BUCKET/KEY") -> String {
        bucket == nil ? placeholder : place(above: levels) ?? placeholder
    }

    /// Where the stored file is on this machine, or a folder above it, for what takes nothing else.
    ///
    /// - Parameters:
    ///   - levels: 0 for the file, 1 for its folder.
    ///   - placeholder: What stands for it where it is not known.
    func diskPlace(above levels: Int, or placeholder: String) -> String {
        bucket != nil ? placeholder : place(above: levels) ?? placeholder
    }

    private func place(above levels: Int) -> String? {
        guard parts.count > levels else { return nil }
        let place = parts.dropLast(levels).joined(separator: "/")
        return place.isEmpty ? "/" : PathText.shellQuoted(place)
    }

    /// The bucket, and the folders in it up to one of these names; `nil` where it is in none, or there is no such name.
    func bucketAndPrefix(before names: [String]) -> (bucket: String, prefix: String)? {
        guard let bucket, let end = parts.dropLast().lastIndex(where: names.contains) else { return nil }
        return (PathText.shellQuoted(bucket), PathText.shellQuoted(parts[1..<end].joined(separator: "/")))
    }

    // MARK: - In a manifest

    /// The bucket and the stored file's key in it, each a value of a manifest; placeholders where it is in no bucket.
    var bucketAndKeyInManifest: (bucket: String, key: String) {
        guard let bucket else { return ("BUCKET", "KEY") }
        return (ManifestText.quoted(bucket), ManifestText.quoted(parts.dropFirst().joined(separator: "/")))
    }

    /// The same as one value: `bucket/folder/file`.
    var bucketPathInManifest: String {
        guard bucket != nil else { return "BUCKET/KEY" }
        return ManifestText.quoted(String(parts.joined(separator: "/").dropFirst("s3://".count)))
    }

    /// The stored file's name, as a value of a manifest.
    var storedNameInManifest: String { parts.last.map(ManifestText.quoted) ?? "NAME" }

    /// The cluster's name, as a value of a manifest.
    func clusterInManifest(or placeholder: String = "CLUSTER") -> String {
        clusterName.map(ManifestText.quoted) ?? placeholder
    }

    /// The nearest folder above the stored file whose name begins so: the rest of its name, and how many levels above
    /// the file it is.
    func folder(named prefix: String) -> (rest: String, levels: Int)? {
        guard let index = parts.dropLast().lastIndex(where: { $0.hasPrefix(prefix) }) else { return nil }
        return (PathText.shellQuoted(String(parts[index].dropFirst(prefix.count))), parts.count - 1 - index)
    }

    /// Whether it is in a folder of that name, anywhere above.
    func isBelow(_ folder: String) -> Bool { parts.dropLast().contains(folder) }
}
