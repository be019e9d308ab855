import Snapshot

/// What becomes of bytes that are not sound.
extension Download {
    static let unverifiedEnding = ".unverified"

    static func undecodableEnding(of backup: Backup) -> String { unverifiedEnding + backup.encoding.nameEnding }

    /// What may stand behind the destination's name in the names that are given.
    func keptEndings(of backup: Backup) -> [String] {
        keepsUnverified ? [Self.unverifiedEnding, Self.undecodableEnding(of: backup)] : []
    }

    /// Keeps the snapshot beside the destination, where that was asked for.
    func refusal(
        of backup: Backup,
        _ problem: SnapshotProblem,
        _ snapshot: PartialFile
    ) throws(DownloadError) -> DownloadError {
        let path = keepsUnverified ? try keep(snapshot, withEnding: Self.unverifiedEnding) : nil
        return .unsound(name: backup.name, problem, keptAs: path)
    }

    /// Keeps what can't be decoded as it came, where that was asked for.
    func refusal(of backup: Backup, _ error: CodecError, _ arrived: PartialFile) throws(DownloadError)
        -> DownloadError
    {
        let isKept = keepsUnverified && error.isOfContent
        let path = isKept ? try keep(arrived, withEnding: Self.undecodableEnding(of: backup)) : nil
        return .undecodable(name: backup.name, error, keptAs: path)
    }

    /// - Returns: The path that it has now.
    private func keep(_ file: PartialFile, withEnding ending: String) throws(DownloadError) -> String {
        try file.sync()
        do throws(DownloadError) {
            return try file.publish(withEnding: ending, replacesExisting: replacesExisting)
        } catch .notSynced(let kept, _) {
            return kept
        }
    }
}
