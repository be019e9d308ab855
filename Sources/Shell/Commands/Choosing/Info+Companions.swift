import Backups
import Snapshot
import Text

/// The files that belong to a backup, as far as they can be found without downloading it.
struct FoundCompanions {
    var rows: [(String, String)] = []
    var records: [CompanionRecord] = []

    /// - Parameter decryption: Looks into what is encrypted, too.
    /// - Throws: What listing those beside it throws, `CancellationError`.
    @MainActor
    init(
        of backup: Backup,
        from source: any BackupSource,
        _ session: Session,
        decryptingWith decryption: DecryptionWords?
    ) async throws {
        let beside = try await source.companions(of: backup)
        if beside.isEmpty, backup.needsCompanions, let key = backup.companionKeys.first {
            rows.append(
                ("beside it", "nothing: \(backup.companionPath(of: key).printable) is missing, and a restore needs it")
            )
        }
        if !beside.isEmpty {
            rows.append(("beside it", beside.map { backup.companionPath(of: $0.key) }.companionText))
            records += beside.map { CompanionRecord(place: "beside", name: $0.key, size: $0.byteCount) }
        }
        guard backup.encoding.isOfArchive || decryption != nil else { return }
        guard backup.isCheapToLookInto(of: source) else {
            rows.append(("companions", "unknown: 'get --companions DIR' lists them"))
            return
        }
        do {
            let entries = try await session.withProgress("looking into", backup) { onProgress in
                try await source.look(
                    into: backup,
                    session.codecs(decryptingWith: decryption),
                    onProgress: onProgress
                ).companions
            }
            let files = entries.filter { $0.kind == .file }
            rows.append(("companions", files.isEmpty ? "none" : files.map(\.name).companionText))
            records += files.map { CompanionRecord(place: "archive", name: $0.name, size: $0.byteCount) }
        } catch let error as CodecError {
            rows.append(("companions", "unknown: \(error)"))
        } catch let problem as SnapshotProblem {
            rows.append(("companions", "unknown: \(problem)"))
        } catch let failure as any UserError {
            rows.append(("companions", "unknown: \(failure)"))
        }
    }
}

extension Session {
    /// Says it where a backup lacks a file that its distribution needs.
    ///
    /// - Throws: What asking for it throws.
    func warnOfMissingCompanion(of backup: Backup, from source: any BackupSource) async throws {
        guard let missing = try await source.missingCompanion(of: backup) else { return }
        output.warning("\(missing.printable) is missing beside it: it belongs to the backup, and a restore needs it")
    }
}

/// A file that belongs to a backup.
struct CompanionRecord: Encodable {
    let kind = "companion"
    /// `beside` the backup, or in its `archive`.
    let place: String
    let name: String
    let size: Int64?
}
