import Blocking
import Files
import Text

extension CompanionFolder {
    /// Takes the files that lie beside a backup and belong to it, each by its name alone.
    ///
    /// - Throws: What the source throws; `CompanionError`, `NotAnswering`, `CancellationError`.
    package func takeNeighbours(of backup: Backup, from source: any BackupSource) async throws {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in
            for entry in try await source.companions(of: backup) {
                let packed = PackedEntry(name: PathParts(entry.key).name, byteCount: entry.byteCount)
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
    package func takeEntries(of backup: Backup, from source: any BackupSource, _ codecs: [any Codec]) async throws {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in
            let unpacked = try await source.readCompanions(in: backup, codecs) { self.sink(for: $0) }
            refuseOthers(among: unpacked.companions)
        }
    }

    /// Gives all of them their names.
    ///
    /// - Throws: `NotAnswering`, `CancellationError`.
    package func publishAll() async throws -> Outcome {
        try await BlockingWork.run(at: Place(folder: path), tidiesUp: true) { [self] in publish() }
    }

    /// Removes what has no name yet, as far as the folder answers.
    package func discardAll() async {
        let cleanup = Task { try? await BlockingWork.run(at: Place(folder: path)) { [self] in discard() } }
        await cleanup.value
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
