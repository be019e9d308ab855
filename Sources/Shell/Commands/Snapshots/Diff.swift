import Backups
import Snapshot

/// What `diff` takes.
private enum DiffArguments {
    static let firstFile = ArgumentKey("FILE1", .file)
    static let secondFile = ArgumentKey("FILE2", .file)
    static let prefix = ArgumentKey.optional("PREFIX", .text)
    static let values = Option("values", "also what changed in the value of a key")
    static let limit = Option("limit", short: "n", value: "N", .count, "the first N only; the sum counts all")
    static let exitCode = Option("exit-code", "end with exit code 1 if anything differs")
}

extension CommandDeclaration {
    static let diff = CommandDeclaration(
        words: ["diff"],
        summary: "list the keys that differ between two files",
        details: [
            "+ marks a key that only the second file has, - one that only the first has, and ~ one",
            "that changed: its value, its lease or the revision of its last change differs. The last",
            "line is the sum, which diff.added, diff.removed and diff.changed hold. --values shows the",
            "part of a value that changed, before and after.",
        ],
        arguments: [DiffArguments.firstFile, DiffArguments.secondFile, DiffArguments.prefix],
        options: [DiffArguments.limit, DiffArguments.values, DiffArguments.exitCode] + UnpackingOptions.options,
        examples: [
            .init("diff old.db new.db", "all keys"),
            .init(
                "diff old.db new.db /registry/secrets/ --values",
                "those that begin with the prefix, and how they changed"
            ),
            .init("diff old.db new.db; expect diff.removed < 100", "not many keys may be gone"),
        ],
        establishes: [.difference],
        invalidatesOnFailure: [.difference],
        records: [.difference, .differenceSum],
        dryRun: .asUsual,
        run: { invocation, session in
            session.difference = nil
            let paths = (try invocation[DiffArguments.firstFile], try invocation[DiffArguments.secondFile])
            let prefix = Array((invocation[DiffArguments.prefix] ?? "").utf8)
            let unpacking = UnpackingOptions(invocation)
            let first = try await ComparedFile(paths.0, prefix, unpacking, session)
            let second = try await ComparedFile(paths.1, prefix, unpacking, session)
            let sum = try await list(
                first,
                second,
                limit: invocation[DiffArguments.limit] ?? .max,
                showsValues: invocation[DiffArguments.values],
                session.output
            )
            session.output.listing(sum.line, json: [DifferenceSumRecord(sum)])
            // The comparison itself went well: its facts hold, whatever exit code was asked for.
            session.difference = sum
            if invocation[DiffArguments.exitCode], !sum.isEmpty {
                throw FilesDiffer(first: paths.0, second: paths.1, sum: sum)
            }
        }
    )

    /// Lists what differs.
    @MainActor
    private static func list(
        _ first: ComparedFile,
        _ second: ComparedFile,
        limit: Int,
        showsValues: Bool,
        _ output: Output
    ) async throws -> DifferenceSum {
        var difference = KeyDifference(from: first.keys, to: second.keys)
        var sum = DifferenceSum(fromRevision: first.keys.revision, toRevision: second.keys.revision)
        var shownCount = 0
        while true {
            try Task.checkCancellation()
            let all = difference.next(500)
            if all.isEmpty { return sum }
            for change in all {
                switch change.kind {
                case .added: sum.added += 1
                case .removed: sum.removed += 1
                case .changed: sum.changed += 1
                }
            }
            let changes = Array(all.prefix(limit - shownCount))
            shownCount += changes.count
            if changes.isEmpty { continue }
            let parts = showsValues ? try await changedParts(changes, first, second) : [:]
            output.content(
                changes.enumerated().map { index, change in
                    change.line + (parts[index].map { "\n    - \($0.before)\n    + \($0.after)" } ?? "")
                }.joined(separator: "\n"),
                json: changes.enumerated().map { DifferenceRecord($1, parts[$0]) }
            )
        }
    }

    /// What changed in the values of those that both files have, by their places in the list.
    private static func changedParts(
        _ changes: [KeyDifference.Change],
        _ first: ComparedFile,
        _ second: ComparedFile
    ) async throws -> [Int: ChangedPart] {
        let pairs = changes.enumerated().compactMap { index, change in
            if let from = change.from, let to = change.to, !change.hasSameValue { (index, from, to) } else { nil }
        }
        let before = try await first.values(of: pairs.map(\.1))
        let after = try await second.values(of: pairs.map(\.2))
        return Dictionary(uniqueKeysWithValues: pairs.indices.map { (pairs[$0].0, ChangedPart(before[$0], after[$0])) })
    }
}

/// One of the two files.
private struct ComparedFile {
    let keys: LiveKeys
    private let path: String
    private let file: SnapshotFile

    @MainActor
    init(_ path: String, _ prefix: [UInt8], _ unpacking: UnpackingOptions, _ session: Session) async throws {
        self.path = path
        (file, keys) = try await session.reading(path, unpacking) { snapshot in
            (snapshot.file, try await snapshot.file.keys(prefix: prefix))
        }
    }

    func values(of changes: [KeyChange]) async throws -> [[UInt8]] {
        if changes.isEmpty { return [] }
        return try await SnapshotFailure.naming(path) { try await file.values(of: changes) }
    }
}

extension KeyDifference.Change {
    /// Whether both files have the key, with the same value.
    fileprivate var hasSameValue: Bool {
        guard let from, let to else { return false }
        return (from.valueByteCount, from.valueChecksum) == (to.valueByteCount, to.valueChecksum)
    }
}

extension KeyDifference.Change {
    fileprivate var line: String {
        switch kind {
        case .added: "+ \(KeyText.key(key))"
        case .removed: "- \(KeyText.key(key))"
        case .changed: "~ \(KeyText.key(key))  \(what)"
        }
    }

    /// What differs in a key that both files have.
    private var what: String {
        guard let from, let to else { return "" }
        var parts: [String] = []
        if from.revision != to.revision { parts.append("revision \(from.revision) → \(to.revision)") }
        if from.createRevision != to.createRevision { parts.append("created again") }
        if hasSameValue {
            parts.append("the same value")
        } else if from.revision == to.revision {
            parts.append("another value at the same revision: these are not of one cluster")
        }
        if from.lease != to.lease { parts.append("another lease") }
        return "(" + parts.joined(separator: ", ") + ")"
    }
}

private struct DifferenceRecord: Encodable {
    let kind = "difference"
    let change: String
    let key: String
    let keyBase64: String?
    let fromRevision: Int64?
    let toRevision: Int64?
    let sameValue: Bool?
    let valueBefore: String?
    let valueAfter: String?

    init(_ difference: KeyDifference.Change, _ part: ChangedPart?) {
        valueBefore = part?.before
        valueAfter = part?.after
        change =
            switch difference.kind {
            case .added: "added"
            case .removed: "removed"
            case .changed: "changed"
            }
        key = KeyText.key(difference.key)
        keyBase64 = KeyText.base64IfNeeded(difference.key)
        fromRevision = difference.from?.revision
        toRevision = difference.to?.revision
        sameValue = difference.kind == .changed ? difference.hasSameValue : nil
    }
}

private struct DifferenceSumRecord: Encodable {
    let kind = "difference-sum"
    let added: Int
    let removed: Int
    let changed: Int
    let fromRevision: Int64
    let toRevision: Int64

    init(_ sum: DifferenceSum) {
        (added, removed, changed) = (sum.added, sum.removed, sum.changed)
        (fromRevision, toRevision) = (sum.fromRevision, sum.toRevision)
    }
}
