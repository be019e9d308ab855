import Backups
import Snapshot

extension CommandDeclaration {
    private static let firstFile = ArgumentKey("FILE1", .file)
    private static let secondFile = ArgumentKey("FILE2", .file)
    private static let prefix = ArgumentKey.optional("PREFIX", .text)

    static let diff = CommandDeclaration(
        words: ["diff"],
        summary: "list the keys that differ between two snapshot files",
        details: [
            "+ marks a key that only the second file has, - one that only the first has, and ~ one",
            "that changed: its value, its lease or the revision of its last change differs.",
        ],
        arguments: [firstFile, secondFile, prefix],
        options: UnpackingOptions.options,
        examples: [
            .init("diff old.db new.db", "all keys"),
            .init("diff old.db new.db /registry/secrets/", "those that begin with the prefix"),
        ],
        dryRun: .asUsual,
        run: { invocation, session in
            let start = Array((invocation[prefix] ?? "").utf8)
            let unpacking = UnpackingOptions(invocation)
            let first = try await keys(invocation[firstFile], start, unpacking, session)
            let second = try await keys(invocation[secondFile], start, unpacking, session)
            var difference = KeyDifference(from: first, to: second)
            var counts: [KeyDifference.Change.Kind: Int] = [:]
            while true {
                try Task.checkCancellation()
                let changes = difference.next(500)
                if changes.isEmpty { break }
                for change in changes { counts[change.kind, default: 0] += 1 }
                session.output.content(
                    changes.map(\.line).joined(separator: "\n"),
                    json: changes.map(DifferenceRecord.init)
                )
            }
            session.output.note(
                "from revision \(first.revision) to \(second.revision): \(counts[.added] ?? 0) keys added,"
                    + " \(counts[.removed] ?? 0) removed, \(counts[.changed] ?? 0) changed"
            )
        }
    )

    @MainActor
    private static func keys(
        _ path: String,
        _ prefix: [UInt8],
        _ unpacking: UnpackingOptions,
        _ session: Session
    ) async throws -> LiveKeys {
        try await session.reading(path, unpacking) { try await $0.file.keys(prefix: prefix) }
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
        if from.createRevision != to.createRevision { parts.append("made anew") }
        if (from.valueByteCount, from.valueChecksum) == (to.valueByteCount, to.valueChecksum) {
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

    init(_ difference: KeyDifference.Change) {
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
        if let from = difference.from, let to = difference.to {
            sameValue = (from.valueByteCount, from.valueChecksum) == (to.valueByteCount, to.valueChecksum)
        } else {
            sameValue = nil
        }
    }
}
