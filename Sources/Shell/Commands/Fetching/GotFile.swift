import Backups
import Language
import Snapshot
import Text

extension Session {
    /// Reports the file, and the next step.
    func report(_ file: DownloadedFile, of pick: Backup) {
        if let agreed = file.contents.clusterVersion.flatMap({ EtcdVersion($0) }), let named = pick.version,
            (agreed.major, agreed.minor) > (named.major, named.minor)
        {
            output.warning(
                "the file name says etcd \(named), but a \(agreed.major).\(agreed.minor) cluster wrote the data:"
                    + " restore it with etcd \(agreed.major).\(agreed.minor) or later"
            )
        }
        if let agreed = file.contents.clusterVersion.flatMap({ EtcdVersion($0) }), pick.version == nil, let target,
            !agreed.isRestorable(into: target)
        {
            output.warning("etcd \(target) can't restore it: a \(agreed.major).\(agreed.minor) cluster wrote the data")
        }
        let next = Self.restoreCommand(file.path, of: cluster)
        output.result(
            "\(Self.headline(of: file))\n"
                + TextTable.pairs([
                    ("size", "\(file.byteCount) bytes (\(file.byteCount.byteCountText))"),
                    ("sha256", file.sha256),
                    ("revision", Self.revision(file, pick)),
                    ("live keys", "\(file.contents.liveKeyCount)"),
                    ("took", DurationText.text(measured: file.duration)),
                    ("next", next),
                ]),
            json: GotFileRecord(
                path: file.path,
                size: file.byteCount,
                sha256: file.sha256,
                revision: file.revision.value,
                liveKeys: file.contents.liveKeyCount,
                hash: file.contents.hash,
                verified: true,
                alreadyThere: file.origin != .downloaded,
                proof: Self.proof(of: file),
                seconds: Double(file.duration.components.seconds) + Double(file.duration.components.attoseconds) / 1e18,
                next: next
            )
        )
    }

    private static func headline(of file: DownloadedFile) -> String {
        let path = file.path.printable
        return switch file.origin {
        case .downloaded: "got \(path): checksum, structure and revisions verified"
        case .thereByContent: "\(path) is there already, verified: its size and its SHA-256 are those of the backup"
        case .thereByRevision:
            "\(path) is there already, verified: it is the backup by revision only, for the source sends no part of it"
        }
    }

    private static func proof(of file: DownloadedFile) -> String? {
        switch file.origin {
        case .downloaded: nil
        case .thereByContent: "content"
        case .thereByRevision: "revision"
        }
    }

    private static func revision(_ file: DownloadedFile, _ pick: Backup) -> String {
        guard let named = pick.revision else { return "\(file.revision)" }
        return file.revision == named
            ? "\(file.revision), as in its name"
            : "\(file.revision); its name says \(named), the revision when it was requested"
    }

    /// The command that makes a data directory of the file.
    private static func restoreCommand(_ path: String, of cluster: ClusterName?) -> String {
        let name = cluster?.name ?? "restored"
        return "restore \(Word.shown(path)) --data-dir \(Word.shown(name + ".etcd"))"
    }
}

private struct GotFileRecord: Encodable {
    let kind = "file"
    let path: String
    let size: Int64
    let sha256: String
    let revision: Int64
    let liveKeys: Int
    let hash: UInt32
    let verified: Bool
    let alreadyThere: Bool
    /// How an existing file was recognised as the pick: `content` or `revision`.
    let proof: String?
    let seconds: Double
    let next: String
}
