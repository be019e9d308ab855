/// What `restore` takes; the options are those of etcd's own tool.
enum RestoreArguments {
    static let file = Argument("FILE", .file)
    static let dataDirectory = Option(
        "data-dir",
        value: "DIR",
        .newFolder,
        "the directory to make; NAME.etcd where it is not given"
    )
    static let name = Option("name", value: "NAME", .text, "the member's name; default: default")
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
        "the same for all members; default: etcd-cluster"
    )
    static let advertisedURLs = Option(
        "initial-advertise-peer-urls",
        value: "URL,…",
        .text,
        "the member's own peer URLs; as in --initial-cluster, or http://localhost:2380"
    )
    static let walDirectory = Option("wal-dir", value: "DIR", .newFolder, "for the log, on a disk of its own")
    static let bump = Option(
        "bump-revision",
        value: "N",
        .count,
        "raises the revision by N, so that no client takes the past for news",
        goesWith: ["mark-compacted"]
    )
    static let marksCompacted = Option(
        "mark-compacted",
        "takes all history before the raised revision for compacted",
        goesWith: ["bump-revision"]
    )
    static let skipsHashCheck = Option(
        "skip-hash-check",
        "takes a file without a SHA-256, unverified; never one with a wrong one"
    )
    static let all = Option(
        "all",
        value: "DIR",
        .newFolder,
        "makes the directories of all members, as DIR/NAME",
        goesWith: ["initial-cluster"],
        excludes: ["data-dir", "name", "wal-dir", "initial-advertise-peer-urls"]
    )
    static let prints = Option("print", "prints the commands for etcd's own tool, and makes nothing")
}
