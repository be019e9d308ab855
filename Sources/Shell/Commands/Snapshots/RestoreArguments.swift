/// What `restore` takes; the options are those of etcd's own tool.
enum RestoreArguments {
    static let file = ArgumentKey.replaceable("FILE", .file, by: .currentFile)
    static let dataDirectory = Option(
        "data-dir",
        value: "DIR",
        .newFolder,
        "the directory to make (default: NAME.etcd)"
    )
    static let name = Option("name", value: "NAME", .text, "the member's name (default: default)")
    static let initialCluster = Option(
        "initial-cluster",
        value: "NAME=URL,…",
        .initialCluster,
        "all members of the new cluster, with their peer URLs; default: this one alone"
    )
    static let token = Option(
        "initial-cluster-token",
        value: "TOKEN",
        .text,
        "the same for all members (default: etcd-cluster)"
    )
    static let advertisedURLs = Option(
        "initial-advertise-peer-urls",
        value: "URL,…",
        .text,
        "the member's own peer URLs; as in --initial-cluster, or http://localhost:2380"
    )
    static let walDirectory = Option(
        "wal-dir",
        value: "DIR",
        .newFolder,
        "the directory for the log, if it has its own disk"
    )
    static let bump: Option<Int?> = Option(
        "bump-revision",
        value: "N",
        .count,
        "raise the revision by N, so that clients notice the restore",
        goesWith: [marksCompacted]
    )
    static let marksCompacted: Option<Bool> = Option(
        "mark-compacted",
        "mark all history before the raised revision as compacted",
        goesWith: [bump]
    )
    static let skipsHashCheck = Option(
        "skip-hash-check",
        "accept a file without a SHA-256; a wrong SHA-256 is still refused"
    )
    static let all = Option(
        "all",
        value: "DIR",
        .newFolder,
        "make the directories of all members, as DIR/NAME",
        goesWith: [initialCluster],
        excludes: [dataDirectory, name, walDirectory, advertisedURLs]
    )
    static let prints = Option("print", "print the commands for etcd's own tool, and make nothing")
}
