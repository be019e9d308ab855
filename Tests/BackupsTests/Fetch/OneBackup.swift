import Backups
import Foundation
import Synchronization
import Testing

/// A source with one backup in memory, whose reads a test counts, holds up or breaks off.
final class OneBackup: BackupSource {
    private struct State {
        var readByteCount: Int64 = 0
        /// After so many bytes more it breaks off, once for each.
        var breaks: [Int64]
        /// After so many bytes it waits for the end of its task.
        var holdsAfter: Int64?
    }

    let backup: Backup
    let traits: StoreTraits
    private let bytes: [UInt8]
    private let pieceByteCount: Int64
    private let beforeRead: @Sendable () throws -> Void
    private let beforePiece: @Sendable (_ offset: Int64) async throws -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - claimedByteCount: What its source says of its size; the truth where nothing else is given. One that is
    ///     streaming says none.
    ///   - pieceByteCount: How many bytes it hands over at once, and breaks off between.
    ///   - breaks: How many bytes come before each time that it breaks off.
    init(
        _ bytes: [UInt8],
        encoding: BackupEncoding = .raw,
        claimedByteCount: Int64? = nil,
        etag: String = "one",
        traits: StoreTraits = .local,
        pieceByteCount: Int64 = 1 << 20,
        breakingAfter breaks: [Int64] = [],
        beforeRead: @escaping @Sendable () throws -> Void = {},
        beforePiece: @escaping @Sendable (_ offset: Int64) async throws -> Void = { _ in }
    ) throws {
        self.bytes = bytes
        self.traits = traits
        self.pieceByteCount = pieceByteCount
        self.beforeRead = beforeRead
        self.beforePiece = beforePiece
        state = Mutex(State(breaks: breaks))
        let name = "3.4.23_0000000000000009_etcd.backup" + encoding.nameEnding
        var backup = Backup(
            name: name,
            cluster: ClusterName("foo"),
            version: EtcdVersion(major: 3, minor: 4, patch: 23),
            revision: Revision(9),
            modified: nil,
            approximateByteCount: nil
        )
        backup.encoding = encoding
        if traits != .streaming {
            let byteCount = claimedByteCount ?? Int64(bytes.count)
            backup.entry = StoreEntry(key: "v1/foo/\(name)", byteCount: byteCount, modified: Date(), etag: etag)
        }
        self.backup = backup
    }

    /// One from afar.
    static func remote(
        _ bytes: [UInt8],
        encoding: BackupEncoding = .raw,
        claimedByteCount: Int64? = nil,
        etag: String = "one",
        parallelCalls: Int = 4,
        pieceByteCount: Int64 = 1 << 20
    ) throws -> OneBackup {
        try OneBackup(
            bytes,
            encoding: encoding,
            claimedByteCount: claimedByteCount,
            etag: etag,
            traits: .remote(parallelCalls: parallelCalls),
            pieceByteCount: pieceByteCount
        )
    }

    var readByteCount: Int64 { state.withLock(\.readByteCount) }
    /// Breaks off once, after so many bytes more.
    func breakOff(after byteCount: Int64) { state.withLock { $0.breaks = [byteCount] } }
    func hold(after byteCount: Int64) { state.withLock { $0.holdsAfter = byteCount } }

    var location: String { "source test" }
    var shortName: String { "test" }
    func clusters() async throws -> ClusterListing {
        ClusterListing(clusters: [backup.cluster].compactMap(\.self), ignored: [])
    }
    func summary(of cluster: ClusterName) async throws -> ClusterSummary {
        ClusterSummary(backupCount: 1, newest: backup)
    }
    func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        BackupListing(backups: [backup], ignored: [])
    }

    func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        if traits == .streaming { #expect(range == nil) }
        try beforeRead()
        let range = range ?? 0..<Int64(bytes.count)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(pieceByteCount)) {
            try Task.checkCancellation()
            try await beforePiece(start)
            let piece = Int(start)..<Int(min(start + pieceByteCount, range.upperBound))
            try count(piece.count)
            try bytes[piece].withUnsafeBytes { try sink($0) }
            let isHeld = state.withLock { state in state.holdsAfter.map { state.readByteCount >= $0 } == true }
            if isHeld { try await Task.sleep(for: .seconds(60)) }
            await Task.yield()
        }
    }

    private func count(_ byteCount: Int) throws {
        try state.withLock { state in
            if let left = state.breaks.first {
                guard left >= byteCount else {
                    state.breaks.removeFirst()
                    throw StoreError.interrupted("it", reason: "gone")
                }
                state.breaks[0] = left - Int64(byteCount)
            }
            state.readByteCount += Int64(byteCount)
        }
    }
}
