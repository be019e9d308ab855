import Backups
import Language
import Snapshot
import Text

/// What `keys` takes.
private enum KeysArguments {
    static let file = ArgumentKey.replaceable("FILE", .file, by: .file)
    static let prefix = ArgumentKey.optional("PREFIX", .text)
    static let prefixOption = Option("prefix", value: "P", .text, "the same as PREFIX, where FILE is left out")
    static let revision = Option("revision", value: "R", .revision, "as of then, instead of the last one")
    static let exact = Option("exact", "PREFIX is a whole key: only that one")
    static let history = Option("history", "all changes, deletions too")
    static let limit = Option("limit", short: "n", value: "N", .count, "the first N only")
    static let values = Option("values", "also the values, escaped")
    static let raw = Option(
        "raw",
        "write the value of the key PREFIX to standard output, byte for byte",
        excludes: [history, limit, values]
    )
}

extension Invocation {
    /// What the keys begin with; one word alone is always FILE.
    fileprivate var keyPrefix: String? { self[KeysArguments.prefix] ?? self[KeysArguments.prefixOption] }
}

extension CommandDeclaration {
    static let keys = CommandDeclaration(
        words: ["keys"],
        summary: "list the keys in a snapshot file, or their changes",
        details: [
            "Keys are listed in the order of their bytes, changes in the order in which they were",
            "made. Values that Kubernetes wrote in its binary form are shown by kind, namespace",
            "and name only; --raw writes the bytes of one value unchanged. Without FILE it reads the",
            "file that 'get' or 'verify' left; one word is always FILE.",
        ],
        arguments: [KeysArguments.file, KeysArguments.prefix],
        options: [
            KeysArguments.prefixOption, KeysArguments.exact, KeysArguments.revision, KeysArguments.history,
            KeysArguments.limit, KeysArguments.values, KeysArguments.raw,
        ] + UnpackingOptions.options,
        examples: [
            .init("keys out.db", "all keys"),
            .init("keys out.db /registry/pods/ --values", "those that begin with the prefix, with their values"),
            .init("keys out.db /registry/minions/node-0 --exact --history", "all that happened to one key"),
        ],
        requireFit: { invocation in
            if invocation[KeysArguments.prefix] != nil, invocation[KeysArguments.prefixOption] != nil {
                throw UsageError("PREFIX is given twice", hint: "leave out --prefix")
            }
            if invocation[KeysArguments.exact], invocation.keyPrefix == nil {
                throw UsageError("--exact needs the key", hint: "write: keys FILE KEY --exact")
            }
            if invocation[KeysArguments.raw], invocation.keyPrefix == nil {
                throw UsageError("--raw needs the key whose value it writes", hint: "write: keys FILE KEY --raw")
            }
        },
        records: [.key, .change],
        dryRun: .asUsual,
        run: { invocation, session in
            let path = try invocation[KeysArguments.file]
            if invocation[KeysArguments.raw] { return try await writeRaw(path, invocation, session) }
            let file: SnapshotFile
            do {
                file = try await session.reading(path, UnpackingOptions(invocation)) { $0.file }
            } catch let failure as SnapshotFailure where failure.isMissing && invocation.keyPrefix == nil {
                guard try await PathText.isOutsideAllFolders(path) else { throw failure }
                let line = invocation.line(ofOptionsAnd: KeysArguments.prefixOption, Word.shown(path))
                throw KeyForFile(reason: failure, key: path, line: line, hasFile: session.file != nil)
            }
            let listing = KeyListing(file, path, invocation, session)
            if invocation[KeysArguments.history] {
                try await SnapshotFailure.naming(path) { try await listing.history() }
            } else {
                try await SnapshotFailure.naming(path) { try await listing.keys() }
            }
        }
    )

    /// Writes one value as raw bytes.
    @MainActor
    private static func writeRaw(_ path: String, _ invocation: Invocation, _ session: Session) async throws {
        let key = invocation.keyPrefix ?? ""
        let value: [UInt8]? = try await session.reading(path, UnpackingOptions(invocation)) { snapshot in
            let file = snapshot.file
            let keys = try await file.keys(prefix: Array(key.utf8), at: invocation[KeysArguments.revision]?.value)
            // Keys are sorted, so the key itself comes before those that begin with it.
            guard keys.count > 0, keys[0].key == Array(key.utf8) else { return nil }
            return try await file.values(of: [keys[0]]).first
        }
        guard let value else { throw NoSuchKey(key: key, path: path) }
        session.output.raw(value)
    }
}

/// Streams the keys of one file to the reader in batches.
@MainActor
private struct KeyListing {
    private static let batchCount = 500

    private let file: SnapshotFile
    private let path: String
    private let prefix: [UInt8]
    /// Whether only the key that is the prefix is meant.
    private let isExact: Bool
    private let revision: Int64?
    private let limit: Int
    private let showsValues: Bool
    private let output: Output

