import Backups
import FoundationEssentials
import Snapshot

/// Facts of what the last commands have come to.
extension Fact {
    static let ofPick = [
        pick("name", .backupName, "the backup's name") { .text($0.name) },
        pick("cluster", .text, "its cluster", ifAbsent: "the source does not name clusters") {
            ($0.cluster?.name).map(FactValue.text)
        },
        pick("version", .version, "the etcd version that wrote it", ifAbsent: "its name does not say it") {
            $0.version.map(FactValue.version)
        },
        pick(
            "revision",
            .revision,
            "its revision",
            ifAbsent: "its name does not say it; after 'get' it is file.revision"
        ) { $0.knownRevision.map(FactValue.revision) },
        pick("node", .text, "the node whose etcd it was taken from", ifAbsent: "its name does not say it") {
            $0.node.map(FactValue.text)
        },
        pick("size", .size, "its size") { $0.byteCount.map(FactValue.size) },
        pick("modified", .time, "when it was written") { $0.modified.map(FactValue.init(shown:)) },
        Fact(
            name: "pick.age",
            type: .duration,
            summary: "how long ago that is; unknown for a time more than \(Int(Age.maxClockSkew)) s in the future",
            needs: [.pick]
        ) { _, session in
            try age(of: session.requirePick(), session)
        },
        Fact(
            name: "pick.skipped",
            type: .count,
            summary: "how many backups were skipped because they can't be used",
            needs: [.pick]
        ) { _, session in
            .value(.count(session.passedOver.count))
        },
        Fact(
            name: "pick.doubts",
            type: .count,
            summary:
                "how many things make the newest doubtful: revision and time disagree, it is far smaller than those before",
            needs: [.pick]
        ) { _, session in
            .value(.count(session.doubts.codes.count))
        },
    ]

    static let ofFile = [
        file("path", .text, "where the downloaded or verified file is") { .text($0.path) },
        file("sha256", .sha256, "its SHA-256, as sha256sum prints it") { .text($0.sha256) },
        file("size", .size, "its size") { .size($0.byteCount) },
        file("revision", .revision, "its revision") { .revision($0.revision) },
        file("keys", .count, "how many keys are live in it") { .count($0.contents.liveKeyCount) },
        file("hash", .hash, "the hash of its content, as 'snapshot status' prints it") {
            .text(String($0.contents.hash, radix: 16))
        },
        file("verified", .yesNo, "whether its SHA-256 is right") { .yesNo($0.isVerified) },
    ]

    static let listCount = Fact(
        name: "ls.count",
        type: .count,
        summary: "how many backups the last 'ls' showed",
        needs: [.listing]
    ) { _, session in
        guard let count = session.listedCount else { throw UnmetNeed(.listing, session.dependencies.commands) }
        return .value(.count(count))
    }

    static let ofDifference = [
        difference("added", "how many keys only the second file of the last 'diff' has", \.added),
        difference("removed", "how many keys only the first file has", \.removed),
        difference("changed", "how many keys both have that differ", \.changed),
    ]

    private static func difference(
        _ name: String,
        _ summary: String,
        _ count: @escaping @Sendable (DifferenceSum) -> Int
    ) -> Fact {
        Fact(name: "diff.\(name)", type: .count, summary: summary, needs: [.difference]) { _, session in
            guard let sum = session.difference else { throw UnmetNeed(.difference, session.dependencies.commands) }
            return .value(.count(count(sum)))
        }
    }

    private static func pick(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        ifAbsent reason: String = "the source does not report it",
        value: @escaping @Sendable (Backup) -> FactValue?
    ) -> Fact {
        Fact(name: "pick.\(name)", type: type, summary: summary, needs: [.pick]) { _, session in
            FactReading(value(try session.requirePick()), ifAbsent: reason)
        }
    }

    private static func file(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        value: @escaping @Sendable (FileFacts) -> FactValue
    ) -> Fact {
        Fact(name: "file.\(name)", type: type, summary: summary, needs: [.file]) { _, session in
            guard let file = session.file else { throw UnmetNeed(.file, session.dependencies.commands) }
            return .value(value(file))
        }
    }

    /// How long ago a backup was written.
    @MainActor
    static func age(of backup: Backup, _ session: Session) -> FactReading {
        let now = session.dependencies.now()
        return FactReading(
            backup.hasLocalTime ? nil : backup.age(at: now)?.seconds.map { .duration($0.rounded(.down)) },
            ifAbsent: backup.reasonAgainstAge(at: now) ?? "the source does not report when it was written"
        )
    }
}

extension FactReading {
    init(_ value: FactValue?, ifAbsent reason: String) {
        self = value.map { .value($0) } ?? .unknown(reason: reason)
    }
}

extension FactValue {
    /// A time as it is shown, so that what was shown can be expected.
    init(shown date: Date) {
        self = .time(Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)))
    }
}
