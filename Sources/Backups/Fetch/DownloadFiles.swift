import Files
import Snapshot

/// The hidden files of one download: what comes from the source, and the snapshot. They are one, unless it is encoded.
struct DownloadFiles: Sendable {
    /// The bytes as the source has them: what a later download resumes with.
    let arriving: PartialFile
    /// The snapshot, which gets the destination's name.
    let snapshot: PartialFile
    /// How the one is unpacked into the other; `nil` where they are one.
    let unpacking: Unpacking?

    /// - Throws: `DownloadError`.
    init(
        of backup: Backup,
        for download: Download,
        _ unpacking: Unpacking?,
        identity: ResumeRecord.Identity?,
        safeguards: Safeguards
    ) throws(DownloadError) {
        self.unpacking = unpacking
        let replacesExisting = download.replacesExisting || download.isTrial
        arriving = try PartialFile(
            destination: download.destination,
            neededByteCount: Self.neededByteCount(for: backup) ?? 0,
            replacesExisting: replacesExisting,
            keptEndings: download.keptEndings(of: backup),
            identity: identity,
            safeguards: safeguards
        )
        guard unpacking != nil else {
            snapshot = arriving
            return
        }
        do throws(DownloadError) {
            snapshot = try PartialFile(
                .decoded,
                destination: download.destination,
                neededByteCount: 0,
                replacesExisting: replacesExisting,
                safeguards: safeguards
            )
        } catch {
            if arriving.ranges.byteCount == 0 { arriving.discard() }
            throw error
        }
        // It gets no name: nothing of it is to be left, whatever ends this process.
        if download.keepsStored { snapshot.discard() }
    }

    /// The room for a backup and, where it is encoded, for its snapshot, which is at least as large; `nil` where its
    /// size is unknown.
    static func neededByteCount(for backup: Backup) -> Int64? {
        guard let byteCount = backup.byteCount ?? backup.approximateByteCount else { return nil }
        if backup.encoding == .raw { return byteCount }
        let (doubled, overflow) = byteCount.multipliedReportingOverflow(by: 2)
        return overflow ? .max : doubled
    }

    /// The most bytes that a backup of so many may decode to.
    func decodingBudget(_ byteCount: Int64?) -> Int64 {
        DecodingBudget.byteCount(
            at: snapshot.descriptor,
            reservedByteCount: max(0, (byteCount ?? 0) - arriving.ranges.byteCount)
        )
    }

    /// Forgets all bytes: they were not of one sound snapshot.
    func startOver() {
        arriving.startOver()
        restartDecoding()
    }

    /// Forgets what was decoded.
    func restartDecoding() {
        if unpacking != nil { snapshot.startOver() }
    }

    /// Removes what was decoded, and keeps what has come for a later download.
    func keepArrived() {
        arriving.noteProgress()
        if unpacking != nil { snapshot.discard() }
    }

    /// Removes what has no final name.
    func discard() {
        arriving.discard()
        snapshot.discard()
    }
}
