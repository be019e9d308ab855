import Blocking

/// Which bytes of a file are there that is being written while it is read.
public final class WriteProgress: Sendable {
    private struct State {
        var ranges = ByteRanges()
        var isOver = false
        /// What a reader waits for that does not pass all bytes in order.
        var wanted: Range<Int64>?
    }

    private let state = Monitor(State())

    public init() {}

    /// Whether a reader waits for more.
    var isWaitedFor: Bool { state.isWaitedFor }

    /// The first byte that is missing of those that a reader waits for ahead of others: whoever can write it early
    /// brings the check forward. `nil` where none does.
    package var wanted: Int64? {
        state.read { state in state.wanted.flatMap { state.ranges.firstMissing(in: $0) } }
    }

    /// So many bytes from the start are there.
    public func advance(to byteCount: Int64) { insert(0..<byteCount) }

    /// These bytes are there, too.
    public func insert(_ range: Range<Int64>) {
        state.change { $0.ranges.insert(range) }
    }

    /// No more will come.
    public func finish() {
        state.change { $0.isOver = true }
    }

    /// Blocks the thread until so many bytes from the start are there.
    ///
    /// - Returns: How many are there then: fewer only where no more will come.
    func waitInOrder(for byteCount: Int64) -> Int64 {
        state.wait(
            until: { $0.isOver || $0.ranges.contiguousByteCount >= byteCount },
            then: { $0.ranges.contiguousByteCount }
        )
    }

    /// Blocks the thread until the byte at an offset is there.
    ///
    /// - Returns: Where the bytes end that are there from the offset on without a gap: at the offset where no more will
    ///   come.
    package func waitForSome(at offset: Int64) -> Int64 {
        state.change { $0.wanted = offset..<offset + 1 }
        return state.wait(
            until: { $0.isOver || $0.ranges.firstMissing(in: offset..<offset + 1) == nil },
            then: { state in
                state.wanted = nil
                return state.ranges.firstMissing(in: offset..<Int64.max) ?? Int64.max
            }
        )
    }

    /// Blocks the thread until no more bytes come.
    ///
    /// - Returns: Where the last of them ends.
    package func waitForEnd() -> Int64 {
        state.wait(until: \.isOver, then: \.ranges.end)
    }

    /// Blocks the thread until these bytes are there.
    ///
    /// - Returns: Whether they are: not where no more will come.
    func wait(for range: Range<Int64>) -> Bool {
        state.change { $0.wanted = range }
        return state.wait(
            until: { $0.isOver || $0.ranges.firstMissing(in: range) == nil },
            then: { state in
                state.wanted = nil
                return state.ranges.firstMissing(in: range) == nil
            }
        )
    }
}
