import Backups
import FoundationEssentials

extension CommandDeclaration {
    static let get = CommandDeclaration(
        words: ["get"],
        summary: "downloads the pick, verifies it, and only then gives it its name",
        details: [
            "Without FILE the file is called as the backup, in the current folder; FILE may",
            "be a folder, too. A file that exists is never replaced without --force.",
        ],
        arguments: [ArgumentDeclaration(name: "FILE", kind: .newFile, isRequired: false)],
        options: [
            OptionDeclaration(name: "force", summary: "replaces a file that exists"),
            OptionDeclaration(
                name: "keep-unverified",
                summary: "keeps what is not sound, as FILE.unverified (it still fails)"
            ),
        ],
        examples: [
            .init("get", "into the current folder, under the backup's name"),
            .init("get out.db", "as out.db"),
        ],
        needs: [.pick],
        provides: [.file],
        run: { invocation, session in
            let pick = try session.requirePick()
            let source = try session.requireSource()
            var path = invocation.text("FILE") ?? pick.name
            if path.hasSuffix("/") || PathText.isFolder(path) {
                path += (path.hasSuffix("/") ? "" : "/") + pick.name
            }
            // From here on a file of an earlier `get` is not the one that is meant.
            session.file = nil
            let download = try await download(pick, from: source, to: path, invocation, session)
            session.file = Session.VerifiedFile(backup: pick, download: download)
            report(download, of: pick, session)
        }
    )

    @MainActor
    private static func download(
        _ pick: Backup,
        from source: any BackupSource,
        to path: String,
        _ invocation: Invocation,
        _ session: Session
    ) async throws -> DownloadedFile {
        let download = Download(
            destination: path,
            replacesExisting: invocation.has(option: "force"),
            keepsUnverified: invocation.has(option: "keep-unverified")
        )
        let progress = session.environment.progress(pick.name, pick.byteCount)
        session.output.progress = progress
        defer {
            progress.finish()
            session.output.progress = nil
        }
        do {
            let file = try await download.run(pick, from: source) { progress.update(doneByteCount: $0) }
            progress.finish()
            if file.startedOver {
                session.output.note("an earlier download had been broken off; it was started over")
            }
            return file
        } catch is CancellationError {
            progress.finish()
            session.output.note("nothing was left behind; run 'get' again to start over")
            throw CancellationError()
        }
    }

    @MainActor
    private static func report(_ file: DownloadedFile, of pick: Backup, _ session: Session) {
        let next = restoreCommand(file.path, of: pick, target: session.target)
        session.output.result(
            "got \(file.path.printable), verified: the SHA-256 at its end is right\n"
                + aligned([
                    ("size", "\(file.byteCount) bytes (\(file.byteCount.byteCountText))"),
                    ("sha256", file.sha256),
                    ("revision", "\(pick.revision), as its name tells"),
                    ("took", DurationText.text(measured: file.duration)),
                    ("next", next),
                ]),
            json: FileRecord(
                path: file.path,
                size: file.byteCount,
                sha256: file.sha256,
                revision: pick.revision.value,
                verified: true,
                seconds: Double(file.duration.components.seconds) + Double(file.duration.components.attoseconds) / 1e18,
                next: next
            )
        )
    }

    /// The command that makes a data directory of the file: `etcdutl` since etcd 3.5, `etcdctl` before.
    private static func restoreCommand(_ path: String, of backup: Backup, target: EtcdVersion?) -> String {
        let version = target ?? backup.version
        let tool =
            version >= EtcdVersion(major: 3, minor: 5) ? "etcdutl" : "ETCDCTL_API=3 etcdctl"
        let file = path.hasPrefix("-") ? "./" + path : path
        return "\(tool) snapshot restore \(PathText.shellQuoted(file))"
            + " --data-dir \(PathText.shellQuoted(backup.cluster.name + ".etcd"))"
    }

    private struct FileRecord: Encodable {
        let kind = "file"
        let path: String
        let size: Int64
        let sha256: String
        let revision: Int64
        let verified: Bool
        let seconds: Double
        let next: String
    }
}
