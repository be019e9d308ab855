import Backups
import FoundationEssentials
import Snapshot
import Synchronization
import Text

/// What `get` takes.
enum GetArguments {
    static let file = ArgumentKey.optional("FILE", .newFile)
    static let fresh = Option(
        "fresh",
        "ask the backup service for a new backup first, and pick it",
        needs: [.source, .cluster],
        establishes: [.pick]
    )
    static let force = Option("force", "replace a file that exists")
    static let keepsStored = Option(
        "as-stored",
        "keep the bytes as they are stored, packed or encrypted; they are verified all the same"
    )
    static let companions = Option(
        "companions",
        value: "DIR",
        .newFolder,
        "also write the files that belong to the backup, of its archive and beside it, into DIR"
    )
    static let allowsNoTrailer = Option(
        "allow-no-trailer",
        "accept a snapshot without a SHA-256, as a copy of a member's database; file.verified is 'no' then"
    )
    static let keepsUnverified = Option(
        "keep-unverified",
        "keep a backup that is not sound as FILE.unverified (the command still fails)"
    )
    static let minKeys = Option(
        "min-keys",
        value: "N",
        .count,
        "accept only a snapshot with at least N keys: with fewer, no file is made or replaced"
    )
    static let orOlder = Option(
        "or-older",
        value: "N",
        .count,
        defaultValue: "3",
        "if the pick is not sound, try older backups, up to N of them (default: 3)",
        excludes: [keepsUnverified]
    )
}

extension CommandDeclaration {
    static let get = CommandDeclaration(
        words: ["get"],
        summary: "download and verify the pick",
        details: [
            "The file gets its name only once it is verified.",
            "Without FILE it gets the backup's name, in the current folder; FILE may",
            "be a folder, too. In that name '/' becomes '_' and ':' becomes '-'. A packed backup",
            "is decoded, and the ending of that left out of the name, unless --as-stored is given.",
            "Without --force no file is replaced. If the file exists and is the pick, it is",
            "verified, and not downloaded again.",
        ],
        arguments: [GetArguments.file],
        options: [
            GetArguments.fresh, GetArguments.force, GetArguments.keepsStored, GetArguments.companions,
            UnpackingOptions.decryption, GetArguments.minKeys, GetArguments.allowsNoTrailer,
            GetArguments.keepsUnverified, GetArguments.orOlder,
        ],
        examples: [
            .init("get", "into the current folder, under the backup's name"),
            .init("get out.db", "as out.db"),
            .init("get --companions beside", "with the files that were saved with it, in the folder beside"),
            .init("get out.db --force --min-keys 100", "replaces out.db, but not by a backup of an emptied cluster"),
            .init("get out.db --or-older", "the pick or, if it is not sound, one of the three before it"),
        ],
        needs: [.pick],
        establishes: [.file, .currentFile],
        invalidatesOnFailure: [.file, .currentFile],
        records: [.file, .wouldGet],
        dryRun: .described { try await describeGet($0, $1) },
        run: { invocation, session in
            let source = try session.requireSource()
            if invocation[GetArguments.fresh] {
                try await checkThatItIsFree(invocation)
                try await pickNew(from: source, session)
            }
            // From here on, the file of an earlier `get` no longer counts.
            session.file = nil
            // In the place of a pinned one nothing else is taken.
            let isPinned = session.pickRule?.isPinned == true
            var older = isPinned ? nil : invocation[GetArguments.orOlder].map(OlderBackups.init)
            // Why the file at the destination is not the pick.
            var difference: ExistingFileDifference?
            var isTrial = false
            while true {
                let pick = try session.requirePick()
                do {
                    return try await get(pick, from: source, isTrial: isTrial, invocation, session)
                } catch let failure as DownloadError where failure.category == .unsound && older != nil {
                    try await older?.pickNext(after: pick, failure, from: source, session)
                    isTrial = false
                } catch DownloadError.destinationExists(let path, let found) where older != nil {
                    difference = found ?? difference
                    if isTrial { throw DownloadError.destinationExists(path: path, difference) }
                    // An earlier run may have taken an older one: it still counts if the pick is not sound.
                    let download = try await download(of: pick, invocation, session)
                    isTrial = try await older?.hasOne(after: pick, at: download, from: source, session) == true
                    if !isTrial { throw DownloadError.destinationExists(path: path, difference) }
                }
            }
        }
    )

    /// - Parameter isTrial: Whether this only finds out if the pick is sound.
    @MainActor
    private static func get(
        _ pick: Backup,
        from source: any BackupSource,
        isTrial: Bool,
        _ invocation: Invocation,
        _ session: Session
    ) async throws {
        var download = try await download(of: pick, invocation, session)
        download.isTrial = isTrial
        let companions = try await companionFolder(of: pick, from: source, isTrial: isTrial, invocation, session)
        if let companions { download.companions = { companions.sink(for: $0) } }
        let file = try await withProgress(of: pick, session) { [download] onEvent, onProgress in
            if !invocation[GetArguments.force], !invocation[GetArguments.fresh], !isTrial,
                let file = try await download.existing(pick, from: source, onEvent: onEvent, onProgress: onProgress)
            {
                return file
            }
            return try await download.run(pick, from: source, onEvent: onEvent, onProgress: onProgress)
        }
        session.file = FileFacts(file, of: pick, from: source, in: session)
        var written: (String, CompanionFolder.Outcome)?
        do {
            if let companions {
                written = (
                    companions.path, try await companions.takeAll(with: file, of: pick, from: source, download.codecs)
                )
            }
        } catch {
            // What the user waited for is there all the same.
            session.output.note("\(file.path.printable) is there, and sound; its companions are not")
            throw error
        }
        try await session.report(file, written, of: pick)
        session.output.report(file.contents.notices, of: file.path)
        try await session.warnOfMissingCompanion(of: pick, from: source)
    }