    init(_ file: SnapshotFile, _ path: String, _ invocation: Invocation, _ session: Session) {
        self.file = file
        self.path = path
        isExact = invocation[KeysArguments.exact]
        prefix = Array((invocation.keyPrefix ?? "").utf8)
        revision = invocation[KeysArguments.revision]?.value
        limit = invocation[KeysArguments.limit] ?? .max
        showsValues = invocation[KeysArguments.values]
        output = session.output
    }

    func keys() async throws {
        let keys = try await file.keys(prefix: prefix, at: revision)
        // Keys are in order: the key itself comes before those that begin with it.
        let count = isExact ? (keys.count > 0 && keys[0].key == prefix ? 1 : 0) : keys.count
        if count == 0 { try await requireKey() }
        let shown = min(limit, count)
        for start in stride(from: 0, to: shown, by: Self.batchCount) {
            try Task.checkCancellation()
            try await show(
                (start..<min(start + Self.batchCount, shown)).map { keys[$0] },
                isFirst: start == 0,
                withChange: false
            )
        }
        let rest = shown < count ? "; \(count - shown) more are not shown" : ""
        output.note(
            "\(count) \(count == 1 ? "key" : "keys") at revision \(Revision(keys.revision)?.description ?? "")\(rest)"
        )
    }

    func history() async throws {
        var history = try await file.history(prefix: prefix, upTo: revision)
        var count = 0
        // Ask for one more than is shown, to know if there are more; counting all may take long.
        while count <= limit {
            let found = try await history.next()
            if found.isEmpty { break }
            let changes = isExact ? found.filter { $0.key == prefix } : found
            if changes.isEmpty { continue }
            if count < limit {
                try await show(Array(changes.prefix(limit - count)), isFirst: count == 0, withChange: true)
            }
            count += changes.count
        }
        if count == 0 { try await requireKey() }
        let shown = min(count, limit)
        let changes = shown == 1 ? "change" : "changes"
        output.note(
            count <= limit
                ? "\(shown) \(changes)"
                : "the first \(shown == 1 ? "" : "\(shown) ")\(changes); there are more"
        )
    }

    /// Says how the keys begin where none begins as it was asked for.
    ///
    /// - Throws: `NoSuchKey` where one key is meant.
    private func requireKey() async throws {
        let text = KeyText.key(prefix)
        if isExact { throw NoSuchKey(key: text, path: path) }
        guard !prefix.isEmpty else { return }
        let clause = KeyBeginnings(of: try await file.keys(at: revision), near: prefix).clause(near: text)
        output.note("no key begins with \(text)" + (clause.map { "; \($0)" } ?? ""))
    }

    private func show(_ changes: [KeyChange], isFirst: Bool, withChange: Bool) async throws {
        let found = showsValues ? try await file.values(of: changes) : []
        let values = changes.indices.map { showsValues && !changes[$0].isDeletion ? found[$0] : nil }
        output.content(
            (isFirst ? [Self.header(withChange: withChange)] : []).joined()
                + changes.enumerated().map { index, change in
                    Self.row(change, withChange: withChange)
                        + (values[index].map { "\n    \(KeyText.value($0))" } ?? "")
                }.joined(separator: "\n"),
            json: changes.enumerated().map {
                KeyRecord($1, value: values[$0], withChange: withChange)
            }
        )
    }

    private static func header(withChange: Bool) -> String {
        "REVISION  " + (withChange ? "CHANGE  " : "") + "VERSION     BYTES  KEY\n"
    }

    private static func row(_ change: KeyChange, withChange: Bool) -> String {
        let cells = [
            "\(change.revision)".leftPadded(to: 8),
            withChange ? (change.isDeletion ? "delete" : "put   ") : nil,
            (change.isDeletion ? "" : "\(change.version)").leftPadded(to: 7),
            (change.isDeletion ? "" : "\(change.valueByteCount)").leftPadded(to: 8),
            KeyText.key(change.key),
        ]
        return cells.compactMap { $0 }.joined(separator: "  ")
    }
}

private struct KeyRecord: Encodable {
    let kind: String
    let change: String?
    let key: String
    let keyBase64: String?
    let revision: Int64
    let createRevision: Int64
    let version: Int64
    let lease: String?
    let size: Int
    let value: String?

    init(_ change: KeyChange, value: [UInt8]?, withChange: Bool) {
        kind = withChange ? "change" : "key"
        self.change = withChange ? (change.isDeletion ? "delete" : "put") : nil
        key = KeyText.key(change.key)
        keyBase64 = KeyText.base64IfNeeded(change.key)
        revision = change.revision
        createRevision = change.createRevision
        version = change.version
        lease = change.lease == 0 ? nil : String(UInt64(bitPattern: change.lease), radix: 16)
        size = change.valueByteCount
        self.value = value.map { KeyText.value($0) }
    }
}
