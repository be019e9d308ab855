import Backups
import Snapshot
import Text

/// Looking into archives before they are downloaded.
extension Session {
    /// Chooses from a listing, and looks into an archive whose name does not say what is in it before it is the newest
    /// or the oldest: vCluster and others write archives of the same names that hold no snapshot.
    ///
    /// - Throws: As `Selection.select` does; `CancellationError`.
    func chosen(
        by selection: Selection,
        from listing: BackupListing,
        of cluster: ClusterName?,
        in source: any BackupSource
    ) async throws -> Selection.Chosen {
        var listing = listing
        var chosen = try selection.select(from: listing, of: cluster)
        var lookCount = 0
        while selection.isExtreme, try await isWithoutSnapshot(chosen.backup, in: source) {
            for index in listing.backups.indices where listing.backups[index].isSame(as: chosen.backup) {
                listing.backups[index].isWithoutSnapshot = true
            }
            chosen = try selection.select(from: listing, of: cluster)
            lookCount += 1
            if lookCount == Self.maxLookCount {
                output.warning(
                    "looked into \(lookCount) archives, and no snapshot is in them; the others were not looked into"
                )
                return chosen
            }
        }
        return chosen
    }

    /// So many archives are looked into at most: each can be read whole.
    private static let maxLookCount = 20

    /// Whether a backup is an archive, and surely holds no snapshot.
    ///
    /// - Throws: `CancellationError`.
    private func isWithoutSnapshot(_ backup: Backup, in source: any BackupSource) async throws -> Bool {
        let isUnknown = backup.encoding.isOfArchive && backup.revision == nil && !backup.isTimeNamed
        guard isUnknown, backup.isCheapToLookInto(of: source) else { return false }
        do {
            _ = try await withProgress("looking into", backup) { onProgress in
                try await source.look(
                    into: backup,
                    codecs(decryptingWith: nil),
                    endsAtSnapshot: true,
                    onProgress: onProgress
                )
            }
        } catch let error as CodecError {
            if case .noSnapshot = error.problem { return true }
        } catch is SnapshotProblem {
            // It says that there is one.
        } catch let failure as any UserError {
            output.note("\(backup.name.printable) was not looked into: \(failure)")
        }
        return false
    }
}

extension Backup {
    /// An archive of more bytes is not read to look into it: over the network, and on this machine.
    private static let (maxRemoteByteCount, maxLocalByteCount): (Int64, Int64) = (64 << 20, 512 << 20)

    /// Of a zip only its directory is read, and the start of each file; of a tar all of it.
    func isCheapToLookInto(of source: any BackupSource) -> Bool {
        guard let byteCount, source.traits != .streaming else { return false }
        if encoding.nameEnding == ".zip" { return true }
        return byteCount <= (source.traits == .local ? Self.maxLocalByteCount : Self.maxRemoteByteCount)
    }
}

extension BackupEncoding {
    /// Whether the name says that there may be other files in it.
    var isOfArchive: Bool {
        nameEnding.split(separator: ".").contains { ["tar", "tgz", "zip"].contains($0) }
    }
}
