import Backups
import Restore
import Snapshot
import Text

extension CommandDeclaration {
    /// Says what `restore` would do.
    @MainActor
    static func describeRestore(_ invocation: Invocation, _ session: Session) async throws {
        let plan = try RestorePlan(invocation)
        if invocation[RestoreArguments.prints] { return try await printCommands(of: plan, session) }
        for path in plan.paths { try await session.checkWriting(to: path) }
        defer {
            for target in plan.targets {
                session.dryRun?.leaveOpen(path: target.dataDirectory, before: .restore)
                if let folder = target.walDirectory { session.dryRun?.leaveOpen(path: folder, before: .restore) }
            }
        }
        let cause = session.dryRun?.cause(ofPath: plan.file) ?? session.causeOfDecryption(in: invocation)
        let clock = ContinuousClock()
        let start = clock.now
        var byteCount = session.pick?.snapshotByteCount
        var state = cause?.sentence ?? ""
        var isSound = false
        if cause == nil {
            let checked = try await CheckedFile(
                plan.file,
                session,
                UnpackingOptions(invocation, beside: plan.paths.first)
            )
            try accept(checked, plan, invocation, session)
            (byteCount, state, isSound) = (checked.byteCount, checked.verdict, checked.result.verdict == .sound)
        }
        let rate = cause == nil ? byteCount.map { TransferRate(byteCount: $0, duration: clock.now - start) } : nil
        var rooms: [RestoreRoom] = []
        do {
            rooms = try await plan.cluster.room(for: plan.targets, databaseByteCount: byteCount ?? 0)
        } catch let error as RestoreError {
            throw RestoreFailure(path: plan.file, error: error, otherPlace: try await plan.otherPlace(than: error))
        }
        // Each member is a copy that is written and verified.
        let total = byteCount.map { $0 * Int64(plan.targets.count) }
        let estimate = rate.flatMap { rate in total.map { Estimate(seconds: rate.seconds(for: $0), rate) } }
        session.output.listing(
            "would restore \(plan.file.printable), which is \(state)\n"
                + TextTable.pairs(
                    plan.targets.map { ("member", "\($0.member.name.printable) in \($0.dataDirectory.printable)") }
                        + rooms.map { ("space", room($0, isSizeKnown: byteCount != nil)) }
                        + (rooms.isEmpty
                            ? [("space", "none needed: a member is there already, and would be compared")] : [])
                        + [("time", estimate?.text ?? cause?.sentence ?? "unknown")]
                ),
            json: [
                WouldRestoreRecord(
                    path: plan.file,
                    sound: isSound,
                    size: byteCount,
                    members: plan.targets.map {
                        .init(name: $0.member.name, dataDir: $0.dataDirectory, walDir: $0.walDirectory)
                    },
                    space: rooms.map {
                        .init(
                            folder: $0.path,
                            needed: byteCount == nil ? nil : $0.neededByteCount,
                            free: $0.freeByteCount
                        )
                    },
                    bytesPerSecond: estimate?.bytesPerSecond,
                    seconds: estimate?.seconds
                )
            ]
        )
    }

    private static func room(_ room: RestoreRoom, isSizeKnown: Bool) -> String {
        Self.room(needed: isSizeKnown ? room.neededByteCount : nil, free: room.freeByteCount, in: room.folder)
    }
}

private struct WouldRestoreRecord: Encodable {
    let kind = "would-restore"
    let path: String
    /// Whether the file is there, and was found sound.
    let sound: Bool
    /// In bytes.
    let size: Int64?
    let members: [Member]
    let space: [Room]
    let bytesPerSecond: Double?
    /// An estimate by that.
    let seconds: Double?

    struct Member: Encodable {
        let name: String
        let dataDir: String
        let walDir: String?
    }

    struct Room: Encodable {
        let folder: String
        let needed: Int64?
        let free: Int64?
    }
}
