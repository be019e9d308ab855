/// A snapshot file elsewhere, of which only a few ranges are read.
public struct RemoteSnapshot: Sendable {
    /// Returns all bytes of a range within the file.
    public typealias Read = @Sendable (_ range: Range<Int64>) async throws -> [UInt8]

    /// How often `revision()` calls `read` at most. A file of etcd's largest size, 8 GB, takes six calls or seven.
    public static let maxRequestCount = 16
    /// How many bytes `revision()` reads at most: a leaf may hold a few of etcd's largest values.
    public static let maxByteCount: Int64 = 16 << 20

    private let byteCount: Int64
    private let read: Read

    /// - Parameter byteCount: The length of the whole file.
    public init(byteCount: Int64, read: @escaping Read) {
        self.byteCount = byteCount
        self.read = read
    }

    /// The cluster's revision when it was saved: `SnapshotContents.revision`, by the way to the last key alone. Damage
    /// elsewhere in the file is not seen.
    ///
    /// - Throws: `SnapshotProblem` where the bytes are no snapshot or are damaged on the way; `RemoteSnapshotError`;
    ///   what `read` throws; `CancellationError`.
    public func revision() async throws -> Int64 {
        guard byteCount > 0 else { throw SnapshotProblem.empty }
        let fetched = FetchedBytes(byteCount: byteCount)
        var fetchedByteCount: Int64 = 0
        for _ in 0...Self.maxRequestCount {
            do {
                return try RevisionRange(SnapshotImage(checking: fetched)).last
            } catch SnapshotReadingError.damaged(let damage) {
                throw SnapshotProblem.damaged(damage)
            } catch SnapshotReadingError.unreadable {
                // What is missing is fetched, and the way begun again: all pages of it are in memory.
            }
            guard let missing = fetched.missing else { break }
            fetchedByteCount += Int64(missing.count)
            guard fetchedByteCount <= Self.maxByteCount else { break }
            try Task.checkCancellation()
            let bytes = try await read(missing)
            guard bytes.count == missing.count else {
                throw RemoteSnapshotError.shortRead(missing, byteCount: bytes.count)
            }
            fetched.add(bytes, at: missing.lowerBound)
        }
        throw RemoteSnapshotError.tooMuchToRead
    }
}

/// Why the revision of a snapshot elsewhere stays unknown, although its bytes are not known to be wrong.
public enum RemoteSnapshotError: Error, Sendable, Equatable {
    /// Another number of bytes arrived than the range has.
    case shortRead(Range<Int64>, byteCount: Int)
    /// The way to the last key is longer than etcd makes it.
    case tooMuchToRead
}
