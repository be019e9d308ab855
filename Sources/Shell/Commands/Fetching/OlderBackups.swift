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
            let listing = try await rule.listing(of: pick.cluster, in: source, startingWith: 1 + limit) {
                usable($0).count >= limit
            }
            if listing.total != nil, !listing.isComplete {
                throw NoSoundBackup(tried: tried, end: .unlisted(reason: "the \(source.location) does not list them"))
            }
            return rule.selection.older(than: pick, in: listing)[...]
        } catch let failure as any UserError where !(failure is NoSoundBackup) {
            throw NoSoundBackup(tried: tried, end: .unlisted(reason: failure.description))
        }
    }
}

/// A backup that was downloaded and is not sound.
struct UnsoundBackup: Sendable {
    var name: String
    var failure: DownloadError

    /// What is wrong, as the second half of a sentence.
    var reason: String {
        if case .unsound(_, let problem, _) = failure { "\(problem)" } else { "\(failure)" }
    }
}

/// None of the backups that `get --or-older` tried is sound.
struct NoSoundBackup: UserError, Hinting {
    /// Why no other one was tried.
    enum End: Sendable {
        /// The option allows no more.
        case enough
        /// All older ones are unusable.
        case none(passedOver: [UnusableBackup])
        case unlisted(reason: String)
    }

    /// In the order in which they were tried.
    var tried: [UnsoundBackup]
    var end: End

    var code: String { "selection.none-sound" }
    var category: ErrorCategory { .unsound }

    var description: String {
        let last = tried.last?.failure.description ?? "cannot find a sound backup"
        let earlier = tried.dropLast().map { "\($0.name.printable) (\($0.reason))" }
        let before = earlier.isEmpty ? "" : "; tried before it: " + earlier.joined(separator: ", ")
        return last + before + "; " + ending
    }

    private var ending: String {
        switch end {
        case .enough: "\(tried.count - 1) older \(tried.count == 2 ? "one was" : "ones were") tried"
        case .none(passedOver: []): "there is no older one"
        case .none(let passedOver): "no older one can be used: \(passedOver.sentence)"
        case .unlisted(let reason): "older ones are unknown: \(reason)"
        }
    }

    var hint: NextStep? {
        switch end {
        case .enough: "more are tried with --or-older=N; 'ls' shows them all"
        case .none: "'ls' shows what is there; other sources may have more: \(.useOtherSource)"
        case .unlisted:
            """
            other sources list all backups: \(.useOtherSource); 'pick REVISION --etcd-version VERSION' asks for one
            """
        }
    }
}
