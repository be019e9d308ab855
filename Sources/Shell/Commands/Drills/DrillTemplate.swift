import Drills
import FoundationEssentials
import Text

/// A drill's file that is made of a real cluster's backups: its name, their sizes and their ages, and none of their
/// content.
struct DrillTemplate: Sendable {
    private let cluster: String
    private let source: String
    private let backups: [(byteCount: Int64?, modified: Date?)]
    private let now: Date

    /// So many of the newest are taken: each has a snapshot of its own among those that the program carries.
    static var maxBackupCount: Int { Catalog.ordinaryNames.count }

    /// Where a backup is smaller, it has the size of its content.
    private static let minByteCount: Int64 = 128 << 10
    /// Larger backups would fill the disk of whoever practises.
    private static let maxByteCount: Int64 = 32 << 20

    /// - Parameter backups: In the order in which they were written.
    init(
        cluster: String,
        source: String,
        backups: [(byteCount: Int64?, modified: Date?)],
        now: Date
    ) {
        // As the form of a drill has it.
        self.cluster = Self.slug(cluster)
        self.source = source
        self.backups = Array(backups.suffix(Self.maxBackupCount))
        self.now = now
    }

    var backupCount: Int { backups.count }

    var text: String {
        let contents = Catalog.ordinaryNames.suffix(backups.count)
        let place = source == "pv" ? "volume" : "bucket"
        var lines = [
            "# A drill made of the backups of \(cluster): their sizes and ages, with contents of snapsh's own.",
            "# Make it harder: 'damage: altered', 'faults: {reset-after: 2MiB}', another content ('help drills').",
            "drill: 1",
            "name: our-\(cluster)",
            "title: The newest backup of \(cluster)",
            "teaches: find, download and prove the newest backup of our own cluster",
            "minutes: 10",
            "story: |",
            "  The etcd of \(cluster) is gone.",
            "  Its backups are in the \(place).",
            "  Bring its newest backup here, as recovered.db.",
            "world:",
            "  clusters:",
            "    - name: \(cluster)",
            "      backups:",
        ]
        for (index, (backup, content)) in zip(backups, contents).enumerated() {
            lines += [
                "        - id: \(index == backups.count - 1 ? "newest" : "older-\(backups.count - 1 - index)")",
                "          content: \(content)",
                "          age: \(Self.age(of: backup.modified, now))",
            ]
            if let size = backup.byteCount, size > Self.minByteCount {
                lines.append("          size: \(min(size, Self.maxByteCount))B")
            }
            lines.append("          places: [\(place)]")
        }
        lines +=
            place == "volume" ? ["  volume:", "    path: /var/etcd-backup"] : ["  bucket:", "    name: my-backups"]
        lines += [
            "parameters:",
            "  cluster: \(cluster)",
            "  bucket: my-backups",
            "right: [newest]",
            "objectives:",
            "  - says: recovered.db is the newest backup",
            "    file: recovered.db",
            "    is: newest",
        ]
        let use = place == "volume" ? "use pv" : "use s3 my-backups"
        if backups.count > 1 {
            lines += [
                "mistakes:",
                "  - name: took-the-oldest",
                "    when: {file: recovered.db, is: older-\(backups.count - 1)}",
                "    answer: This is the oldest backup. 'pick max' takes the newest one.",
                "    example: |",
                "      cluster \(cluster)",
                "      \(use)",
                "      pick min",
                "      get recovered.db",
            ]
        }
        lines += [
            "hints:",
            "  - First say which cluster it is, and where its backups are.",
            "  - |",
            "    cluster \(cluster)",
            "    \(use)",
            "    pick max",
            "    get recovered.db",
            "solution: |",
            "  cluster \(cluster)",
            "  \(use)",
            "  pick max",
            "  get recovered.db",
            "  expect file.verified",
            "debrief: |",
            "  What would have been slow or unclear with the real backups of \(cluster)? Write it into the runbook.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func slug(_ text: String) -> String {
        let dash = UInt8(ascii: "-")
        let bytes = text.lowercased().utf8.map { $0.isASCIIAlphanumeric ? $0 : dash }
        let name = bytes.drop { $0 == dash }.prefix(maxNameLength).reversed().drop { $0 == dash }.reversed()
        return name.isEmpty ? "cluster" : String(decoding: name, as: UTF8.self)
    }

    /// With `our-` before it.
    private static let maxNameLength = 36

    /// In whole minutes.
    private static func age(of modified: Date?, _ now: Date) -> String {
        guard let modified else { return "1d" }
        return "\(max(1, Int(now.timeIntervalSince(modified) / 60)))m"
    }
}
