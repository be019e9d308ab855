import Backups
import Language
import Snapshot
import Text

extension CommandDeclaration {
    private static let file = ArgumentKey.replaceable("FILE", .file, by: .file)

    static let status = CommandDeclaration(
        words: ["status"],
        summary: "show what is in a snapshot file",
        details: [
            "What 'etcdctl snapshot status' shows, and more.",
            "It reads all pages, but leaves the SHA-256 and the history of the keys to",
            "'verify'. The revision is the cluster's: etcd's own status prints that of the last",
            "record, which is lower if the last changes were compacted away.",
        ],
        arguments: [file],
        options: UnpackingOptions.options,
        examples: [.init("status out.db", "hash, revision, keys, members, leases")],
        records: [.status],
        dryRun: .asUsual,
        run: { invocation, session in
            let path = try invocation[file]
            let (contents, packing) = try await session.reading(path, UnpackingOptions(invocation)) { snapshot in
                (try await snapshot.file.contents(), Packing(snapshot))
            }
            // Of any other file it is not known whose it is.
            let cluster = session.file?.path == path ? session.file?.origin?.cluster : nil
            let restore = try await session.restoreOffer(
                of: path,
                cluster,
                isOfKubernetes: contents.holdsKubernetes
            )
            let isVerified = try await session.hasVerified(path)
            session.output.listing(
                "\(path.printable), "
                    + (isVerified
                        ? "verified in this session and unchanged since\n"
                        : "which was not verified: 'verify \(Word.shown(path))' does\n")
                    + TextTable.pairs(
                        (packing?.rows ?? []) + contents.rows + [("next", restore.line.shown(session.output.offers))]
                            + restore.reasonRows
                    ),
                json: [StatusRecord(path, contents, packing, next: restore.line.text(session.output.offers.inShell))]
            )
            session.output.report(contents.notices, of: path)
        }
    )
}

extension Session {
    /// Whether a file was downloaded or verified, and is unchanged since.
    fileprivate func hasVerified(_ path: String) async throws -> Bool {
        try await PathText.mark(of: path).map(verified.contains) ?? false
    }
}

extension SnapshotContents {
    /// Their values, by name.
    fileprivate var rows: [(String, String)] {
        var rows = [
            ("revision", Revision(revision)?.description ?? "\(revision)"),
            ("live keys", "\(liveKeyCount)"),
            (
                "history",
                "\(recordCount) changes" + (compactedRevision > 0 ? ", compacted at \(compactedRevision)" : "")
            ),
            ("etcd", etcdText),
        ]
        for member in members { rows.append(("member", member.text)) }
        if let downgradeTarget { rows.append(("downgrade", "running, to \(downgradeTarget.printable)")) }
        rows += [
            ("leases", "\(leaseCount)"),
            (
                "alarms",
                alarms.isEmpty
                    ? "none"
                    : alarms.map { "\($0.kind) of member \(String($0.member, radix: 16))" }.joined(separator: ", ")
            ),
            ("auth", isAuthEnabled ? "on" : "off"),
        ]
        if let consistentIndex { rows.append(("raft index", "\(consistentIndex)")) }
        rows += [
            (
                "pages",
                "\(imageByteCount / pageByteCount) of \(pageByteCount) bytes, \(freeByteCount.byteCountText) of it free"
            ),
            ("etcdctl says", statusLine),
        ]
        return rows
    }

    private var etcdText: String {
        let agreed = clusterVersion.map { "its cluster had agreed on \($0.printable); " } ?? ""
        return agreed + "the file is of etcd \(writer)".printable
    }

    /// What `etcdctl snapshot status` of etcd 3.4 and 3.5 prints: hash, revision, total keys, total size.
    private var statusLine: String {
        "\(String(hash, radix: 16)), \(lastRecordRevision), \(pairCount), \(imageByteCount.decimalByteCountText)"
    }
}

extension Member {
    fileprivate var text: String {
        let urls = peerURLs.joined(separator: " ").printable
        return "\(name.isEmpty ? "(never started)" : name.printable) \(String(id, radix: 16)), \(urls)"
            + (isLearner ? ", a learner" : "")
    }
}

/// The first four fields match `etcdctl snapshot status FILE -w json`.
private struct StatusRecord: Encodable {
    let hash: UInt32
    let revision: Int64
    let totalKey: Int
    let totalSize: Int64

    let kind = "status"
    let path: String
    let packed: [String]?
    let packedAs: String?
    let packedSize: Int64?
    let currentRevision: Int64
    let compactedRevision: Int64
    let liveKeys: Int
    let records: Int
    let clusterVersion: String?
    let writtenBy: String
    let storageVersion: String?
    let downgradeTarget: String?
    let members: [MemberRecord]
    let leases: Int
    let alarms: [AlarmRecord]
    let auth: Bool
    let consistentIndex: UInt64?
    let pageSize: Int64
    let freeSize: Int64
    /// The line that restores it.
    let next: String

    struct MemberRecord: Encodable {
        let id: String
        let name: String
        let peerURLs: [String]
        let clientURLs: [String]
        let learner: Bool
    }

    struct AlarmRecord: Encodable {
        let member: String
        let alarm: String
    }

    init(_ path: String, _ contents: SnapshotContents, _ packing: Packing?, next: String) {
        self.next = next
        hash = contents.hash
        revision = contents.lastRecordRevision
        totalKey = contents.pairCount
        totalSize = contents.imageByteCount
        self.path = path
        packed = packing?.layers
        packedAs = packing?.entry
        packedSize = packing?.byteCount
        currentRevision = contents.revision
        compactedRevision = contents.compactedRevision
        liveKeys = contents.liveKeyCount
        records = contents.recordCount
        clusterVersion = contents.clusterVersion
        writtenBy = contents.writer.description
        if case .from36(let version) = contents.writer { storageVersion = version } else { storageVersion = nil }
        downgradeTarget = contents.downgradeTarget
        members = contents.members.map {
            MemberRecord(
                id: String($0.id, radix: 16),
                name: $0.name,
                peerURLs: $0.peerURLs,
                clientURLs: $0.clientURLs,
                learner: $0.isLearner
            )
        }
        leases = contents.leaseCount
        alarms = contents.alarms.map { AlarmRecord(member: String($0.member, radix: 16), alarm: $0.kind.description) }
        auth = contents.isAuthEnabled
        consistentIndex = contents.consistentIndex
        pageSize = contents.pageByteCount
        freeSize = contents.freeByteCount
    }
}
