import Backups

/// Copies of backups that are being made: all who ask for the same one meanwhile share it.
actor Spools {
    private let source: any BackupSource
    private var running: [Backup: Task<SpooledFile, any Error>] = [:]

    init(_ source: any BackupSource) {
        self.source = source
    }

    /// - Throws: What the source throws; `SystemError` where it can't be kept.
    func file(of backup: Backup) async throws -> SpooledFile {
        if let task = running[backup] { return try await task.value }
        let task = Task { [source] in try await SpooledFile.read(backup, from: source) }
        running[backup] = task
        defer { running[backup] = nil }
        return try await task.value
    }
}
