/// Follows the changes of all keys in their order, and reports which of them can't have happened so.
struct HistoryReader {
    let compacted: CompactedRevisions
    private let isChecked: Bool
    private(set) var last: RevisionKey?
    private(set) var recordCount = 0
    private(set) var liveKeyCount = 0
    private(set) var holdsKubernetes = false
    /// The last record that only a migration from API v2 explains; `nil` where there is none.
    private(set) var lastMigratedRevision: Int64?
    /// Whether each record so far can be of a migration: it comes before all others, and gives each key the version 1.
    private var isMigrationPossible = true
    /// The version that each key is at; 0 where it is deleted.
    private var versions = KeyIndex<Int64>()
    /// `nil` where no hash is asked for.
    private var hasher: KeyHasher?
    /// Whether a bump has added a record of no key.
    private var hasBumpMarker = false

    /// - Parameters:
    ///   - isChecked: Whether changes are reported that can't have happened so.
    ///   - isHashed: Whether `keyHash` is computed.
    init(compacted: CompactedRevisions, isChecked: Bool, isHashed: Bool) {
        self.compacted = compacted
        self.isChecked = isChecked
        hasher = isHashed ? KeyHasher(compacted: compacted) : nil
    }

    /// Of all records so far.
    var keyHash: KeyHash? { hasher?.finish(keepsAny: liveKeyCount > 0 || hasBumpMarker) }

    mutating func take(
        _ element: Page.LeafElement,
        of page: Page,
        _ report: (SnapshotDamage) throws -> Void
    ) throws {
        let id = page.id
        func damage(_ offset: Int, _ problem: String) throws {
            try report(SnapshotDamage(page: id, offset: offset, problem))
        }
        recordCount += 1
        guard let revision = RevisionKey(page.bytes[element.key]) else {
            return try damage(element.key.lowerBound, "it is no revision, as 'key' holds")
        }
        defer { last = revision }
        let record: KeyValue
        do throws(ProtobufReader.Malformed) {
            record = try KeyValue(page.bytes, in: element.value)
        } catch {
            return try damage(element.value.lowerBound, "the record of revision \(revision.main) can't be read")
        }
        if !revision.isFirstPut(record) { isMigrationPossible = false }
        if let problem = gap(before: revision) {
            if isMigrationPossible, revision.main > last?.main ?? 0 {
                lastMigratedRevision = revision.main
            } else if isChecked {
                try damage(element.key.lowerBound, problem)
            }
        }
        let key = page.bytes[record.key]
        let (index, isNew) = versions.insert(key, 0)
        if !holdsKubernetes { holdsKubernetes = key.starts(with: "/registry/".utf8) }
        hasher?.take(element, of: page, revision, key: index)
        // What a restore with a raised revision adds: a record of no key, which no client sees.
        if element.value.isEmpty {
            hasBumpMarker = true
            return
        }
        let problem = take(record, revision, index, isNew: isNew)
        if isChecked, let problem {
            try damage(element.value.lowerBound, "the record of revision \(revision.main) \(problem)")
        }
    }

    /// What is missing before a revision. Up to the compaction anything may be.
    private func gap(before revision: RevisionKey) -> String? {
        guard revision.main > compacted.latest else { return nil }
        let before = max(last?.main ?? 0, compacted.latest, 1)
        if revision.main == before, let last, last.main == before {
            return revision.sub == last.sub &+ 1
                ? nil : "after change \(last.sub) of revision \(before) comes change \(revision.sub)"
        }
        if revision.main != before &+ 1 {
            return "revision \(before &+ 1) is expected, and it is \(revision.main)"
        }
        return revision.sub == 0 ? nil : "revision \(revision.main) begins with its change \(revision.sub)"
    }

    /// What is wrong with a record: the second half of a sentence.
    private mutating func take(_ record: KeyValue, _ revision: RevisionKey, _ index: Int, isNew: Bool) -> String? {
        let version = versions[index]
        let isComplete = revision.main > compacted.latest
        if revision.isTombstone {
            versions[index] = 0
            if version > 0 { liveKeyCount -= 1 }
            return isComplete && version == 0 ? "deletes a key that was not there" : nil
        }
        versions[index] = record.version
        if version == 0 { liveKeyCount += 1 }
        if record.version < 1 {
            versions[index] = 1
            return "has the version \(record.version)"
        }
        if record.modRevision != revision.main { return "says that it is of revision \(record.modRevision)" }
        if record.createRevision < 1 || record.createRevision > revision.main {
            return "says that its key was made at revision \(record.createRevision)"
        }
        if (record.version == 1) != (record.createRevision == revision.main) {
            if isMigrationPossible {
                lastMigratedRevision = revision.main
                return nil
            }
            return "has the version \(record.version) of a key that was made at revision \(record.createRevision)"
        }
        // Compaction leaves the last record of a key, whatever its version.
        if isNew, !isComplete { return nil }
        if isComplete ? record.version != version &+ 1 : record.version <= version && record.version != 1 {
            return "has the version \(record.version) of its key, and version \(version &+ 1) is expected"
        }
        return nil
    }
}

extension RevisionKey {
    /// Whether a record of this revision can be one that `etcdctl migrate` wrote: one change alone, which gives its key
    /// the version 1.
    fileprivate func isFirstPut(_ record: KeyValue) -> Bool {
        sub == 0 && !isTombstone && record.version == 1
    }
}
