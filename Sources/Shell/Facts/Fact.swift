import Backups
import FoundationEssentials
import Snapshot

/// One thing that a session knows, for `expect` and as `${…}`.
struct Fact: Sendable {
    let name: String
    let type: FactType
    let summary: String
    /// What must have come before.
    let needs: Need
    /// Its value; `nil` where what it needs has not come, or where it is unknown.
    let value: @MainActor @Sendable (Session) -> FactValue?
    /// Why it has no value although what it needs has come, as the second half of a sentence.
    var reasonForAbsence: @MainActor @Sendable (Session) -> String? = { _ in nil }

    static let all: [Fact] = [
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
            ifAbsent: "its name does not say it; after 'get' it is file.revision",
            value: { $0.knownRevision.map(FactValue.revision) }
        ),
        pick("size", .size, "its size") { $0.byteCount.map(FactValue.size) },
        pick("modified", .time, "when it was written") {
            // As it is shown, so that what was shown can be expected.
            $0.modified.map { .time(Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down))) }
        },
        Fact(
            name: "pick.age",
            type: .duration,
            summary: "how long ago that is; unknown for a time more than \(Int(Age.maxClockSkew)) s in the future",
            needs: .pick,
            value: { session in
                session.pick?.age(at: session.environment.now())?.seconds.map { .duration($0.rounded(.down)) }
            },
            reasonForAbsence: { session in
                session.pick?.reasonAgainstAge(at: session.environment.now())
            }
        ),
        Fact(
            name: "pick.skipped",
            type: .count,
            summary: "how many backups were skipped because they can't be used",
            needs: .pick
        ) { session in
            session.pick.map { _ in .count(session.passedOver.count) }
        },
        file("path", .text, "where the downloaded or verified file is") { .text($0.path) },
        file("sha256", .text, "its SHA-256, as sha256sum prints it") { .text($0.sha256) },
        file("size", .size, "its size") { .size($0.byteCount) },
        file("revision", .revision, "its revision") { .revision($0.revision) },
        file("keys", .count, "how many keys are live in it") { .count($0.contents.liveKeyCount) },
        file("hash", .text, "the hash of its content, as 'snapshot status' prints it") {
            .text(String($0.contents.hash, radix: 16))
        },
        file("verified", .yesNo, "whether its SHA-256 is right") { .yesNo($0.isVerified) },
        Fact(name: "ls.count", type: .count, summary: "how many backups the last 'ls' showed", needs: .listing) {
            $0.listedCount.map(FactValue.count)
        },
    ]

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static func pick(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        ifAbsent reason: String? = nil,
        value: @escaping @Sendable (Backup) -> FactValue?
    ) -> Fact {
        Fact(
            name: "pick.\(name)",
            type: type,
            summary: summary,
            needs: .pick,
            value: { $0.pick.flatMap(value) },
            reasonForAbsence: { $0.pick == nil ? nil : reason }
        )
    }

    private static func file(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        value: @escaping @Sendable (FileFacts) -> FactValue
    ) -> Fact {
        Fact(name: "file.\(name)", type: type, summary: summary, needs: .file) { $0.file.map(value) }
    }
}
