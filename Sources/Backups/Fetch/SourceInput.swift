import Blocking

/// A backup that is read from its source as it is needed: a thread pulls its bytes, and a task gets them from the
/// source, in order from the place that is read.
///
/// No more than a few pieces are in memory at once.
final class SourceInput: ByteInput {
    /// How many bytes wait in memory before the source has to.
    private static let maxWaitingByteCount = 4 << 20

    private struct State {
        /// Where the first byte of `waiting` belongs.
        var position: Int64 = 0
        var waiting: [UInt8] = []
        /// How many of `waiting` were read.
        var readCount = 0
        /// Where the reader wants to go on, other than with what comes.
        var jump: Int64?
        /// Whether no byte follows `waiting`.
        var isAtEnd = false
        /// Whether nobody reads any more, or nobody writes.
        var isOver = false

        var isFull: Bool { waiting.count - readCount >= SourceInput.maxWaitingByteCount }

        mutating func append(_ bytes: UnsafeRawBufferPointer) {
            // Not for each piece: what is not read yet moves.
            if readCount * 2 >= waiting.count {
                waiting.removeFirst(readCount)
                position += Int64(readCount)
                readCount = 0
            }
            waiting += bytes
        }
    }

    /// The reader wants other bytes than those that come.
    private struct Jump: Error {}

    private let backup: Backup
    private let source: any BackupSource
    private let state = Monitor(State())

    init(_ backup: Backup, from source: any BackupSource) {
        self.backup = backup
        self.source = source
    }

    // MARK: - The task that writes

    /// Gets what the reader wants, until `finish`.
    ///
    /// - Parameter onProgress: Gets how many bytes were read, or passed over.
    /// - Throws: What the source throws.
    func feed(onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void) async throws {
        defer { state.change { $0.isOver = true } }
        var start: Int64? = 0
        while let place = start {
            try await hand(from: place, onProgress)
            start = nextStart()
        }
    }

    /// Hands over what the source has from a place on, until the reader wants other bytes.
    private func hand(
        from start: Int64,
        _ onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void
    ) async throws {
        var range: Range<Int64>?
        if start > 0, hasRandomAccess, let end = backup.byteCount { range = min(start, end)..<end }
        let failure = await failure(reading: range) { bytes in onProgress(try self.put(bytes)) }
        if let failure, !(failure is Jump) { throw failure }
        if failure == nil { state.change { if $0.jump == nil { $0.isAtEnd = true } } }
    }

    // The optimiser of Swift 6.3 does not compile one function that reads and catches.
    private func failure(
        reading range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async -> (any Error)? {
        do {
            try await source.read(backup, range: range, into: sink)
            return nil
        } catch {
            return error
        }
    }

    /// Where the reader wants to go on; `nil` where it has read all that it wants.
    private func nextStart() -> Int64? {
        state.wait(
            until: { $0.isOver || $0.jump != nil },
            then: { state in
                guard !state.isOver, let jump = state.jump else { return nil }
                state = State(position: jump)
                return jump
            }
        )
    }

    /// - Returns: Where the bytes end.
    /// - Throws: `Jump`.
    private func put(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
        let end: Int64? = state.wait(
            until: { !$0.isFull || $0.jump != nil || $0.isOver },
            then: { state in
                guard state.jump == nil, !state.isOver else { return nil }
                state.append(bytes)
                return state.position + Int64(state.waiting.count)
            }
        )
        guard let end else { throw Jump() }
        return end
    }

    // MARK: - The thread that reads

    /// Nothing more is read.
    func finish() { state.change { $0.isOver = true } }

    var hasRandomAccess: Bool { source.traits != .streaming && backup.byteCount != nil }

    func byteCount() throws -> Int64 { backup.byteCount ?? .max }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        state.change { state in
            if state.position + Int64(state.readCount) == offset { return }
            let isThere = (state.position...state.position + Int64(state.waiting.count)).contains(offset)
            if isThere { state.readCount = Int(offset - state.position) } else { state.jump = offset }
        }
        let count = state.wait(
            until: { $0.jump == nil && ($0.readCount < $0.waiting.count || $0.isAtEnd) || $0.isOver },
            then: { state in
                let next = state.waiting[state.readCount...].prefix(buffer.count)
                buffer.copyBytes(from: next)
                state.readCount += next.count
                return next.count
            }
        )
        try Task.checkCancellation()
        return count
    }
}
