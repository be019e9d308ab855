import Backups
import Text

extension CommandDeclaration {
    /// Says what `get` would do.
    @MainActor
    static func describeGet(_ invocation: Invocation, _ session: Session) async throws {
        if invocation[GetArguments.fresh] { return try await describeFresh(invocation, session) }
        if let cause = session.dryRun?.cause(of: .pick) {
            return leaveOpen("would download the pick\(asFile(invocation))", cause, invocation, session)
        }
        let source = try session.requireSource()
        let pick = try session.requirePick()
        let download = try await download(of: pick, invocation, session)
        if !download.replacesExisting, try await describeExisting(pick, download, from: source, invocation, session) {
            return
        }
        let plan = try await download.plan(pick, from: source)
        let rate = try await source.measureRate(of: pick)
        session.leaveOpen(plan.path)
        let byteCount = (pick.byteCount ?? pick.approximateByteCount).map { $0 - plan.resumedByteCount }
        let estimate = rate.flatMap { rate in byteCount.map { Estimate(seconds: rate.seconds(for: $0), rate) } }
        let isThere = try await PathText.exists(plan.path)
        let replaces = download.replacesExisting && isThere
        var rows = [("size", size(of: pick))]
        if plan.resumedByteCount > 0 {
            rows.append(("resumed", "\(plan.resumedByteCount.byteCountText) of an earlier download"))
        }
        // What has come already has its room.
        let needed = plan.neededByteCount.map { max(0, $0 - plan.resumedByteCount) }
        rows.append(("space", room(needed: needed, free: plan.freeByteCount, in: plan.folder)))
        if let words = invocation[UnpackingOptions.decryption] {
            rows.append(("decrypt", "would run: \(session.line(of: words))"))
        }
        if let folder = invocation[GetArguments.companions] {
            rows.append(("companions", "would be written into \(folder.printable)"))
        }
        rows.append(("time", estimate?.text ?? "unknown: the source sends a backup in one piece only"))
        session.output.listing(
            "would download \(pick.name.printable) as \(plan.path.printable), and verify it"
                + (replaces ? "; the file that is there would be replaced" : "") + "\n" + TextTable.pairs(rows),
            json: [
                WouldGetRecord(
                    name: pick.name,
                    path: plan.path,
                    size: pick.byteCount,
                    approximateSize: pick.approximateByteCount,
                    resumed: plan.resumedByteCount,
                    neededSpace: needed,
                    freeSpace: plan.freeByteCount,
                    bytesPerSecond: estimate?.bytesPerSecond,
                    seconds: estimate?.seconds,
                    replaces: replaces,
                    alreadyThere: false
                )
            ]
        )
    }

    /// A fresh backup would be made by the service: that is not asked for it.
    @MainActor
    private static func describeFresh(_ invocation: Invocation, _ session: Session) async throws {
        try await checkThatItIsFree(invocation)
        let source = try session.requireSource()
        guard source.makesBackups, try await session.clusterInUse() != nil else { throw source.refusalToMakeBackup }
        session.dryRun?.leaveOpen([.pick], before: .newBackup)
        let sentence =
            "would ask the \(source.location) for a new backup, pick it, and download it\(asFile(invocation))"
        leaveOpen(sentence, .newBackup, invocation, session)
    }

    /// Says what can be said of a download whose backup is not known.
    @MainActor
    private static func leaveOpen(
        _ sentence: String,
        _ cause: DryRunState.Cause,
        _ invocation: Invocation,
        _ session: Session
    ) {
        let path = invocation[GetArguments.file]
        session.leaveOpen(path)
        session.output.listing(
            "\(sentence); size and time are \(cause.sentence)",
            json: [WouldGetRecord(name: nil, path: path, fresh: invocation[GetArguments.fresh])]
        )
    }

    private static func asFile(_ invocation: Invocation) -> String {
        invocation[GetArguments.file].map { " as \($0.printable)" } ?? ""
    }

