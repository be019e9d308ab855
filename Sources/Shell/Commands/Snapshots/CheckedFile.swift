import Backups
import Files
import Layouts
import Snapshot
import Text

/// A checked file with its findings, also against its name.
struct CheckedFile: Sendable {
    let path: String
    /// The snapshot's, also where the file is a packed one.
    let byteCount: Int64
    let result: CheckResult
    /// What it was packed in; `nil` where the file is the snapshot itself.
    private(set) var packing: Packing?
    /// Taken before the file was read; `nil` if unknown.
    private var mark: FileMark?

    /// Verifies a file, also against its name.
    ///
    /// - Parameter hashesKeys: Whether the hash of its keys is computed, too.
    /// - Throws: `SnapshotFailure`, `SpoolError` where it can't be read.
    @MainActor
    init(
        _ path: String,
        _ session: Session,
        _ unpacking: UnpackingOptions = UnpackingOptions(),
        hashingKeys hashesKeys: Bool = false
    ) async throws {
        defer { session.output.progress = nil }
        let mark = try? await PathText.mark(of: path)
        let (byteCount, packing, result) = try await session.reading(path, unpacking) { snapshot in
            let file = snapshot.file
            let progress = session.dependencies.progress("verifying \(Self.name(of: path).printable)", file.byteCount)
            session.output.progress = progress
            defer { progress.finish() }
            let result = try await file.verify(hashingKeys: hashesKeys) { progress.update(doneByteCount: $0) }
            return (file.byteCount, Packing(snapshot), result)
        }
        self.init(path, byteCount: byteCount, packing, result)
        self.mark = mark
    }

    /// Compares a verified file with its name.
    init(_ path: String, byteCount: Int64, _ packing: Packing?, _ result: CheckResult) {
        self.path = path
        self.packing = packing
        self.byteCount = byteCount
        namedRevision = LayoutRegistry.revision(inName: Self.name(of: path))
        self.result = result.expecting(revision: namedRevision?.value)
    }

    static func name(of path: String) -> String { PathParts.names(in: path).last ?? path }

    /// The parsed name of the file, if a layout finds a revision in it.
    private let namedRevision: Revision?

    var revision: Revision? { result.contents.flatMap { Revision($0.revision) } }

    /// - Parameter option: The option that accepts unverified files.
    /// - Throws: `SnapshotFailure` unless it is sound, or unverified and the option is given.
    func require(unlessAllowed option: Option<Bool>, _ invocation: Invocation) throws {
        let isAllowed = invocation[option]
        if result.verdict == .unverified, !isAllowed {
            throw SnapshotFailure.unverified(path: path, option: option.declaration.name)
        }
        do throws(SnapshotProblem) {
            _ = try result.requireSound(acceptingMissingTrailer: isAllowed)
        } catch {
            // What the option allows is not the reason for the refusal.
            let problems = result.problems.filter { !isAllowed || $0 != .missingTrailer }
            let count = problems.count + result.furtherProblemCount
            throw SnapshotFailure.unsound(path: path, error, findingCount: count)
        }
    }

    var facts: FileFacts? {
        guard let contents = result.contents, let revision else { return nil }
        return FileFacts(
            path: path,
            byteCount: byteCount,
            sha256: result.sha256,
            revision: revision,
            contents: contents,
            isVerified: result.verdict == .sound,
            mark: mark
        )
    }

    var verdict: String {
        switch result.verdict {
        case .sound: "sound"
        case .unverified: "unverified"
        case .unsound: "not sound"
        }
    }

    var headline: String {
        switch result.verdict {
        case .sound: "sound: checksum, structure and revisions of \(path.printable) are right"
        case .unverified:
            "unverified: nothing wrong was found in \(path.printable), but nothing proves that it is whole"
        case .unsound: "not sound: \(path.printable)"
        }
    }

    var rows: [(String, String)] {
        var rows = packing?.rows ?? []
        rows += [
            ("size", "\(byteCount) bytes (\(byteCount.byteCountText))"),
            ("sha256", result.sha256),
        ]
        if let contents = result.contents, result.verdict != .unsound {
            rows.append(("revision", revision?.description ?? ""))
            rows.append(("live keys", "\(contents.liveKeyCount)"))
        }
        return rows
    }

    /// Each is the second half of a sentence.
    var findings: [String] {
        guard result.verdict == .unsound else { return [] }
        let further = result.furtherProblemCount
        return result.problems.map(\.description) + (further > 0 ? ["and \(further) more"] : [])
    }

    /// What is unusual in it; empty if it is refused.
    var notices: [SnapshotNotice] {
        result.verdict == .unsound ? [] : result.contents?.notices ?? []
    }

    /// Notices beside the result.
    var notes: [String] {
        var notes: [String] = []
        if let namedRevision, let revision, revision > namedRevision {
            notes.append(
                "it holds revision \(revision); its name says \(namedRevision), the revision when it was requested"
            )
        }
        if result.isMemberDatabase {
            notes.append(
                "it is a copy of a member's database (member/snap/db), not what etcd sends as a snapshot:"
                    + " it lacks what only the log of the member had"
            )
        }
        if Self.name(of: path).hasPrefix("Incr-"), result.contents == nil {
            notes.append(
                "its name is that of a Gardener delta, which holds only changes: look for the Full- before it"
            )
        }
        if path.hasSuffix(".part"), result.verdict != .sound {
            notes.append("it is called .part, as a download or 'etcdctl snapshot save' that was broken off")
        }
        return notes
    }
}
