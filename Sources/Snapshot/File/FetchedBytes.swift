import Glibc
import Synchronization

/// The parts of a file elsewhere that were fetched so far. A read of others fails, and notes what to fetch for it.
final class FetchedBytes: ByteSource {
    /// Fetched with the bytes that are asked for. bbolt writes a branch behind its children, mostly close to them, so
    /// one request often reads the next page, too.
    private static let (before, after): (Int64, Int64) = (48 << 10, 16 << 10)

    private struct State {
        var pieces: [(start: Int64, bytes: [UInt8])] = []
        var missing: Range<Int64>?
    }

    let byteCount: Int64
    private let state = Mutex(State())

    init(byteCount: Int64) {
        self.byteCount = byteCount
    }

    /// What the last failed read needs; `nil` where none failed since the last `add`.
    var missing: Range<Int64>? { state.withLock(\.missing) }

    func add(_ bytes: [UInt8], at start: Int64) {
        state.withLock { state in
            state.pieces.append((start, bytes))
            state.missing = nil
        }
    }

    /// - Throws: `SnapshotReadingError.unreadable` with `EAGAIN` where they were not fetched yet.
    func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        if wanted == 0 { return [] }
        let end = offset + Int64(wanted)
        let found: [UInt8]? = state.withLock { state in
            for (start, bytes) in state.pieces where start <= offset && end <= start + Int64(bytes.count) {
                let first = Int(offset - start)
                return Array(bytes[first..<first + wanted])
            }
            state.missing = max(0, offset - Self.before)..<end + min(Self.after, byteCount - end)
            return nil
        }
        guard let found else { throw .unreadable(code: EAGAIN) }
        return found
    }
}
