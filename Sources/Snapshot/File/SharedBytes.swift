import Blocking

/// The bytes of a file for two readers side by side, so that none is read twice: one takes all pieces in order, the other one
/// follows the trees, which lead mostly the same way.
///
/// What one of them has read is kept until the other one is past it, and a little longer: the trees lead back and forth.
/// Whoever is too far ahead waits, but never for a reader that has gone elsewhere.
final class SharedBytes: ByteSource {
    private static let pieceByteCount: Int64 = 256 << 10
    private static let maxCountAhead: Int64 = 8
    private static let maxCountBehind: Int64 = 4
    /// After so many reads elsewhere the reader of the trees is not waited for.
    private static let maxReadCountElsewhere = 16

    private struct State {
        var pieces: [Int64: [UInt8]] = [:]
        var isBeingRead: Set<Int64> = []
        /// The piece that comes next in order.
        var next: Int64 = 0
        /// The piece that the reader of the trees is at; `nil` where that is far from the next one in order.
        var treePiece: Int64?
        var readCountElsewhere = 0

        /// The first piece that one of the two may still ask for.
        private var first: Int64 { min(next, treePiece ?? next) }

        func isReady(_ number: Int64) -> Bool {
            !isBeingRead.contains(number) && (pieces[number] != nil || number - first < SharedBytes.maxCountAhead)
        }

        /// Whether the reader of the trees has a piece in common with the other one.
        func isNear(_ number: Int64) -> Bool {
            let distance = number - next
            return pieces[number] != nil || isBeingRead.contains(number)
                || 0 <= distance && distance <= SharedBytes.maxCountAhead
        }

        mutating func dropPassed() {
            let first = first
            for number in pieces.keys where number < first - SharedBytes.maxCountBehind { pieces[number] = nil }
        }
    }

    private let source: any ByteSource
    private let state = Monitor(State())

    init(_ source: any ByteSource) {
        self.source = source
    }

    var byteCount: Int64 { source.byteCount }
    var isLengthKnown: Bool { source.isLengthKnown }
    /// Whether one of the two waits for the other one.
    var isWaitedFor: Bool { state.isWaitedFor }

    func stopWaiting() { source.stopWaiting() }

    // MARK: - In order

    func readNext(at offset: Int64, upTo maxCount: Int) throws(SnapshotReadingError) -> [UInt8] {
        let number = offset / Self.pieceByteCount
        let byteCount = Int(Self.pieceByteCount)
        guard offset % Self.pieceByteCount == 0, byteCount <= maxCount else {
            return try source.readNext(at: offset, upTo: maxCount)
        }
        let bytes = try piece(number) { () throws(SnapshotReadingError) in
            try source.readNext(at: offset, upTo: byteCount)
        }
        state.change { state in
            state.next = number + 1
            state.dropPassed()
        }
        return bytes
    }

    /// Nothing more is read in order.
    func endReadingInOrder() {
        state.change { state in
            state.next = .max
            state.dropPassed()
        }
    }

    // MARK: - By the trees

    func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        try source.read(at: offset, byteCount: wanted)
    }

    func piece(
        at offset: Int64,
        upTo limit: Int64,
        isInOrder: Bool
    ) throws(SnapshotReadingError) -> (start: Int64, bytes: [UInt8])? {
        let number = offset / Self.pieceByteCount
        let isNear = state.change { state in
            let isNear = state.isNear(number)
            if isNear {
                state.treePiece = number
                state.readCountElsewhere = 0
            } else {
                state.readCountElsewhere += 1
                if state.readCountElsewhere > Self.maxReadCountElsewhere { state.treePiece = nil }
            }
            state.dropPassed()
            return isNear
        }
        guard isNear else { return try source.piece(at: offset, upTo: limit, isInOrder: isInOrder) }
        let start = number * Self.pieceByteCount
        let byteCount = min(Self.pieceByteCount, byteCount - start)
        let bytes = try piece(number) { () throws(SnapshotReadingError) in
            try source.read(at: start, byteCount: Int(byteCount))
        }
        return (start, bytes)
    }

    /// Nothing more is read by the trees.
    func endReadingTrees() {
        state.change { state in
            state.treePiece = nil
            state.dropPassed()
        }
    }

    // MARK: - Both

    /// What the other one has read, or else is read now and kept for it.
    private func piece(
        _ number: Int64,
        _ read: () throws(SnapshotReadingError) -> [UInt8]
    ) throws(SnapshotReadingError) -> [UInt8] {
        let kept: [UInt8]? = state.wait(
            until: { $0.isReady(number) },
            then: { state in
                if let bytes = state.pieces[number] { return bytes }
                state.isBeingRead.insert(number)
                return nil
            }
        )
        if let kept { return kept }
        let result = Result { () throws(SnapshotReadingError) in try read() }
        state.change { state in
            state.isBeingRead.remove(number)
            // A file that ends early gives the reader in order less: that is no piece for the other one.
            let whole = min(Self.pieceByteCount, byteCount - number * Self.pieceByteCount)
            if case .success(let bytes) = result, Int64(bytes.count) == whole { state.pieces[number] = bytes }
        }
        return try result.get()
    }
}
