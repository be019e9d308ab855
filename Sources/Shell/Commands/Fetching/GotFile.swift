import Backups
import Language
import Snapshot
import Text

extension Session {
    /// Reports the file, and the next step.
    ///
    /// - Parameter companions: The folder that its companions were written to, and what became of them.
    /// - Throws: `CancellationError`.
    func report(
        _ file: DownloadedFile,
        _ companions: (folder: String, outcome: CompanionFolder.Outcome)?,
        of pick: Backup
    ) async throws {
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
        let way = try await recoveryWay(
            of: pick,
            path: file.path,
            got: GotSnapshot(
                path: file.path,
                isStored: file.storedByteCount != nil,
                companionFolder: companions?.folder
            ),
            // etcd's pages are of 512 bytes or more, and the hash of 32 stands behind them.
            hasHash: file.byteCount % 512 == 32,
            isOfKubernetes: file.contents.holdsKubernetes
        )
        output.result(
            "\(Self.headline(of: file))\n"
                + TextTable.pairs(
                    Self.storedRows(file) + [
                        ("size", "\(file.byteCount) bytes (\(file.byteCount.byteCountText))"),
                        ("sha256", file.sha256),
                        ("revision", Self.revision(file, pick)),
                        ("live keys", "\(file.contents.liveKeyCount)"),
                        ("took", DurationText.text(measured: file.duration)),
                    ] + Self.companionRows(file, companions) + way.rows
                ),
            json: GotFileRecord(
                path: file.path,
                size: file.byteCount,
                sha256: file.sha256,
                revision: file.revision.value,
                liveKeys: file.contents.liveKeyCount,
                hash: file.contents.hash,
                verified: file.isProvenWhole,
                alreadyThere: file.origin != .downloaded,
                proof: Self.proof(of: file),
                packed: file.storedByteCount == nil ? nil : file.unpacked?.layers.map(\.name),
                packedSize: file.storedByteCount,
                companions: companions.map {
                    ($0.outcome.written + $0.outcome.unchanged).map { [folder = $0.folder] in "\(folder)/\($0)" }
                },
                seconds: Double(file.duration.components.seconds) + Double(file.duration.components.attoseconds) / 1e18,
                next: way.next,
                recovery: way.records
            )
        )
        for refused in companions?.outcome.refused.prefix(10) ?? [] {
            output.warning("cannot write the companion \(refused.name.printable): \(refused.reason)")
        }
        let more = (companions?.outcome.refused.count ?? 0) - 10
        if more > 0 { output.warning("\(more) more companions were not written") }
    }

    private static func storedRows(_ file: DownloadedFile) -> [(String, String)] {
        guard let byteCount = file.storedByteCount else { return [] }
        let layers = file.unpacked?.layers.map(\.name).joined(separator: ", ") ?? "unknown"
        return [
            ("packed", "\(layers), \(byteCount) bytes (\(byteCount.byteCountText)); the rest is of the snapshot in it")
        ]
    }

    private static func companionRows(
        _ file: DownloadedFile,
        _ companions: (folder: String, outcome: CompanionFolder.Outcome)?
    ) -> [(String, String)] {
        guard let (folder, outcome) = companions else {
            let names = file.unpacked?.companionNames ?? []
            return names.isEmpty ? [] : [("beside it", "\(names.companionText): --companions DIR writes them, too")]
        }
        var rows: [(String, String)] = []
        if !outcome.written.isEmpty {
            rows.append(("companions", "\(outcome.written.companionText), in \(folder.printable)"))
        }
        if !outcome.unchanged.isEmpty {
            rows.append(("companions", "\(outcome.unchanged.companionText), in \(folder.printable) already"))
        }
        return rows.isEmpty ? [("companions", "none")] : rows
    }

    private static func headline(of file: DownloadedFile) -> String {
        let path = file.path.printable
        guard file.isProvenWhole else {
            let how =
                file.origin == .downloaded ? "got \(path)" : "\(path) is there already, with the bytes of the backup"
            return "\(how): unverified, no SHA-256 proves that it is whole; nothing wrong was found in it"
        }
        return switch file.origin {
        case .downloaded: "got \(path): checksum, structure and revisions verified"
        case .thereByContent where file.storedByteCount != nil:
            "\(path) is there already, verified: its size, its first and its last bytes are those of the backup"
        case .thereByContent: "\(path) is there already, verified: its size and its SHA-256 are those of the backup"
        case .thereByChecksum:
            "\(path) is there already, verified: its size and its CRC-32 are those that the packed backup says"
        case .thereByRevision:
            "\(path) is there already, verified: it is the backup by revision only, for the source sends no part of it"
        }
    }

    private static func proof(of file: DownloadedFile) -> String? {
        switch file.origin {
        case .downloaded: nil
        case .thereByContent: "content"
        case .thereByChecksum: "checksum"
        case .thereByRevision: "revision"
        }
    }

    private static func revision(_ file: DownloadedFile, _ pick: Backup) -> String {
        guard let named = pick.revision else { return "\(file.revision)" }
        return file.revision == named
            ? "\(file.revision), as in its name"
            : "\(file.revision); its name says \(named), the revision when it was requested"
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
    /// How an existing file was recognised as the pick: `content`, `checksum` or `revision`.
    let proof: String?
    /// What the file is packed in, and its size in bytes, where it keeps the bytes as they are stored.
    let packed: [String]?
    let packedSize: Int64?
    /// The paths of the files that belong to it; absent where none were asked for.
    let companions: [String]?
    let seconds: Double
    /// A line for the shell of this machine; absent where the next step is none.
    let next: String?
    /// The steps of the distribution that made the backup; absent where our own `restore` is the way.
    let recovery: [RecoveryRecord]?
}
