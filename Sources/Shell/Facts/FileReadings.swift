import Backups
import Files
import Snapshot
import Text

/// What was read of files for facts: a file that has not changed is read once.
@MainActor
final class FileReadings {
    /// A key of a snapshot file, as its last change left it.
    struct Key: Sendable {
        var value: [UInt8]
        var revision: Int64
    }

    private struct Reading {
        var mark: FileMark
        var file: CheckedFile
        /// The last one that was asked for.
        var key: (name: ByteText, Key?)?
    }

    /// By path.
    private var readings: [ByteText: Reading] = [:]
    /// A runbook asks for a few.
    private static let maxCount = 16

    /// A file, checked as a whole.
    ///
    /// - Throws: `SnapshotFailure`, `CancellationError`.
    func checked(_ path: String, _ session: Session) async throws -> CheckedFile {
        let mark = try await PathText.mark(of: path)
        if let known = readings[ByteText(path)], known.mark == mark { return known.file }
        let file = try await CheckedFile(path, session, hashingKeys: true)
        guard let mark, try await PathText.mark(of: path) == mark else {
            throw SnapshotFailure.changed(path: path)
        }
        if readings.count >= Self.maxCount { readings = [:] }
        readings[ByteText(path)] = Reading(mark: mark, file: file)
        return file
    }

    /// A key of a file that was read whole; `nil` where it has no such key.
    ///
    /// - Throws: `SnapshotFailure`, `CancellationError`.
    func key(_ name: String, in path: String, _ session: Session) async throws -> Key? {
        _ = try await checked(path, session).usableContents()
        if let known = readings[ByteText(path)]?.key, known.name == ByteText(name) { return known.1 }
        let mark = readings[ByteText(path)]?.mark
        let key: Key? = try await session.reading(path) { snapshot in
            let file = snapshot.file
            let keys = try await file.keys(prefix: Array(name.utf8))
            // Keys are sorted, so the key itself comes before those that begin with it.
            guard keys.count > 0, keys[0].key == Array(name.utf8) else { return nil }
            return Key(value: try await file.values(of: [keys[0]]).first ?? [], revision: keys[0].revision)
        }
        guard try await PathText.mark(of: path) == mark else { throw SnapshotFailure.changed(path: path) }
        readings[ByteText(path)]?.key = (ByteText(name), key)
        return key
    }
}
