import Blocking
import Files
import Snapshot
import Text

/// What there is, of what conditions are about.
extension WorldCheck {
    func whatIsThere(_ subject: Condition.Subject) async -> String {
        if case .etcd = subject { return "\(subject.text) does not answer" }
        return await exists(subject) ? "\(subject.text) can't be read as that" : "\(subject.text) is missing"
    }

    func exists(_ subject: Condition.Subject) async -> Bool {
        guard let path = path(of: subject) else { return await answers(subject) }
        return (try? await BlockingWork.run(at: Place(folderOf: path)) { FileMark(path: path) != nil }) ?? false
    }

    func answers(_ subject: Condition.Subject) async -> Bool {
        guard case .etcd(let url) = subject else { return false }
        return await askEtcd(url, nil) != nil
    }

    /// The file that has the keys, or the file itself.
    private func path(of subject: Condition.Subject) -> String? {
        switch subject {
        case .file(let path): sandbox.inWork(path)
        case .data(let path): sandbox.inWork("\(path)/member/snap/db")
        case .etcd, .originals: nil
        }
    }

    func isSound(_ subject: Condition.Subject) async -> Bool? {
        guard let path = path(of: subject), let file = try? SnapshotFile(path: path),
            let result = try? await file.verify()
        else { return nil }
        return result.verdict == .sound
    }

    /// - Returns: `nil` where there is nothing to compare.
    func isBackup(_ id: String, _ subject: Condition.Subject) async throws -> Bool? {
        guard let content = contents[try plan.backup(id: id).variant] else { return false }
        switch subject {
        case .file: return await digest(of: subject).map { $0 == content.sha256 }
        case .data:
            guard let found = await keys(of: subject) else { return nil }
            return await keys(inFile: content.path).map { $0.live == found.live } ?? false
        case .etcd, .originals: return nil
        }
    }

    private func digest(of subject: Condition.Subject) async -> String? {
        guard let path = path(of: subject) else { return nil }
        if let known = digests[path] { return known }
        let digest = try? await BlockingWork.run(at: Place(folderOf: path)) { try FolderTree.digest(of: path) }
        digests[path] = digest
        return digest
    }

    func keys(of subject: Condition.Subject) async -> SnapshotKeys? {
        guard let path = path(of: subject) else { return nil }
        return await keys(inFile: path)
    }

    private func keys(inFile path: String) async -> SnapshotKeys? {
        if let known = keys[path] { return known }
        let found = try? await SnapshotKeys(path: path)
        keys[path] = found
        return found
    }

    func changedOriginals() async throws -> [String] {
        guard let volume = plan.drill.world.volume else { return [] }
        let (plan, contents, sandbox) = (plan, contents, sandbox)
        return try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
            let away = sandbox.unmountedVolume(volume)
            let folder = FileMark(path: away) == nil ? sandbox.volume(volume) : away
            var known: [FileMark: String] = [:]
            return plan.backups.filter { $0.places.contains(.volume) }.map { backup in
                let path = "\(folder)/\(backup.path)"
                guard let mark = FileMark(path: path) else { return path }
                // Many names of one file are read once.
                let digest = known[mark] ?? (try? FolderTree.digest(of: path)) ?? ""
                known[mark] = digest
                return digest == contents[backup.variant]?.sha256 ? "" : path
            }.filter { !$0.isEmpty }
        }
    }

    func name(_ id: String) -> String {
        plan.backups.first { $0.id == id }.map { "the backup \($0.name)" } ?? "the backup '\(id)'"
    }
}
