import Backups
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
        let pin = try await session.withProgress("reading", pick) { try await source.pin(of: pick, onProgress: $0) }
        var command = WrittenCommand(.pick)
        command.add(pin.name)
        if pick.entry.map({ $0.state != .current }) == true { command.add(PickArguments.deleted) }
        if let version = pick.entry?.version { command.add(PickArguments.versionID, version) }
        if let revision = pin.revision { command.add(PickArguments.revision, "\(revision.value)") }
        if let etag = pin.etag { command.add(PickArguments.etag, etag) }
        if let sha256 = pin.sha256 { command.add(PickArguments.sha256, sha256) }
        return command.line
    }
}
