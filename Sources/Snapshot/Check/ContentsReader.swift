/// Gathers what the pairs of a snapshot say, bucket by bucket.
///
/// The buckets and what is in them: etcd v3.5.1 `server/mvcc/buckets/bucket.go`, `server/auth/store.go`,
/// `server/lease/lessor.go`, `server/etcdserver/api/membership/store.go`, `server/etcdserver/cindex/cindex.go`.
struct ContentsReader {
    private(set) var contents = SnapshotContents()
    private var checksum = CRC32C()
    private var history: HistoryReader
    private let report: @Sendable (SnapshotDamage) throws -> Void
    /// Of members and of alarms, no more are kept: a cluster has a few.
    private static let maxListedCount = 1000

    /// - Parameters:
    ///   - history: For the records of the keys.
    ///   - report: Gets what is wrong.
    init(_ image: SnapshotImage, history: HistoryReader, report: @escaping @Sendable (SnapshotDamage) throws -> Void) {
        self.report = report
        self.history = history
        contents.imageByteCount = image.meta.imageByteCount ?? 0
        contents.pageByteCount = Int64(image.meta.pageByteCount)
    }

    mutating func begin(_ name: ArraySlice<UInt8>) {
        checksum.update(name)
    }

    /// Takes a pair, or a bucket within a bucket, which etcd's hash knows by its name alone.
    mutating func take(_ element: Page.LeafElement, of page: Page, in bucket: EtcdBucket?) throws {
        contents.pairCount += 1
        checksum.update(page.bytes[element.key])
        guard !element.isBucket else { return }
        checksum.update(page.bytes[element.value])
        switch bucket {
        case .key: try history.take(element, of: page, report)
        case .lease: contents.leaseCount += 1
        case .members: try takeMember(element, of: page)
        case .alarm: try takeAlarm(element, of: page)
        case .auth: takeAuth(page.bytes[element.key], page.bytes[element.value])
        case .cluster: takeCluster(page.bytes[element.key], page.bytes[element.value])
        case .meta: try takeMeta(element, of: page)
        case nil: break
        }
    }

    /// - Parameter freePageCount: How many pages nothing is in.
    consuming func finish(freePageCount: UInt64) -> SnapshotContents {
        contents.hash = checksum.value
        contents.lastRecordRevision = history.last?.main ?? 0
        contents.revision = max(1, contents.lastRecordRevision, history.compacted.latest)
        contents.compactedRevision = history.compacted.latest
        contents.liveKeyCount = history.liveKeyCount
        contents.holdsKubernetes = history.holdsKubernetes
        contents.recordCount = history.recordCount
        contents.keyHash = history.keyHash
        contents.freeByteCount = Int64(freePageCount) * contents.pageByteCount
        if let revision = history.lastMigratedRevision { contents.notices = [.migratedKeys(lastRevision: revision)] }
        return contents
    }

    // MARK: - Small buckets

    private mutating func takeMember(_ element: Page.LeafElement, of page: Page) throws {
        if let member = Member(json: page.bytes[element.value]) {
            if contents.members.count < Self.maxListedCount { contents.members.append(member) }
        } else {
            try report(
                SnapshotDamage(page: page.id, offset: element.value.lowerBound, "it is no member, as 'members' holds")
            )
        }
    }

    private mutating func takeAlarm(_ element: Page.LeafElement, of page: Page) throws {
        if let alarm = Alarm(page.bytes, in: element.key) {
            if contents.alarms.count < Self.maxListedCount { contents.alarms.append(alarm) }
        } else {
            try report(
                SnapshotDamage(page: page.id, offset: element.key.lowerBound, "it is no alarm, as 'alarm' holds")
            )
        }
    }

    private mutating func takeAuth(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if key.elementsEqual("authEnabled".utf8) { contents.isAuthEnabled = value.elementsEqual([1]) }
    }

    private mutating func takeCluster(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if key.elementsEqual("clusterVersion".utf8) {
            contents.clusterVersion = String(validating: value, as: UTF8.self)
        } else if key.elementsEqual("downgrade".utf8) {
            contents.downgradeTarget = Downgrade(json: value)?.target
        }
    }

    private mutating func takeMeta(_ element: Page.LeafElement, of page: Page) throws {
        let (key, value) = (page.bytes[element.key], page.bytes[element.value])
        // What they say has been read before.
        if CompactedRevisions.names.contains(where: { key.elementsEqual($0.utf8) }), RevisionKey(value) == nil {
            try report(
                SnapshotDamage(
                    page: page.id,
                    offset: element.value.lowerBound,
                    "'\(String(decoding: key, as: UTF8.self))' holds no revision"
                )
            )
        }
        if key.elementsEqual("consistent_index".utf8) {
            contents.consistentIndex = value.count == 8 ? value.bigEndianInteger : nil
        } else if key.elementsEqual("storageVersion".utf8) {
            contents.writer = .from36(storageVersion: String(decoding: value, as: UTF8.self))
        } else if contents.writer == .upTo34, key.elementsEqual("term".utf8) || key.elementsEqual("confState".utf8) {
            contents.writer = .from35
        }
    }
}
