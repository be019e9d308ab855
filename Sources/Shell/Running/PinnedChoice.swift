import Backups
import Language
import Text

/// The `pick` that takes one backup, and nothing else in its place.
enum PinnedChoice {
    /// - Parameters:
    ///   - pick: What was picked.
    ///   - source: Where it is. From a volume, all of the backup is read.
    ///   - place: Where the command stands that picked it.
    /// - Throws: `PinRefusal.unwritableName`; what the source throws.
    @MainActor
    static func line(
        of pick: Backup,
        from source: any BackupSource,
        at place: FailureMessage.Place,
        in session: Session
    ) async throws -> String {
        // What can't be shown as it is can't be written as a word either.
        guard pick.name.printable == pick.name else { throw PinRefusal.unwritableName(pick.name, place) }
        let pin = try await session.readingAll(of: pick) { try await source.pin(of: pick, onProgress: $0) }
        var words = ["pick", Word.quoted(pin.name)]
        if pick.entry.map({ $0.state != .current }) == true { words.append("--deleted") }
        if let version = pick.entry?.version { words += ["--version-id", Word.quoted(version)] }
        if let revision = pin.revision { words += ["--revision", "\(revision.value)"] }
        if let etag = pin.etag { words += ["--etag", Word.quoted(etag)] }
        if let sha256 = pin.sha256 { words += ["--sha256", sha256] }
        return words.joined(separator: " ")
    }
}
