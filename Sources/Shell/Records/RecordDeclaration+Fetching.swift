/// Records of what is downloaded and served.
extension RecordDeclaration {
    static let file = RecordDeclaration(
        "file",
        "the file that get has made or found",
        [
            .text("path", "where it is"), .bytes("size", "the size of the snapshot"),
            .text("sha256", "of the whole file"), .count("revision", "the revision in it"),
            .count("liveKeys", "how many keys it has"), .count("hash", "the hash that etcdctl snapshot status prints"),
            .yesNo("verified", "whether a SHA-256 proves that it is whole"),
            .yesNo("alreadyThere", "whether it was there before"),
            .oneOf(
                "proof?",
                ["content", "checksum", "revision"],
                "how a file that was there was recognised as the pick"
            ),
            .texts("packed?", "what it is packed in, where it keeps the bytes as they are stored"),
            .bytes("packedSize?", "its size then"), .texts("companions?", "the paths of the files that belong to it"),
            .seconds("seconds", "how long it took"),
            .text("next?", "the next step, if it is a line for this machine's shell with nothing to fill in"), recovery,
        ]
    )

    static let wouldGet = RecordDeclaration(
        "would-get",
        "in a dry run: what get would do",
        [
            .text("name?", "the backup"), .text("path?", "the file"),
            .yesNo("fresh", "whether a new backup would be requested"), .bytes("size?", "the size of the backup"),
            .bytes("approximateSize?", "about its size"), .bytes("resumed", "what is here already"),
            .bytes("neededSpace?", "the space needed"), .bytes("freeSpace?", "the space there is"),
            .number("bytesPerSecond?", "as measured"), .seconds("seconds?", "about how long it takes"),
            .yesNo("replaces", "whether it would replace a file"),
            .yesNo("alreadyThere", "whether a file of that name is there"),
        ]
    )

    static let serving = RecordDeclaration(
        "serving",
        "serve has begun",
        [
            .text("url", "where"), .text("cluster?", "whose backups, where the source names clusters"),
            .text("location", "the source"),
        ]
    )

    static let wouldServe = RecordDeclaration(
        "would-serve",
        "in a dry run: what serve would do",
        [
            .text("address?", "where"), .text("cluster?", "whose backups"), .text("location?", "the source"),
            .text("newest?", "the newest backup that can be used"), .bytes("size?", "its size"),
            .texts("checked?", "what was found right"), .text("spoolFolder?", "where copies are kept"),
            .bytes("freeSpace?", "the space there"),
        ]
    )
}
