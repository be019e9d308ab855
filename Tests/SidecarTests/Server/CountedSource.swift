import Backups
import Foundation
import Synchronization
import Testing

@testable import SidecarServer

/// A source of two backups that counts how often each is read, and can be held up or broken.
final class CountedSource: BackupSource {
    private struct State {
        var bytes: [Int64: [UInt8]]
        var wholeReads: [Int64: Int] = [:]
        var listingCount = 0
        var readByteCounts: [Int64: Int] = [:]
        var isHeld = false
        var waitingReadCount = 0
        var isListingHeld = false
        /// A read that reaches it fails.
        var breaksAt: Int64?
        var etag = "one"
    }

    private let state: Mutex<State>
    let traits: StoreTraits
    let location = "source test"
    let shortName = "test"
    private let approximateByteCount: Int64?
    private let listsInParts: Bool
    private let encoding: BackupEncoding

    /// - Parameters:
    ///   - approximateByteCount: What it says of the size of each where it is streaming.
    ///   - listsInParts: Whether it lists no more than the newest that are asked for.
    init(
        _ bytes: [Int64: [UInt8]],
        encoding: BackupEncoding = .raw,
        traits: StoreTraits = .local,
        approximateByteCount: Int64? = nil,
        listsInParts: Bool = false
    ) {
        self.listsInParts = listsInParts
        self.encoding = encoding
        self.approximateByteCount = approximateByteCount
        state = Mutex(State(bytes: bytes))
        self.traits = traits
    }

    /// How often all of a revision was read.
    func wholeReadCount(_ revision: Int64) -> Int { state.withLock { $0.wholeReads[revision] ?? 0 } }
    /// How often the backups were listed.
    var listingCount: Int { state.withLock { $0.listingCount } }
    /// How many bytes of a revision were handed out.
    func readByteCount(_ revision: Int64) -> Int { state.withLock { $0.readByteCounts[revision] ?? 0 } }
    /// How many reads are held up.
    var waitingReadCount: Int { state.withLock { $0.waitingReadCount } }
    func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }
    func holdListings(_ isHeld: Bool) { state.withLock { $0.isListingHeld = isHeld } }
    func breakAt(_ offset: Int64?) { state.withLock { $0.breaksAt = offset } }
    func replace(_ revision: Int64, with bytes: [UInt8]) {
        state.withLock { state in
            state.bytes[revision] = bytes
            state.etag += "'"
        }
    }

    private func backup(_ revision: Int64, _ bytes: [UInt8], etag: String) -> Backup? {
        guard let number = Revision(revision) else { return nil }
        let name = "3.4.23_\(number.sixteenDigits)_etcd.backup" + encoding.nameEnding
        let version = EtcdVersion(major: 3, minor: 4, patch: 23)
        let cluster = ClusterName("foo")
        if traits == .streaming {
            return Backup(
                name: name,
                cluster: cluster,
                version: version,
                revision: number,
                modified: nil,
                approximateByteCount: approximateByteCount
            )
        }
        let modified = Date(timeIntervalSince1970: 1_769_846_400)
        let entry = StoreEntry(key: name, byteCount: Int64(bytes.count), modified: modified, etag: etag)
        return Backup(
            name: name,
            cluster: cluster,
            version: version,
            revision: number,
            encoding: encoding,
            entry: entry
        )
    }

    func clusters() async throws -> ClusterListing { ClusterListing(clusters: [ClusterName("foo")], ignored: []) }
    func summary(of cluster: ClusterName) async throws -> ClusterSummary { ClusterSummary() }

    func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        state.withLock { $0.listingCount += 1 }
        while state.withLock({ $0.isListingHeld }) { try await Task.sleep(for: .milliseconds(2)) }
        let backups = state.withLock { state in
            state.bytes.sorted { $0.key < $1.key }.compactMap { backup($0.key, $0.value, etag: state.etag) }
        }
        guard listsInParts, case .newest(let count, _, _) = scope, count < backups.count else {
            return BackupListing(backups: backups, ignored: [])
        }
        return BackupListing(backups: backups.suffix(count), ignored: [], isComplete: false)
    }

    func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        state.withLock { $0.waitingReadCount += 1 }
        defer { state.withLock { $0.waitingReadCount -= 1 } }
        while state.withLock({ $0.isHeld }) { try await Task.sleep(for: .milliseconds(5)) }
        let revision = try #require(backup.revision).value
        let (bytes, breaksAt) = state.withLock { state in
            if range == nil { state.wholeReads[revision, default: 0] += 1 }
            return (state.bytes[revision] ?? [], state.breaksAt)
        }
        let range = range ?? 0..<Int64(bytes.count)
        if let breaksAt, range.upperBound > breaksAt { throw StoreError.changed(backup.name) }
        state.withLock { $0.readByteCounts[revision, default: 0] += range.count }
        try bytes[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { try sink($0) }
    }
}
