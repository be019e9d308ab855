/// Records of snapshot files and data directories.
extension RecordDeclaration {
    /// What a file is packed in.
    private static let packing: [RecordField] = [
        .texts("packed?", "what it is packed in; absent where it is the snapshot itself"),
        .text("packedAs?", "which file of an archive it is"), .bytes("packedSize?", "the packed size"),
    ]

    static let verification = RecordDeclaration(
        "verification",
        "the result of verify",
        [.text("path", "the file")] + packing + [
            .oneOf("verdict", ["sound", "unverified", "not sound"], "the result"),
            .bytes("size", "the size of the snapshot"),
            .text("sha256", "of the whole file"), .count("revision?", "the revision"),
            .count("liveKeys?", "how many keys it has"),
            .count("hash?", "the hash that etcdctl snapshot status prints"),
            .objects(
                "findings",
                "what is wrong",
                [.text("problem", "a sentence"), .count("page?", "in this page"), .count("offset?", "at this byte")]
            ),
            .count("furtherFindings", "how many more there are"),
            .objects(
                "notices",
                "what is unusual",
                [
                    .text("code", "stable, for programs"), .text("text", "a sentence"), .count("page?", "in this page"),
                    .count("offset?", "at this byte"),
                ]
            ),
        ]
    )

    static let status = RecordDeclaration(
        "status",
        "what is in a file, named as etcdctl does",
        [
            .count("hash", "the hash"), .count("revision", "of the last record"), .count("totalKey", "all records"),
            .bytes("totalSize", "without the hash at its end"), .text("path", "the file"),
        ] + packing + [
            .count("currentRevision", "the cluster's revision"), .count("compactedRevision", "0 where it never was"),
            .count("liveKeys", "how many keys"), .count("records", "how many changes"),
            .text("clusterVersion?", "what the cluster had agreed on"), .text("writtenBy", "the etcd of the file"),
            .text("storageVersion?", "what etcd 3.6 and later write"),
            .text("downgradeTarget?", "a downgrade that runs"),
            .objects(
                "members",
                "the members of its cluster",
                [
                    .text("id", "in hexadecimal"), .text("name", "empty if it never started"),
                    .texts("peerURLs", "for peers"), .texts("clientURLs", "for clients"),
                    .yesNo("learner", "whether it does not vote"),
                ]
            ),
            .count("leases", "how many"),
            .objects("alarms", "raised alarms", [.text("member", "in hexadecimal"), .text("alarm", "which")]),
            .yesNo("auth", "whether users and roles are on"), .count("consistentIndex?", "the raft index"),
            .bytes("pageSize", "the size of a page"), .bytes("freeSize", "in free pages"),
            .text("next", "the line that restores it, for the shell"),
        ]
    )

    private static let keyFields: [RecordField] = [
        .oneOf("change?", ["put", "delete"], "with --history"),
        .text("key", "escaped"), .text("keyBase64?", "where it is not plain text"),
        .count("revision", "of its last change"),
        .count("createRevision", "of its creation"), .count("version", "changes since then"),
        .text("lease?", "in hexadecimal"), .bytes("size", "the value's size"),
        .text("value?", "escaped, with --values"),
    ]
    static let key = RecordDeclaration("key", "a key in a snapshot file", keyFields)
    static let change = RecordDeclaration("change", "a change of a key, of keys --history", keyFields)

    static let difference = RecordDeclaration(
        "difference",
        "a key that differs between two files",
        [
            .oneOf("change", ["added", "removed", "changed"], "how"), .text("key", "escaped"),
            .text("keyBase64?", "where it is not plain text"), .count("fromRevision?", "in the first file"),
            .count("toRevision?", "in the second file"), .yesNo("sameValue?", "whether both values are equal"),
            .text("valueBefore?", "the part that changed, with --values"), .text("valueAfter?", "what it became"),
        ]
    )

    static let differenceSum = RecordDeclaration(
        "difference-sum",
        "how many keys differ",
        [
            .count("added", "only in the second file"), .count("removed", "only in the first file"),
            .count("changed", "in both, and different"), .count("fromRevision", "of the first file"),
            .count("toRevision", "of the second file"),
        ]
    )

    static let hashkv = RecordDeclaration(
        "hashkv",
        "the hash of a file's keys, as etcdctl has it",
        [
            .text("path", "the file"), .count("hash", "the hash"), .count("hash_revision", "up to this revision"),
            .count("compact_revision", "-1 where it never was"),
        ]
    )

    static let etcdCommand = RecordDeclaration(
        "etcd-command",
        "a command for etcd's own tool, of --print",
        [.text("line", "for the shell")]
    )

    static let restored = RecordDeclaration(
        "restored",
        "the data directories that restore made",
        [
            .text("path", "the snapshot file"), .text("cluster", "the new cluster's id, in hexadecimal"),
            .objects(
                "members",
                "those that were made",
                [
                    .text("name", "its name"), .text("id", "in hexadecimal"), .text("dataDir", "its data directory"),
                    .text("walDir?", "where its log is"), .yesNo("alreadyThere", "whether it was there before"),
                ]
            ),
            .count("revision", "the revision"), .count("keyHash", "as of hashkv"),
            .objects(
                "copies",
                "what is copied to another machine first",
                [.text("directory", "what"), .text("host", "to where")]
            ),
            .texts("next", "the lines that start etcd, for the shell"),
        ]
    )

    static let wouldRestore = RecordDeclaration(
        "would-restore",
        "in a dry run: what restore would do",
        [
            .text("path", "the snapshot file"), .yesNo("sound", "whether it is there and sound"),
            .bytes("size?", "its size"),
            .objects(
                "members",
                "those that would be made",
                [
                    .text("name", "its name"), .text("dataDir", "its data directory"),
                    .text("walDir?", "where its log would be"),
                ]
            ),
            .objects(
                "space",
                "on each file system",
                [.text("folder", "there"), .bytes("needed?", "needed"), .bytes("free?", "free")]
            ),
            .number("bytesPerSecond?", "as measured"), .seconds("seconds?", "about how long it takes"),
        ]
    )
}
