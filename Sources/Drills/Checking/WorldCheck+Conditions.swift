import Text

extension WorldCheck {
    /// Whether a condition holds, with what there is and what there should be.
    func check(_ condition: Condition) async throws -> CheckedCondition {
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
            // Which one is right is for the learner to find out.
            let expected = "\(subject.text) is from the right backup"
            guard let origin else { return result(false, is: await whatIsThere(subject), should: expected) }
            return result(
                !Set(origin).isDisjoint(with: ids),
                is: origin.isEmpty
                    ? "\(subject.text) is from none of the backups" : "\(subject.text) is from \(name(origin[0]))",
                should: expected
            )
        case .isSound(let should):
            guard let isSound = await isSound(subject) else {
                return result(
                    false,
                    is: await whatIsThere(subject),
                    should: "\(subject.text) is \(should ? "sound" : "not sound")"
                )
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
            found: "\(subject.text) \(has ? "has" : "does not have") the key \(key)",
            expected: expected
        )
    }
}

extension Condition.Subject {
    /// What it is called in a sentence.
    var text: String {
        switch self {
        case .file(let path), .data(let path): path
        case .etcd(let url): "the etcd at \(url)"
        case .originals: "the backups on the volume"
        }
    }
}
