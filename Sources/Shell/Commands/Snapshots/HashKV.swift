import Backups
import Snapshot

extension CommandDeclaration {
    static let hashkv = CommandDeclaration(
        words: ["hashkv"],
        summary: "the hash of a snapshot file's keys, to compare it with a live cluster's",
        details: [
            "It is what 'etcdctl endpoint hashkv --rev R' tells of a member whose history is compacted",
            "at the same revision: compare only where both are the same. --compact tells it as if the",
            "cluster had compacted since.",
        ],
        arguments: [ArgumentDeclaration(name: "FILE", kind: .file)],
        options: [
            OptionDeclaration(name: "revision", value: ("R", .revision), summary: "up to then, instead of the last one"),
            OptionDeclaration(name: "compact", value: ("C", .revision), summary: "as if history were compacted there"),
        ],
        examples: [.init("hashkv out.db", "at the file's own revision")],
        run: { invocation, session in
            let path = try invocation.requireText("FILE")
            let hash = try await SnapshotFailure.reading(path) { file in
                try await file.keyHash(
                    at: invocation.revision("revision"),
                    compactedAt: invocation.revision("compact")
                )
            }
            session.output.listing(
                aligned([
                    ("hash", "\(hash.hash)"),
                    ("revision", Revision(hash.revision)?.description ?? "\(hash.revision)"),
                    ("compacted", hash.compactedRevision > 0 ? "at \(hash.compactedRevision)" : "never"),
                    (
                        "compare with",
                        "etcdctl endpoint hashkv --cluster --rev \(hash.revision) -w json"
                    ),
                ]),
                json: [
                    HashRecord(
                        path: path,
                        hash: hash.hash,
                        hash_revision: hash.revision,
                        // As etcd tells it where there was none.
                        compact_revision: hash.compactedRevision > 0 ? hash.compactedRevision : -1
                    )
                ]
            )
        }
    )
}

/// The fields are called as those of `etcdctl endpoint hashkv -w json`.
private struct HashRecord: Encodable {
    let kind = "hashkv"
    let path: String
    let hash: UInt32
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let hash_revision: Int64
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let compact_revision: Int64
}