    /// Looks whether the pick is there already, and says so.
    ///
    /// - Returns: Whether there is nothing more to say.
    /// - Throws: `DownloadError.destinationExists` where something else is there.
    @MainActor
    private static func describeExisting(
        _ pick: Backup,
        _ download: Download,
        from source: any BackupSource,
        _ invocation: Invocation,
        _ session: Session
    ) async throws -> Bool {
        let path = download.destination
        guard try await PathText.exists(path) else { return false }
        let record = WouldGetRecord(name: pick.name, path: path, size: pick.byteCount, alreadyThere: true)
        guard pick.encoding == .raw else {
            session.leaveOpen(path)
            session.output.listing(
                "would compare \(path.printable), which is there already, with all of \(pick.name.printable)",
                json: [record]
            )
            return true
        }
        do {
            guard let file = try await download.existing(pick, from: source, tidiesUp: false) else { return false }
            session.file = FileFacts(file, of: pick, from: source, in: session)
            session.dryRun?.close([.file, .currentFile])
            session.output.listing(
                "\(path.printable) is there already, verified: 'get' would leave it as it is",
                json: [record]
            )
        } catch DownloadError.destinationExists where invocation[GetArguments.orOlder] != nil {
            session.leaveOpen(path)
            session.output.listing(
                "\(path.printable) is there already: 'get' would keep it only if it is an older backup, and the pick not sound",
                json: [record]
            )
        }
        return true
    }

    private static func size(of pick: Backup) -> String {
        guard let byteCount = pick.byteCount else {
            return pick.approximateByteCount == nil ? "unknown" : pick.sizeText
        }
        return "\(byteCount) bytes (\(byteCount.byteCountText))"
            + (pick.encoding == .raw ? "" : ", encoded as \(pick.encoding): more is written")
    }

    /// `44.0 KiB needed, 45.1 GiB free in .`, as far as it is known.
    static func room(needed: Int64?, free: Int64?, in folder: String) -> String {
        "\(needed.map { "\($0.byteCountText) needed" } ?? "the need is unknown"), "
            + (free.map { "\($0.byteCountText) free in \(folder.printable)" }
                ?? "free space in \(folder.printable) unknown")
    }
}

extension Session {
    /// What a download would make is not known before it.
    fileprivate func leaveOpen(_ path: String?) {
        file = nil
        dryRun?.leaveOpen([.file, .currentFile], before: .download)
        if let path { dryRun?.leaveOpen(path: path, before: .download) }
    }
}

/// How long something takes, by a rate that was measured.
struct Estimate {
    let seconds: Double
    let bytesPerSecond: Double
    private let measuredByteCount: Int64

    init(seconds: Double, _ rate: TransferRate) {
        self.seconds = (seconds * 1000).rounded() / 1000
        bytesPerSecond = rate.bytesPerSecond.rounded()
        measuredByteCount = rate.byteCount
    }

    /// `about 12 s, an estimate: 38.0 MiB a second, measured over 4.0 MiB`.
    var text: String {
        let duration = Duration.milliseconds(max(1, Int(min(seconds, 1e9) * 1000)))
        return "about \(DurationText.text(measured: duration)), an estimate:"
            + " \(Int64(min(bytesPerSecond, 1e15)).byteCountText) a second, measured over \(measuredByteCount.byteCountText)"
    }
}

private struct WouldGetRecord: Encodable {
    let kind = "would-get"
    /// Absent where it is not known which backup it will be.
    let name: String?
    /// Absent where it would be the name of a backup that is not known.
    let path: String?
    /// Whether a new backup would be asked for.
    var fresh = false
    /// All in bytes.
    var size: Int64?
    var approximateSize: Int64?
    var resumed: Int64 = 0
    var neededSpace: Int64?
    var freeSpace: Int64?
    /// What was measured; absent where it can't be.
    var bytesPerSecond: Double?
    /// An estimate by that.
    var seconds: Double?
    var replaces = false
    /// Whether a file of that name is there.
    var alreadyThere = false
}
