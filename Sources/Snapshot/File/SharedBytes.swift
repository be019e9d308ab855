import Blocking

/// The bytes of a file for two readers side by side, so that none is read twice: one takes all pieces in order, the
/// other one follows the trees, which lead mostly the same way. Where nobody needs all of them, the first one reads
/// ahead of the trees.
///
/// What one of them has read is kept until the other one is past it, and a little longer: the trees lead back and
/// forth. Whoever is too far ahead waits, but never for a reader that has gone elsewhere.
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
        var isReadingAhead = false
        var areTreesRead = false

        /// The first piece that one of the two may still ask for.
        private var first: Int64 { min(next, treePiece ?? next) }

        func isReady(_ number: Int64) -> Bool {
            !isBeingRead.contains(number) && (pieces[number] != nil || number - first < SharedBytes.maxCountAhead)
        }

        /// Whether the reader of the trees has a piece in common with the other one.
        func isNear(_ number: Int64, isInOrder: Bool) -> Bool {
            if pieces[number] != nil || isBeingRead.contains(number) { return true }
            if isReadingAhead { return isInOrder }
            let distance = number - next
            return 0 <= distance && distance <= SharedBytes.maxCountAhead
        }

        /// What the trees are likely to need next; `nil` where that is there, or they lead anywhere.
        func pieceAhead(of pieceCount: Int64) -> Int64? {
            guard let treePiece else { return nil }
            return (treePiece..<min(treePiece + SharedBytes.maxCountAhead, pieceCount)).first {
                pieces[$0] == nil && !isBeingRead.contains($0)
            }
        }

        mutating func dropPassed() {
            let first = first
            for number in pieces.keys where number < first - SharedBytes.maxCountBehind { pieces[number] = nil }
            guard isReadingAhead else { return }
            // The trees have turned back.
            for number in pieces.keys where number - first > SharedBytes.maxCountAhead { pieces[number] = nil }
        }
    }

    private let source: any ByteSource
    private let state = Monitor(State())

    /// - Parameter isReadAhead: Whether the reader in order is one that reads ahead of the trees, with `readAhead`.
    init(_ source: any ByteSource, isReadAhead: Bool = false) {
        self.source = source
        if isReadAhead {
            state.change { state in
                state.isReadingAhead = true
                state.next = .max
            }
        }
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

    /// Reads what the trees need next, until they are read. What can't be read is left to their own reader.
    func readAhead() {
        let pieceCount = (byteCount + Self.pieceByteCount - 1) / Self.pieceByteCount
        defer { state.change { $0.isReadingAhead = false } }
        while true {
            let number: Int64? = state.wait(
                until: { $0.areTreesRead || $0.pieceAhead(of: pieceCount) != nil },
                then: { state in
                    guard !state.areTreesRead, let number = state.pieceAhead(of: pieceCount) else { return nil }
                    state.isBeingRead.insert(number)
                    return number
                }
            )
            guard let number else { return }
            do throws(SnapshotReadingError) {
                _ = try readAndKeep(number) { () throws(SnapshotReadingError) in try wholePiece(number) }
            } catch {
                return
            }
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
            let isNear = state.isNear(number, isInOrder: isInOrder)
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
        let bytes = try piece(number) { () throws(SnapshotReadingError) in try wholePiece(number) }
        return (number * Self.pieceByteCount, bytes)
    }

    /// Nothing more is read by the trees.
    func endReadingTrees() {
        state.change { state in
            state.areTreesRead = true
            state.treePiece = nil
            state.dropPassed()
        }
    }

    private func wholePiece(_ number: Int64) throws(SnapshotReadingError) -> [UInt8] {
        let start = number * Self.pieceByteCount
        return try source.read(at: start, byteCount: Int(min(Self.pieceByteCount, byteCount - start)))
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
        return try readAndKeep(number, read)
    }

    private func readAndKeep(
        _ number: Int64,
        _ read: () throws(SnapshotReadingError) -> [UInt8]
    ) throws(SnapshotReadingError) -> [UInt8] {
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
