import Blocking
import Files
import Glibc
import Snapshot

/// What a download would write, as far as that is known before.
public struct DownloadPlan: Sendable, Equatable {
    /// The path that the verified file would get.
    public var path: String
    /// The folder of it, as messages name it.
    public var folder: String
    /// How much room is needed, in bytes; `nil` where the backup's size is unknown.
    public var neededByteCount: Int64?
    /// How much there is; `nil` where the file system does not say.
    public var freeByteCount: Int64?
    /// How many bytes of an earlier download would be used.
    public var resumedByteCount: Int64
}

extension Download {
    /// Checks what can be checked before a download: the folder, the names in it, the room. It writes nothing.
    ///
    /// - Throws: `DownloadError` where the download would fail so; `CancellationError`.
    public func plan(_ backup: Backup, from source: any BackupSource) async throws -> DownloadPlan {
        let backup = try await source.recognising(backup, codecs)
        _ = try unpacking(of: backup)
        return try await lookingAtDestination { try planHere(backup, from: source) }
    }

    private func planHere(_ backup: Backup, from source: any BackupSource) throws(DownloadError) -> DownloadPlan {
        let folder = try PartialFile.folder(of: destination)
        let partialName = PartialFile.Role.arriving.hiddenName(for: folder.name)
        let needed = DownloadFiles.neededByteCount(for: backup)
        return try BlockingWork.call(.lookup) { () throws(DownloadError) in
            try folder.checkNames(withEndings: keptEndings(of: backup), replacesExisting: replacesExisting)
            try folder.checkSpace(for: needed ?? 0, replacing: partialName)
            try folder.checkPermission()
            return DownloadPlan(
                path: destination,
                folder: folder.path,
                neededByteCount: needed,
                freeByteCount: FreeSpace.byteCount(at: folder.descriptor),
                resumedByteCount: resumableByteCount(of: partialName, in: folder, backup, from: source)
            )
        }
    }

    /// How many bytes of the same backup an earlier download has left.
    private func resumableByteCount(
        of partialName: String,
        in folder: DestinationFolder,
        _ backup: Backup,
        from source: any BackupSource
    ) -> Int64 {
        guard let identity = Self.identity(of: backup, from: source) else { return 0 }
        let descriptor = openat(folder.descriptor, partialName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        return ResumeRecord(in: descriptor, for: identity)?.ranges.byteCount ?? 0
    }
}

extension DestinationFolder {
    /// - Throws: `DownloadError.cannotWrite` where files can't be made in it.
    fileprivate func checkPermission() throws(DownloadError) {
        do throws(SystemError) {
            try systemCall { faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS) }
        } catch {
            throw .cannotWrite(path: destination, reason: error.description)
        }
    }
}
