/// How quickly a source hands over a backup, measured with a part of it.
public struct TransferRate: Sendable, Equatable {
    /// How many bytes were read, and dropped.
    public var byteCount: Int64
    /// How long that took.
    public var duration: Duration

    public init(byteCount: Int64, duration: Duration) {
        self.byteCount = byteCount
        self.duration = duration
    }

    /// How many bytes come in a second.
    public var bytesPerSecond: Double { Double(byteCount) / max(duration.seconds, 1e-6) }

    /// How long so many bytes take at that rate, in seconds.
    public func seconds(for byteCount: Int64) -> Double { Double(byteCount) / max(bytesPerSecond, 1) }
}

extension BackupSource {
    /// Reads the first bytes of a backup, and drops them. From afar several parts come at once, as in a download.
    ///
    /// - Parameters:
    ///   - maxByteCount: So many are enough.
    ///   - maxDuration: So long is long enough, once bytes come.
    /// - Returns: `nil` where no part of a backup can be read alone, and where its size is unknown or 0.
    /// - Throws: What `read` throws.
    public func measureRate(
        of backup: Backup,
        maxByteCount: Int64 = 4 << 20,
        maxDuration: Duration = .seconds(3)
    ) async throws -> TransferRate? {
        guard traits != .streaming, let size = backup.byteCount, size > 0 else { return nil }
        let byteCount = min(size, maxByteCount)
        let clock = ContinuousClock()
        let start = clock.now
        let counts = try await withThrowingTaskGroup(of: Int64.self) { group in
            for part in parts(of: byteCount) {
                group.addTask { try await count(of: backup, part, until: start + maxDuration) }
            }
            return try await group.reduce(0, +)
        }
        return TransferRate(byteCount: counts, duration: clock.now - start)
    }

    /// What is read at once.
    private func parts(of byteCount: Int64) -> [Range<Int64>] {
        guard case .remote(let parallelCalls) = traits else { return [0..<byteCount] }
        let partByteCount: Int64 = 512 << 10
        let count = max(1, min(byteCount / partByteCount, Int64(parallelCalls), Int64(Transfer.maxParallelParts)))
        return (0..<count).map { $0 * byteCount / count..<($0 + 1) * byteCount / count }
    }

    /// How many bytes of a range came until a time, at which the reading ends.
    private func count(
        of backup: Backup,
        _ range: Range<Int64>,
        until end: ContinuousClock.Instant
    ) async throws -> Int64 {
        var count: Int64 = 0
        do {
            try await read(backup, range: range) { bytes in
                count += Int64(bytes.count)
                if ContinuousClock.now > end { throw Enough() }
            }
        } catch is Enough {
            // A slow source shows its rate with what has come.
        }
        return count
    }
}

/// Ends a read.
private struct Enough: Error {}

extension Duration {
    fileprivate var seconds: Double {
        let (whole, attoseconds) = components
        return Double(whole) + Double(attoseconds) / 1e18
    }
}