    /// - Returns: `nil` where none is asked for.
    @MainActor
    private static func companionFolder(
        of pick: Backup,
        from source: any BackupSource,
        isTrial: Bool,
        _ invocation: Invocation,
        _ session: Session
    ) async throws -> CompanionFolder? {
        guard let path = invocation[GetArguments.companions], !isTrial else { return nil }
        try await session.checkWriting(to: path)
        if let missing = try await source.missingCompanion(of: pick) {
            throw CompanionError.missing(name: missing, of: pick.name)
        }
        return try await CompanionFolder.open(path, replacesExisting: invocation[GetArguments.force])
    }

    /// Where the pick would go, and how.
    @MainActor
    static func download(of pick: Backup, _ invocation: Invocation, _ session: Session) async throws -> Download {
        let keepsStored = invocation[GetArguments.keepsStored]
        let name = keepsStored ? pick.storedFileName : pick.snapshotFileName
        var path = invocation[GetArguments.file] ?? name
        var isFolder = path.hasSuffix("/")
        if !isFolder { isFolder = try await PathText.isFolder(path) }
        if isFolder {
            path += (path.hasSuffix("/") ? "" : "/") + name
        }
        try await session.checkWriting(to: path)
        var download = Download(
            destination: path,
            replacesExisting: invocation[GetArguments.force],
            keepsUnverified: invocation[GetArguments.keepsUnverified],
            codecs: session.codecs(decryptingWith: invocation[UnpackingOptions.decryption])
        )
        download.keepsStored = keepsStored
        download.minKeyCount = invocation[GetArguments.minKeys] ?? 0
        download.acceptsMissingTrailer = invocation[GetArguments.allowsNoTrailer]
        return download
    }

    /// Checked first: nobody should wait for a new backup that then can't be written.
    static func checkThatItIsFree(_ invocation: Invocation) async throws {
        guard let path = invocation[GetArguments.file], !invocation[GetArguments.force],
            try await !PathText.isFolder(path), try await PathText.exists(path)
        else { return }
        throw DownloadError.destinationExists(path: path)
    }

    /// Has a new backup made, and picks it. Where that fails, the pick stays as it was.
    ///
    /// - Throws: `KeptChoice` where there is one, else what the source throws.
    @MainActor
    private static func pickNew(from source: any BackupSource, _ session: Session) async throws {
        guard source.makesBackups, let cluster = try await session.clusterInUse() else {
            throw KeptChoice.keeping(session.keptPick, source.refusalToMakeBackup)
        }
        session.output.note("requesting a new backup, which can take eleven minutes; Ctrl-C stops waiting")
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
        let backup: Backup
        do {
            backup = try await source.makeBackup(of: cluster)
        } catch let error as any UserError {
            throw KeptChoice.keeping(session.keptPick, error)
        }
        let rule = PickRule(selection: Selection(.newest, target: session.target, now: session.dependencies.now()))
        session.pick(backup, because: "made just now", by: rule)
        session.reportPick()
    }

    /// Shows the progress of a transfer, and reports its events.
    @MainActor
    private static func withProgress(
        of pick: Backup,
        _ session: Session,
        _ transfer: (
            _ onEvent: @escaping @Sendable (DownloadEvent) -> Void,
            _ onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
        ) async throws -> DownloadedFile
    ) async throws -> DownloadedFile {
        let progress = session.dependencies.progress(pick.name, pick.byteCount ?? pick.approximateByteCount)
        let isKept = Mutex(false)
        let output = session.output
        output.progress = progress
        defer {
            progress.finish()
            output.progress = nil
        }
        do {
            return try await transfer { event in
                switch event {
                case .resumed(let doneByteCount): progress.resume(from: doneByteCount)
                case .kept, .leftBehind: isKept.withLock { $0 = true }
                case .startedOver, .missing, .ignoredBytes: break
                }
                output.report(.note(sentence(event, of: pick)))
            } _: {
                progress.update(doneByteCount: $0)
            }
        } catch is CancellationError where Task.isCancelled {
            progress.finish()
            if !isKept.withLock(\.self) {
                output.note("nothing was left behind; run 'get' again to start over")
            }
            throw CancellationError()
        }
    }

    private static func sentence(_ event: DownloadEvent, of backup: Backup) -> String {
        switch event {
        case .resumed(let doneByteCount):
            "resuming an earlier download: \(doneByteCount.byteCountText) of \(backup.sizeText)"
        case .missing(let safeguard): safeguard.sentence
        case .ignoredBytes(let count):
            "\(count) \(count == 1 ? "byte" : "bytes") after the \(backup.encoding) stream are ignored"
        case .startedOver(.leftover): "an earlier download was incomplete; starting over"
        case .startedOver(.otherBackup):
            "an earlier download was of another backup or place, or the backup changed since; starting over"
        case .startedOver(.unsound):
            "the file is not sound with the bytes of the earlier download; starting over"
        case .startedOver(.interrupted(let reason)): "\(reason); starting over"
        case .leftBehind:
            "the destination does not answer: what was written may stay there as a hidden file that ends in .part or .decoded"
        case .kept(let doneByteCount, let path):
            "\(doneByteCount.byteCountText) of \(backup.sizeText) are kept in \(path.printable);"
                + " run the same 'get' again to resume"
        }
    }
}
