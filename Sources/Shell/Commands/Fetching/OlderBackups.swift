import Backups
import Text

/// The backups that `get --or-older` tries in place of the pick, one after the other.
@MainActor
struct OlderBackups {
    /// How many are tried at most.
    private let limit: Int
    /// The backups that were not sound, the pick first.
    private var tried: [UnsoundBackup] = []
    /// The backups older than the pick, newest first; `nil` before they are listed.
    private var waiting: ArraySlice<Backup>?

    init(limit: Int) {
        self.limit = limit
    }

    /// Picks the next one after a backup that is not sound, and reports what was wrong.
    ///
    /// - Throws: `NoSoundBackup` if there is none, or the limit is reached; `CancellationError`.
    mutating func pickNext(
        after pick: Backup,
        _ failure: DownloadError,
        from source: any BackupSource,
        _ session: Session
    ) async throws {
        guard let rule = session.pickRule else { throw failure }
        let unsound = UnsoundBackup(name: pick.name, failure: failure)
        tried.append(unsound)
        guard tried.count <= limit else { throw NoSoundBackup(tried: tried, end: .enough) }
        var candidates =
            if let waiting { waiting } else { try await older(than: pick, by: rule, from: source, session) }
        let passedOver = candidates.prefix { !$0.obstacles.isEmpty }.map(UnusableBackup.init)
        candidates = candidates.dropFirst(passedOver.count)
        guard let next = candidates.popFirst() else {
            throw NoSoundBackup(tried: tried, end: .none(passedOver: passedOver))
        }
        waiting = candidates
        session.output.warning(failure.description)
        if !passedOver.isEmpty { session.output.warn(ofPassedOver: passedOver) }
        session.pick(
            next,
            because: "the next older one, as \(pick.name.printable) is not sound",
            by: rule,
            passedOver: session.passedOver + [PassedOver(unsound)] + passedOver.map(PassedOver.init)
        )
        session.reportPick()
    }

    /// Whether the file under a download's destination may be one of them.
    ///
    /// - Throws: A `UserError` if the source does not respond, `CancellationError`.
    mutating func hasOne(
        after pick: Backup,
        at download: Download,
        from source: any BackupSource,
        _ session: Session
    ) async throws -> Bool {
        guard let rule = session.pickRule else { return false }
        let candidates: ArraySlice<Backup>
        do {
            candidates =
                if let waiting { waiting } else { try await older(than: pick, by: rule, from: source, session) }
        } catch is NoSoundBackup {
            return false
        }
        waiting = candidates
        for backup in candidates.filter(\.obstacles.isEmpty).prefix(limit - tried.count) {
            if try await download.existingFileMayBe(backup, from: source) { return true }
        }
        return false
    }

    /// - Throws: `NoSoundBackup` if they can't be listed; `CancellationError`.
    private func older(
        than pick: Backup,
        by rule: PickRule,
        from source: any BackupSource,
        _ session: Session
    ) async throws -> ArraySlice<Backup> {
        func usable(_ listing: BackupListing) -> [Backup] {
            rule.selection.older(than: pick, in: listing).filter(\.obstacles.isEmpty)
        }
        do {
            var listing = try await rule.listing(of: pick.cluster, in: source, startingWith: 1 + limit) {
                usable($0).count >= limit
            }
            if listing.total != nil, !listing.isComplete {
                throw NoSoundBackup(tried: tried, end: .unlisted(reason: "the \(source.location) does not list them"))
            }
            if rule.selection.order == .byRevision {
                listing.backups = try await session.allRevisionsRead(of: listing.backups, rule.selection, from: source)
            }
            return rule.selection.older(than: pick, in: listing)[...]
        } catch let failure as any UserError where !(failure is NoSoundBackup) {
            throw NoSoundBackup(tried: tried, end: .unlisted(reason: failure.description))
        }
    }
}
