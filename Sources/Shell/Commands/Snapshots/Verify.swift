import Backups
import Snapshot

extension CommandDeclaration {
    private static let file = ArgumentKey.replaceable("FILE", .file, by: .file)
    private static let allowsNoTrailer = Option(
        "allow-no-trailer",
        "accept a file without a SHA-256"
    )

    static let verify = CommandDeclaration(
        words: ["verify"],
        summary: "verify a snapshot file, and list what is wrong",
        details: [
            "The SHA-256 at its end, both meta pages, every page in use, the order of the keys,",
            "and each key's history are checked. The result is one of three: sound; unverified,",
            "if nothing is wrong but the SHA-256 is missing, as in a copy of a member's",
            "member/snap/db; not sound. The last two end with exit code 5.",
        ],
        arguments: [file],
        options: [allowsNoTrailer] + UnpackingOptions.options,
        examples: [.init("verify out.db", "the result, and every finding")],
        establishes: [.file, .currentFile],
        invalidatesOnFailure: [.file, .currentFile],
        records: [.verification],
        dryRun: .asUsual,
        run: { invocation, session in
            let path = try invocation[file]
            let earlier = session.file
            session.file = nil
            let checked = try await CheckedFile(path, session, UnpackingOptions(invocation))
            let text =
                ([checked.headline] + [TextTable.pairs(checked.rows)] + checked.findings.map { "  finding: \($0)" })
                .filter { !$0.isEmpty }.joined(separator: "\n")
            // Where all is well, a quiet run says nothing.
            switch checked.result.verdict {
            case .sound: session.output.result(text, json: VerificationRecord(checked))
            default: session.output.listing(text, json: [VerificationRecord(checked)])
            }
            session.output.report(checked.notices, of: path)
            for note in checked.notes { session.output.note(note) }
            do {
                try checked.require(unlessAllowed: allowsNoTrailer, invocation)
            } catch SnapshotFailure.unsound(let path, let problem, let count) {
                throw SnapshotFailure.shownUnsound(path: path, problem, findingCount: count)
            }
            session.file = checked.facts?.verified(after: earlier, in: session)
        }
    )
}

private struct VerificationRecord: Encodable {
    let kind = "verification"
    let path: String
    /// Absent where the file is the snapshot itself.
    let packed: [String]?
    /// Which file of an archive it was.
    let packedAs: String?
    let packedSize: Int64?
    let verdict: String
    let size: Int64
    let sha256: String
    let revision: Int64?
    let liveKeys: Int?
    let hash: UInt32?
    let findings: [FindingRecord]
    let furtherFindings: Int
    let notices: [Notice]

    struct Notice: Encodable {
        let code: String
        let text: String
        let page: UInt64?
        let offset: Int?
    }

    struct FindingRecord: Encodable {
        let problem: String
        let page: UInt64?
        let offset: Int?
    }

    init(_ file: CheckedFile) {
        path = file.path
        packed = file.packing?.layers
        packedAs = file.packing?.entry
        packedSize = file.packing?.byteCount
        verdict = file.verdict
        size = file.byteCount
        sha256 = file.result.sha256
        revision = file.result.contents?.revision
        liveKeys = file.result.contents?.liveKeyCount
        hash = file.result.contents?.hash
        findings = file.result.problems.map { problem in
            if case .damaged(let damage) = problem {
                return FindingRecord(problem: damage.problem, page: damage.page, offset: damage.offset)
            }
            return FindingRecord(problem: problem.description, page: nil, offset: nil)
        }
        furtherFindings = file.result.furtherProblemCount
        notices = file.notices.map {
            Notice(code: $0.code, text: $0.text, page: $0.damage?.page, offset: $0.damage?.offset)
        }
    }
}
