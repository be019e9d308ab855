import Backups
import Codecs
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite struct RevisionReaderTests {
    /// Files in memory, of which each range that is read is counted.
    private final class CountedFiles: BackupSource {
        let location = "files of a test"
        let shortName = "test"
        let traits = StoreTraits.remote(parallelCalls: 4)
        let files: [String: [UInt8]]
        private let state = Mutex<(requests: Int, bytes: Int, failure: StoreError?)>((0, 0, nil))

        init(_ files: [String: [UInt8]]) {
            self.files = files
        }

        var requestCount: Int { state.withLock { $0.requests } }
        var readByteCount: Int { state.withLock { $0.bytes } }

        func fail(with error: StoreError?) { state.withLock { $0.failure = error } }

        func backup(_ name: String, etag: String = "1", encoding: BackupEncoding = .raw) -> Backup {
            let entry = StoreEntry(
                key: name,
                byteCount: Int64(files[name]?.count ?? 0),
                modified: Date(timeIntervalSince1970: 0),
                etag: etag
            )
            return Backup(name: name, cluster: nil, encoding: encoding, entry: entry)
        }

        func clusters() async throws -> ClusterListing { ClusterListing(clusters: [], ignored: []) }
        func summary(of cluster: ClusterName) async throws -> ClusterSummary { ClusterSummary() }
        func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
            BackupListing(backups: files.keys.map { backup($0) }, ignored: [], order: .byTime)
        }

        func read(
            _ backup: Backup,
            range: Range<Int64>?,
            into sink: (UnsafeRawBufferPointer) throws -> Void
        ) async throws {
            let bytes = files[backup.name] ?? []
            let range = range ?? 0..<Int64(bytes.count)
            let failure = state.withLock { state in
                state.requests += 1
                state.bytes += range.count
                return state.failure
            }
            if let failure { throw failure }
            try bytes[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { try sink($0) }
        }
    }

    private func files() throws -> CountedFiles {
        CountedFiles([
            "early.db": try Fixture.snapshot("early.db"), "late.db": try Fixture.snapshot("late.db"),
            "other.db": [UInt8](repeating: 7, count: 8224),
        ])
    }

    @Test func `each file says its revision, and is asked only once`() async throws {
        let source = try files()
        let reader = RevisionReader()
        let backups = [source.backup("late.db"), source.backup("early.db"), source.backup("other.db")]
        for _ in 0..<2 {
            let read = try await reader.reading(backups, from: source, limit: 10).backups
            #expect(read.map(\.name) == ["late.db", "early.db", "other.db"])
            #expect(read.map(\.knownRevision?.value) == [208, 9, nil])
            #expect(read.allSatisfy { $0.revision == nil })
        }
        let count = source.requestCount
        #expect(count <= 3 * 6)
        _ = try await reader.reading([source.backup("early.db", etag: "2")], from: source, limit: 10)
        #expect(source.requestCount > count, "another file under the same name was not read")
    }

    @Test func `only the last are read where there are too many`() async throws {
        let source = try files()
        let read = try await RevisionReader().reading(
            [source.backup("late.db"), source.backup("early.db")],
            from: source,
            limit: 1
        )
        #expect(read.backups.map(\.knownRevision?.value) == [nil, 9])
        #expect(read.unreadCount == 1)
    }

    @Test func `what is compressed, or has a revision in its name, is not read`() async throws {
        let source = try files()
        var named = source.backup("late.db")
        named.revision = Revision(7)
        let read = try await RevisionReader().reading(
            [source.backup("early.db", encoding: .gzip), named],
            from: source,
            limit: 10
        )
        #expect(read.backups.map(\.knownRevision?.value) == [nil, 7] && read.unreadCount == 0)
        #expect(source.requestCount == 0)
    }

    @Test(arguments: [
        StoreError.interrupted("early.db", reason: "it broke off"), .notAllowed("early.db", reason: "it is locked"),
        .changed("early.db"), .failed("early.db", reason: "the disk is broken"),
    ])
    func `what could not be read is tried again the next time, and the reason is reported`(
        error: StoreError
    ) async throws {
        let source = try files()
        let reader = RevisionReader()
        source.fail(with: error)
        let backups = [source.backup("early.db")]
        let failed = try await reader.reading(backups, from: source, limit: 1)
        #expect(failed.backups[0].knownRevision == nil)
        #expect(failed.failure as? StoreError == error)
        source.fail(with: nil)
        let read = try await reader.reading(backups, from: source, limit: 1)
        #expect(read.backups[0].knownRevision?.value == 9 && read.failure == nil)
    }

    @Test func `a source out of reach is not asked for each of many files`() async throws {
        let bytes = try Fixture.snapshot("early.db")
        let source = CountedFiles(Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0).db", bytes) }))
        source.fail(with: .interrupted("a", reason: "it broke off"))
        let backups = source.files.keys.map { source.backup($0) }
        let read = try await RevisionReader().reading(backups, from: source, limit: 100)
        #expect(read.failure != nil && read.backups.count == 40)
        // Each of those that are asked at once may have begun.
        #expect(source.requestCount < 10)
    }

    @Test func `one file that may not be read does not keep the others from being asked`() async throws {
        let bytes = try Fixture.snapshot("early.db")
        let source = CountedFiles(Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0).db", bytes) }))
        source.fail(with: .notAllowed("a", reason: "it is locked"))
        let backups = source.files.keys.map { source.backup($0) }
        _ = try await RevisionReader().reading(backups, from: source, limit: 100)
        #expect(source.requestCount == 40)
    }
}
