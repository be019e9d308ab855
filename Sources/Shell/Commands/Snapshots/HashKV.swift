import Backups
import Snapshot

extension CommandDeclaration {
    private static let file = ArgumentKey.replaceable("FILE", .file, by: .file)
    private static let revision = Option("revision", value: "R", .revision, "up to then, instead of the last one")
    private static let compacted = Option("compact", value: "C", .revision, "as if history were compacted there")

    static let hashkv = CommandDeclaration(
        words: ["hashkv"],
        summary: "print the hash of a snapshot file's keys",
        details: [
            "It shows whether a live cluster has the same keys.",
            "It is what 'etcdctl endpoint hashkv --rev R' prints for a member whose history is compacted",
            "at the same revision: compare only where both are the same. --compact prints it as if the",
            "cluster had compacted since.",
        ],
        arguments: [file],
        options: [revision, compacted] + UnpackingOptions.options,
        examples: [.init("hashkv out.db", "at the file's own revision")],
        records: [.hashkv],
        dryRun: .asUsual,
        run: { invocation, session in
            let path = try invocation[file]
            let hash = try await session.reading(path, UnpackingOptions(invocation)) { snapshot in
                try await snapshot.file.keyHash(
                    at: invocation[revision]?.value,
                    compactedAt: invocation[compacted]?.value
                )
            }
            session.output.listing(
                TextTable.pairs([
                    ("hash", "\(hash.hash)"),
                    ("revision", Revision(hash.revision)?.description ?? "\(hash.revision)"),
                    ("compacted", hash.compactedRevision > 0 ? "at \(hash.compactedRevision)" : "never"),
                    ("compare with", comparison(hash, session.output.offers)),
                ]),
                json: [HashRecord(path, hash)]
            )
        }
    )
}

/// The command that prints the same for a live cluster.
private func comparison(_ hash: KeyHash, _ offers: Offers) -> String {
    // Before 3.4.27 and 3.5.10, etcd does not report the compacted revision.
    hash.revision > hash.compactedRevision
        ? Copyable.marked(offers.system("etcdctl endpoint hashkv --cluster --rev \(hash.revision) -w json"))
        : Copyable.marked(offers.system("etcdctl endpoint hashkv --cluster -w json")) + ", before anything is written"
}

/// The field names match `etcdctl endpoint hashkv -w json`.
private struct HashRecord: Encodable {
    let kind = "hashkv"
    let path: String
    let hash: UInt32
    let hashRevision: Int64
    let compactRevision: Int64

    private enum CodingKeys: String, CodingKey {
        case kind, path, hash
        case hashRevision = "hash_revision"
        case compactRevision = "compact_revision"
    }

    init(_ path: String, _ hash: KeyHash) {
        self.path = path
        self.hash = hash.hash
        hashRevision = hash.revision
        // The value that etcd prints if there was no compaction.
        compactRevision = hash.compactedRevision > 0 ? hash.compactedRevision : -1
    }
}
