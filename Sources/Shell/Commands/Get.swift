import Backups
import FoundationEssentials
import Snapshot
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
            OptionDeclaration(
                name: "fresh",
                summary: "has a backup service make a new backup first, and picks that",
                needs: [.source, .cluster],
                provides: [.pick]
            ),
            OptionDeclaration(name: "force", summary: "replaces a file that exists"),
            OptionDeclaration(
                name: "keep-unverified",
                summary: "keeps what is not sound, as FILE.unverified (it still fails)"
            ),
            OptionDeclaration(
                name: "or-older",
                value: ("N", .count),
                defaultValue: "3",
                summary: "takes the next older backup where the pick is not sound, and so on, up to N older ones",
                excludes: ["keep-unverified"]
            ),
        ],
        examples: [
            .init("get", "into the current folder, under the backup's name"),
            .init("get out.db", "as out.db"),
            .init("get out.db --or-older", "the pick or, where it is not sound, one of the three before it"),
        ],
        needs: [.pick],
        provides: [.file],
        dropsOnFailure: [.file],
        run: { invocation, session in
            let source = try session.requireSource()
            if invocation.has(option: "fresh") {
                try checkThatItIsFree(invocation)
                try await pickNew(from: source, session)
            }
            // From here on a file of an earlier `get` is not the one that is meant.
            session.file = nil
            var older = invocation.count("or-older").map(OlderBackups.init)
            while true {
                let pick = try session.requirePick()
                do {
                    return try await get(pick, from: source, invocation, session)
                } catch let failure as DownloadError where failure.category == .unsound && older != nil {
                    try await older?.pickNext(after: pick, failure, from: source, session)
                }
            }
        }
    )

    @MainActor
    private static func get(
        _ pick: Backup,
        from source: any BackupSource,
        _ invocation: Invocation,
        _ session: Session
    ) async throws {
        var path = invocation.text("FILE") ?? pick.name
        if path.hasSuffix("/") || PathText.isFolder(path) {
            path += (path.hasSuffix("/") ? "" : "/") + pick.name
        }
        let download = try await download(pick, from: source, to: path, invocation, session)
        session.file = FileFacts(
            path: download.path,
            byteCount: download.byteCount,
            sha256: download.sha256,
            revision: download.revision,
            contents: download.contents,
            isVerified: true
        )
        report(download, of: pick, session)
    }

    /// Who waits for a new backup is not to hear afterwards that it can't be written.
    private static func checkThatItIsFree(_ invocation: Invocation) throws {
        guard let path = invocation.text("FILE"), !invocation.has(option: "force"), !PathText.isFolder(path),
            PathText.exists(path)
        else { return }
        throw DownloadError.destinationExists(path: path)
    }

    /// Has a new backup made, and picks it.
    @MainActor
    private static func pickNew(from source: any BackupSource, _ session: Session) async throws {
        let cluster = try session.requireCluster()
        session.pick = nil
        session.output.note("a new backup is asked for, which can take eleven minutes; Ctrl-C ends the waiting")
        let output = session.output
        let start = ContinuousClock.now
        let reminder = Task { @MainActor in
            while true {
                try await Task.sleep(for: .seconds(30))
                output.note(
                    "still waiting for the new backup, since \(DurationText.text(measured: ContinuousClock.now - start))"
                )
            }
        }
        defer { reminder.cancel() }
        let backup = try await source.makeBackup(of: cluster)
        let rule = PickRule(selection: Selection(.newest, target: session.target, now: session.environment.now()))
        session.pick(backup, because: "made just now", by: rule)
        session.reportPick()
    }

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
        let progress = session.environment.progress(pick.name, pick.byteCount ?? pick.approximateByteCount)
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
                case .startedOver, .missing: break
                }
                output.report(.note(sentence(event, of: pick)))
            } onProgress: {
                progress.update(doneByteCount: $0)
            }
            progress.finish()
            return file
        } catch is CancellationError where Task.isCancelled {
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
        case .missing(let safeguard): safeguard.sentence
        case .startedOver(.leftover): "an earlier download had been broken off; it was started over"
        case .startedOver(.otherBackup):
            "an earlier download had been broken off, of another backup or of one that changed since; it was started over"
        case .startedOver(.unsound):
            "with the bytes of the earlier download the file is not sound; it is started over"
        case .startedOver(.interrupted(let reason)): "\(reason); it is started over"
        case .kept(let doneByteCount):
            "\(doneByteCount.byteCountText) of \(backup.sizeText) are kept;"
                + " run the same 'get' again to go on from there"
        }
    }

    @MainActor
    private static func report(_ file: DownloadedFile, of pick: Backup, _ session: Session) {
        if let agreed = file.contents.clusterVersion.flatMap({ EtcdVersion($0) }),
            (agreed.major, agreed.minor) > (pick.version.major, pick.version.minor)
        {
            session.output.warning(
                "its cluster had agreed on etcd \(agreed.major).\(agreed.minor), although it is told to be of \(pick.version):"
                    + " restore it with etcd \(agreed.major).\(agreed.minor) or later"
            )
        }
        let next = restoreCommand(file.path, of: pick)
        session.output.result(
            "got \(file.path.printable), verified: its SHA-256, its pages and its revisions are right\n"
                + aligned([
                    ("size", "\(file.byteCount) bytes (\(file.byteCount.byteCountText))"),
                    ("sha256", file.sha256),
                    ("revision", revision(file, pick)),
                    ("live keys", "\(file.contents.liveKeyCount)"),
                    ("took", DurationText.text(measured: file.duration)),
                    ("next", next),
                ]),
            json: FileRecord(
                path: file.path,
                size: file.byteCount,
                sha256: file.sha256,
                revision: file.revision.value,
                liveKeys: file.contents.liveKeyCount,
                hash: file.contents.hash,
                verified: true,
                seconds: Double(file.duration.components.seconds) + Double(file.duration.components.attoseconds) / 1e18,
                next: next
            )
        )
    }

    private static func revision(_ file: DownloadedFile, _ pick: Backup) -> String {
        file.revision == pick.revision
            ? "\(file.revision), as its name tells"
            : "\(file.revision); its name tells \(pick.revision), which it had when it was asked for"
    }

    /// The command that makes a data directory of the file.
    private static func restoreCommand(_ path: String, of backup: Backup) -> String {
        "restore \(Invocation.quoted(path)) --data-dir \(Invocation.quoted(backup.cluster.name + ".etcd"))"
    }

    private struct FileRecord: Encodable {
        let kind = "file"
        let path: String
        let size: Int64
        let sha256: String
        let revision: Int64
        let liveKeys: Int
        let hash: UInt32
        let verified: Bool
        let seconds: Double
        let next: String
    }
}
