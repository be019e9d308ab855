import Backups
import Foundation
import Synchronization
import Testing

/// A source from afar with one backup, whose reads a test can break off.
final class RemoteBackup: BackupSource {
    private struct State {
        var bytes: [UInt8]
        var readByteCount: Int64 = 0
        /// After so many bytes more it breaks off.
        var breaksAfter: Int64?
        /// After so many bytes it waits for the end of its task.
        var holdsAfter: Int64?
    }

    private let state: Mutex<State>
    let backup: Backup

    private let pieceByteCount: Int64

    /// - Parameters:
    ///   - claimedByteCount: What its source says of its size; the truth where nothing else is given.
    ///   - pieceByteCount: How many bytes it hands over at once, and breaks off between.
    init(
        _ bytes: [UInt8],
        encoding: BackupEncoding = .raw,
        claimedByteCount: Int64? = nil,
        etag: String = "one",
        traits: StoreTraits = .remote(parallelCalls: 4),
        pieceByteCount: Int64 = 1 << 20
    ) throws {
        state = Mutex(State(bytes: bytes))
        self.traits = traits
        self.pieceByteCount = pieceByteCount
        let name = "3.4.23_0000000000000009_etcd.backup" + encoding.nameEnding
        backup = Backup(
            name: name,
            cluster: ClusterName("foo"),
            version: EtcdVersion(major: 3, minor: 4, patch: 23),
            revision: Revision(9),
            encoding: encoding,
            entry: StoreEntry(
                key: "v1/foo/\(name)",
                byteCount: claimedByteCount ?? Int64(bytes.count),
                modified: Date(),
                etag: etag
            )
        )
    }

    var readByteCount: Int64 { state.withLock(\.readByteCount) }
    func breakOff(after byteCount: Int64?) { state.withLock { $0.breaksAfter = byteCount } }
    func hold(after byteCount: Int64) { state.withLock { $0.holdsAfter = byteCount } }

    var location: String { "bucket test" }
    var shortName: String { "test" }
    let traits: StoreTraits
    func clusters() async throws -> ClusterListing {
        ClusterListing(clusters: [backup.cluster].compactMap(\.self), ignored: [])
    }
    func summary(of cluster: ClusterName) async throws -> ClusterSummary { ClusterSummary() }
    func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        BackupListing(backups: [backup], ignored: [])
    }

    func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let range = range ?? 0..<Int64(state.withLock { $0.bytes.count })
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(pieceByteCount)) {
            let piece = start..<min(start + pieceByteCount, range.upperBound)
            let bytes = try state.withLock { state in
                if let left = state.breaksAfter {
                    guard left >= Int64(piece.count) else { throw StoreError.interrupted("it", reason: "gone") }
                    state.breaksAfter = left - Int64(piece.count)
                }
                state.readByteCount += Int64(piece.count)
                return state.bytes[Int(piece.lowerBound)..<Int(piece.upperBound)]
            }
            try bytes.withUnsafeBytes { try sink($0) }
            let isHeld = state.withLock { state in state.holdsAfter.map { state.readByteCount >= $0 } == true }
            if isHeld { try await Task.sleep(for: .seconds(60)) }
            await Task.yield()
        }
    }
}
