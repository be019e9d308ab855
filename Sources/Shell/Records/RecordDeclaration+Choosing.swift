/// Records of what is chosen and listed.
extension RecordDeclaration {
    static let source = RecordDeclaration(
        "source",
        "the source in use",
        [
            .text("location?", "the source; absent where none is in use"),
            .text("layout?", "how the backups lie, where that was recognised"),
            .texts("clusters?", "the clusters with backups there"),
            .count("backups?", "how many there are, of a source that does not say whose they are"),
            .yesNo("isComplete?", "false where more may follow those that are counted"),
        ]
    )

    static let cluster = RecordDeclaration(
        "cluster",
        "a cluster with backups",
        [
            .text("cluster", "its name"), .text("namespace?", "its namespace"), .count("backups", "how many it has"),
            .count("newestRevision?", "the newest revision"), .seconds("newestAgeSeconds?", "the age of the newest"),
            .yesNo("newestInFuture?", "true if the newest has a time in the future"),
        ]
    )

    static let chosen = RecordDeclaration(
        "chosen",
        "the cluster that was chosen",
        [
            .text("cluster", "its name; '.' for the only one, where no name says it"),
            .text("namespace?", "its namespace"),
        ]
    )

    static let target = RecordDeclaration(
        "target",
        "the etcd version that will run",
        [.text("target?", "the version; absent after 'target any'")]
    )

    static let ignored = RecordDeclaration(
        "ignored",
        "a name that is no backup",
        [.text("name", "the name"), .text("reason", "why it is ignored")]
    )

    static let backup = RecordDeclaration("backup", "a backup", backupFields)
    static let pick = RecordDeclaration("pick", "the backup that was picked", backupFields)

    static let companion = RecordDeclaration(
        "companion",
        "a file that belongs to the backup",
        [
            .oneOf("place", ["beside", "archive"], "beside the backup, or in its archive"), .text("name", "its name"),
            .bytes("size?", "its size"),
        ]
    )

    private static let backupFields: [RecordField] = [
        .text("name", "its name"),
        .text("cluster?", "absent if the source does not name clusters"),
        .text("namespace?", "the cluster's namespace"),
        .yesNo("clusterAsYouSaid?", "true if the source does not say whose it is"),
        .text("layout?", "the layout that it was found by"),
        .text("node?", "the node that its name says"),
        .text("backupKind?", "the kind that its name says"),
        .text("version?", "the etcd version that wrote it"),
        .count("revision?", "the revision"),
        .bytes("size?", "the size as it is stored"),
        .bytes("approximateSize?", "about the size, where it is not reported exactly"),
        .text("encoding?", "what the stored file is packed in"),
        .time("modified?", "when it was written"),
        .yesNo("hasLocalTime?", "true if its time has no zone: it is given as if it were UTC"),
        .seconds("ageSeconds?", "its age"),
        .yesNo("inFuture?", "true if its time is in the future"),
        .yesNo("hasSnapshotSize?", "whether a whole snapshot can have that size"),
        .yesNo("isPicked", "whether it is the pick"),
        .yesNo("restorable?", "whether the target can restore it"),
        .text("versionID?", "its version in the bucket, if it is not the current one"),
        .oneOf("standing?", ["deleted", "replaced"], "if it is not the current object of its name"),
        .text("archive?", "the storage class that it must be restored from first"),
        .text("reason?", "why it was picked"),
        .count("skipped?", "how many backups were skipped for it"),
        .objects(
            "passedOver?",
            "those that were skipped",
            [.text("name", "the backup"), .text("reason", "why it was skipped")]
        ),
        .texts("doubts?", "what makes the pick doubtful"),
        recovery,
    ]

    /// The steps of the distribution that made a backup.
    static let recovery = RecordField.objects(
        "recovery?",
        "the ways of the distributions that may have made it; absent where our own restore is the way",
        [
            .text("guide", "what 'help recovery' takes"),
            .objects(
                "steps",
                "the key steps, in order",
                [
                    .text("text", "what is done, a sentence"),
                    .text("where?", "where its commands run; absent where that is this machine"),
                    .texts("commands?", "lines for the shell there; absent where no line can do it"),
                ]
            ),
            .texts("fillIn?", "what the words in capitals stand for, which only you know"),
            .text("needs?", "what must be at hand besides the backup"),
        ]
    )
}
