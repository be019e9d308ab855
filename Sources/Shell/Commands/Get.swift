import Backups
import FoundationEssentials
import Synchronization

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
        let isKept = Mutex(false)
        session.output.progress = progress
        defer {
            progress.finish()
            session.output.progress = nil
        }
        do {
            let output = session.output
            let file = try await download.run(pick, from: source) { event in
                switch event {
                case .resumed(let doneByteCount): progress.resume(from: doneByteCount)
                case .kept: isKept.withLock { $0 = true }
                case .startedOver: break
                }
                output.report(.note(sentence(event, of: pick)))
            } onProgress: {
                progress.update(doneByteCount: $0)
            }
            progress.finish()
            return file
        } catch is CancellationError {
            progress.finish()
            if !isKept.withLock(\.self) {
                session.output.note("nothing was left behind; run 'get' again to start over")
            }
            throw CancellationError()
        }
    }

    private static func sentence(_ event: DownloadEvent, of backup: Backup) -> String {
        switch event {
        case .resumed(let doneByteCount):
            "an earlier download is gone on with: \(doneByteCount.byteCountText) of"
                + " \(backup.sizeText) are here already"
        case .startedOver(.leftover): "an earlier download had been broken off; it was started over"
        case .startedOver(.otherBackup):
            "an earlier download had been broken off, of another backup or of one that changed since; it was started over"
        case .startedOver(.unsound):
            "with the bytes of the earlier download the file is not sound; it is started over"
        case .startedOver(.interrupted(let reason)): "\(reason); it is started over"
        case .kept(let doneByteCount):
            "\(doneByteCount.byteCountText) of \(backup.sizeText) are kept;"
                + " run 'get' again to go on from there"
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
