import Blocking
import Files
import Glibc
import Snapshot
import Text

/// Finds out which objectives of a drill hold, from the files and servers that there are. What was typed makes no difference.
package actor WorldCheck {
    /// Asks an etcd whether it has a key: `nil` where none answers.
    package typealias AskEtcd = @Sendable (_ url: String, _ key: String?) async -> Bool?

    private let plan: WorldPlan
    private let sandbox: Sandbox
    private let askEtcd: AskEtcd
    private var contents: [ContentVariant: ContentFile] = [:]
    // What was read once is the same for all conditions of a check.
    private var digests: [String: String?] = [:]
    private var keys: [String: SnapshotKeys?] = [:]

    package init(_ plan: WorldPlan, in sandbox: Sandbox, askEtcd: @escaping AskEtcd) {
        self.plan = plan
        self.sandbox = sandbox
        self.askEtcd = askEtcd
    }

    /// - Throws: `WorldError` where the world itself is damaged, `CancellationError`.
    package func run() async throws -> CheckedWorld {
        let (plan, sandbox) = (plan, sandbox)
        contents = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.contents(of: plan) }
        var objectives: [CheckedObjective] = []
        for objective in plan.drill.objectives {
            objectives.append(CheckedObjective(objective: objective, conditions: try await checked(objective.conditions)))
        }
        var mistakes: [Mistake] = []
        for mistake in plan.drill.mistakes where try await checked(mistake.conditions).allSatisfy(\.holds) {
            mistakes.append(mistake)
        }
        return CheckedWorld(objectives: objectives, mistakes: mistakes)
    }

    /// The ids of the backups that a file or a data directory in `work` comes from; empty where it comes from none, `nil`
    /// where there is nothing.
    ///
    /// - Throws: As `run`.
    package func origin(of subject: Condition.Subject) async throws -> [String]? {
        if contents.isEmpty {
            let (plan, sandbox) = (plan, sandbox)
            contents = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.contents(of: plan) }
        }
        var ids: [String] = []
        for id in plan.backups.compactMap(\.id) {
            switch try await isBackup(id, subject) {
            case nil: return nil
            case true?: ids.append(id)
            case false?: break
            }
        }
        return ids
    }

    private func checked(_ conditions: [Condition]) async throws -> [CheckedCondition] {
        var checked: [CheckedCondition] = []
        for condition in conditions { checked.append(try await check(condition)) }
        return checked
    }

    private func check(_ condition: Condition) async throws -> CheckedCondition {
        try Task.checkCancellation()
        let subject = condition.subject
        func result(_ holds: Bool, is found: String, should expected: String) -> CheckedCondition {
            CheckedCondition(condition: condition, holds: holds, found: found, expected: expected)
        }
        switch condition.test {
        case .exists(let should):
            let exists = await exists(subject)
            return result(
                exists == should,
                is: exists ? "\(subject.text) is there" : "\(subject.text) is missing",
                should: should ? "\(subject.text) is there" : "there is no \(subject.text)"
            )
        case .isBackup(let ids):
            let origin = try await origin(of: subject)
            let expected = ids.map(name).joined(separator: ", or ")
            guard let origin else { return result(false, is: await whatIsThere(subject), should: "\(subject.text) from \(expected)") }
            return result(
                !Set(origin).isDisjoint(with: ids),
                is: origin.isEmpty
                    ? "\(subject.text) is from none of the backups" : "\(subject.text) is from \(name(origin[0]))",
                should: "\(subject.text) is from \(expected)"
            )
        case .isSound(let should):
            guard let isSound = await isSound(subject) else {
                return result(false, is: await whatIsThere(subject), should: "\(subject.text) is \(should ? "sound" : "not sound")")
            }
            return result(
                isSound == should,
                is: "\(subject.text) is \(isSound ? "sound" : "not sound")",
                should: "\(subject.text) is \(should ? "sound" : "not sound")"
            )
        case .hasKey(let key): return await checkKey(key, is: true, condition)
        case .lacksKey(let key): return await checkKey(key, is: false, condition)
        case .memberCount(let count):
            let expected = "\(subject.text) lists \(count) \(count == 1 ? "member" : "members")"
            guard let members = await keys(of: subject)?.members else {
                return result(false, is: await whatIsThere(subject), should: expected)
            }
            return result(
                members.count == count,
                is: "\(subject.text) lists \(members.count)",
                should: expected
            )
        case .forgets(let other, let should):
            let expected = "\(subject.text) \(should ? "knows no member" : "knows members") of \(other)"
            guard let members = await keys(of: subject)?.members else {
                return result(false, is: await whatIsThere(subject), should: expected)
            }
            let old = await keys(of: .data(other))?.members ?? []
            let forgets = members.isDisjoint(with: old)
            return result(
                forgets == should,
                is: "\(subject.text) knows \(forgets ? "no" : "\(members.intersection(old).count)") of them",
                should: expected
            )
        case .isUnchanged(let should):
            let changed = try await changedOriginals()
            return result(
                changed.isEmpty == should,
                is: changed.isEmpty
                    ? "the backups on the volume are as they were"
                    : "\(changed.count) \(changed.count == 1 ? "file" : "files") on the volume changed: \(PathParts(changed[0]).name.printable)",
                should: should ? "the backups on the volume are as they were" : "backups on the volume changed"
            )
        case .answers(let should):
            let answers = await answers(subject)
            return result(
                answers == should,
                is: "\(subject.text) \(answers ? "answers" : "does not answer")",
                should: "\(subject.text) \(should ? "answers" : "does not answer")"
            )
        }
    }

    private func checkKey(_ key: String, is should: Bool, _ condition: Condition) async -> CheckedCondition {
        let subject = condition.subject
        let expected = "\(subject.text) \(should ? "has" : "does not have") the key \(key)"
        let has: Bool?
        if case .etcd(let url) = subject {
            has = await askEtcd(url, key)
        } else {
            has = await keys(of: subject).map { $0.live[Array(key.utf8)] != nil }
        }
        guard let has else {
            return CheckedCondition(
                condition: condition,
                holds: false,
                found: await whatIsThere(subject),
                expected: expected
            )
        }
        return CheckedCondition(
            condition: condition,
            holds: has == should,
            found: "\(subject.text) \(has ? "has" : "does not have") it",
            expected: expected
        )
    }

    // MARK: - What there is

    private func whatIsThere(_ subject: Condition.Subject) async -> String {
        if case .etcd = subject { return "\(subject.text) does not answer" }
        return await exists(subject) ? "\(subject.text) can't be read as that" : "\(subject.text) is missing"
    }

    private func exists(_ subject: Condition.Subject) async -> Bool {
        guard let path = path(of: subject) else { return await answers(subject) }
        return (try? await BlockingWork.run(at: Place(folderOf: path)) { FileMark(path: path) != nil }) ?? false
    }

    private func answers(_ subject: Condition.Subject) async -> Bool {
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

    private func isSound(_ subject: Condition.Subject) async -> Bool? {
        guard let path = path(of: subject), let file = try? SnapshotFile(path: path),
            let result = try? await file.verify()
        else { return nil }
        return result.verdict == .sound
    }

    /// - Returns: `nil` where there is nothing to compare.
    private func isBackup(_ id: String, _ subject: Condition.Subject) async throws -> Bool? {
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

    private func keys(of subject: Condition.Subject) async -> SnapshotKeys? {
        guard let path = path(of: subject) else { return nil }
        return await keys(inFile: path)
    }

    private func keys(inFile path: String) async -> SnapshotKeys? {
        if let known = keys[path] { return known }
        let found = try? await SnapshotKeys(path: path)
        keys[path] = found
        return found
    }

    private func changedOriginals() async throws -> [String] {
        guard let volume = plan.drill.world.volume else { return [] }
        let (plan, contents, folder) = (plan, contents, sandbox.volume(volume))
        return try await BlockingWork.run(at: Place(folder: folder)) {
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

    private func name(_ id: String) -> String {
        plan.backups.first { $0.id == id }.map { "the backup \($0.name)" } ?? "the backup '\(id)'"
    }
}

extension Condition.Subject {
    /// What it is called in a sentence.
    fileprivate var text: String {
        switch self {
        case .file(let path), .data(let path): path
        case .etcd(let url): "the etcd at \(url)"
        case .originals: "the backups on the volume"
        }
    }
}
