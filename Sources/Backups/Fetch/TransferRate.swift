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
    /// Reads the first bytes of a backup, and drops them.
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
        let clock = ContinuousClock()
        let start = clock.now
        var byteCount: Int64 = 0
        do {
            try await read(backup, range: 0..<min(size, maxByteCount)) { bytes in
                byteCount += Int64(bytes.count)
                if clock.now - start > maxDuration { throw Enough() }
            }
        } catch is Enough {
            // A slow source shows its rate with what has come.
        }
        return TransferRate(byteCount: byteCount, duration: clock.now - start)
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
