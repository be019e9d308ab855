import Blocking
import Files
import Text

extension CompanionFolder {
    /// Takes all companions of a backup that was got, and gives them their names.
    ///
    /// - Parameter file: Where the backup is now: of a download, the companions in its archive came with it.
    /// - Throws: `CodecError`, and what the source throws; `CompanionError`, `NotAnswering`, `CancellationError`.
    public func takeAll(
        with file: DownloadedFile,
        of backup: Backup,
        from source: any BackupSource,
        _ codecs: [any Codec]
    ) async throws -> Outcome {
        refuseOthers(among: file.unpacked?.companions ?? [])
        if file.origin != .downloaded, file.encoding != .raw {
            try await takeEntries(of: backup, from: source, codecs)
        }
        try await takeNeighbours(of: backup, from: source)
        return try await publishAll(beside: file.mark)
    }

    /// Takes the files that lie beside a backup and belong to it, each by its path beside the backup.
    ///
    /// - Throws: What the source throws; `CompanionError`, `NotAnswering`, `CancellationError`.
    private func takeNeighbours(of backup: Backup, from source: any BackupSource) async throws {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in
            for entry in try await source.companions(of: backup) {
                let packed = PackedEntry(name: backup.companionPath(of: entry.key), byteCount: entry.byteCount)
                guard let sink = sink(for: packed) else { continue }
                try await source.read(Backup(name: entry.key, cluster: nil, entry: entry), range: nil) {
                    try sink.write($0)
                }
                try sink.finish()
            }
        }
    }

    /// Takes the companions in the archive that a backup is.
    ///
    /// - Throws: `CodecError`, and what the source throws; `CompanionError`, `NotAnswering`, `CancellationError`.
    private func takeEntries(of backup: Backup, from source: any BackupSource, _ codecs: [any Codec]) async throws {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in
            let unpacked = try await source.readCompanions(in: backup, codecs) { self.sink(for: $0) }
            refuseOthers(among: unpacked.companions)
        }
    }

    /// Gives all of them their names.
    ///
    /// - Parameter backup: The file of the backup that they belong to.
    /// - Throws: `NotAnswering`, `CancellationError`.
    private func publishAll(beside backup: FileMark?) async throws -> Outcome {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in publish(beside: backup) }
    }

    /// Opens the folder, and makes it where it is missing.
    ///
    /// - Throws: `CompanionError`, `NotAnswering`, `CancellationError`.
    package static func open(_ path: String, replacesExisting: Bool) async throws -> CompanionFolder {
        try await BlockingWork.run(at: Place(folder: path)) {
            try CompanionFolder(path, replacesExisting: replacesExisting)
        }
    }
}
