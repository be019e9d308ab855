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
            let read = try await reader.reading(backups, from: source, limit: 10)
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
        #expect(read.map(\.knownRevision?.value) == [nil, 9])
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
        #expect(read.map(\.knownRevision?.value) == [nil, 7])
        #expect(source.requestCount == 0)
    }

    @Test func `what could not be reached is tried again the next time`() async throws {
        let source = try files()
        let reader = RevisionReader()
        source.fail(with: .interrupted("early.db", reason: "it broke off"))
        let backups = [source.backup("early.db")]
        #expect(try await reader.reading(backups, from: source, limit: 1)[0].knownRevision == nil)
        source.fail(with: nil)
        #expect(try await reader.reading(backups, from: source, limit: 1)[0].knownRevision?.value == 9)
    }
}
