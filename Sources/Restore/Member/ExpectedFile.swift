import Glibc
import Snapshot

/// What a restore would write into a file, to compare a file that is there already with it.
struct ExpectedFile {
    /// What the first bytes are copied from.
    var base: (file: FileBytes, byteCount: Int64)?
    /// What stands over those and behind them; the rest is zeros.
    var pieces: [(offset: Int64, bytes: [UInt8])]
    var byteCount: Int64

    private static let windowByteCount: Int64 = 1 << 20

    /// A file that holds these bytes, and zeros behind them.
    init(_ bytes: [UInt8], paddedTo byteCount: Int64 = 0) {
        pieces = [(0, bytes)]
        self.byteCount = max(Int64(bytes.count), byteCount)
    }

    /// A file that holds what another one does.
    init(sameAs file: FileBytes) {
        base = (file, file.byteCount)
        pieces = []
        byteCount = file.byteCount
    }

    /// The database that a rewrite makes of an image.
    init(_ image: FileBytes, rewrittenBy patch: DatabasePatch) {
        base = (image, patch.oldByteCount)
        pieces = patch.pieces
        byteCount = patch.byteCount
    }

    /// Whether a file holds exactly these bytes. One that can't be read, or is no regular file, does not.
    ///
    /// - Throws: `SnapshotReadingError.unreadable` where the base can't be read; `CancellationError`.
    func matches(_ path: String) throws -> Bool {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard number >= 0 else { return false }
        defer { close(number) }
        guard let found = try? SnapshotFile(openedAs: number).bytes, found.byteCount == byteCount else { return false }
        do {
            for start in stride(from: 0, to: byteCount, by: Int64.Stride(Self.windowByteCount)) {
                try Task.checkCancellation()
                let window = start..<min(byteCount, start + Self.windowByteCount)
                let bytes = try? found.read(at: start, byteCount: window.count)
                guard try bytes == expected(window) else { return false }
            }
            return true
        }
    }

    private func expected(_ window: Range<Int64>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let base, base.byteCount > window.lowerBound {
            let count = min(base.byteCount, window.upperBound) - window.lowerBound
            bytes = try base.file.read(at: window.lowerBound, byteCount: Int(count))
        }
        bytes += [UInt8](repeating: 0, count: window.count - bytes.count)
        for (offset, piece) in pieces {
            let shared = window.clamped(to: offset..<offset + Int64(piece.count))
            guard !shared.isEmpty else { continue }
            let target = Int(shared.lowerBound - window.lowerBound)
            let source = Int(shared.lowerBound - offset)
            bytes.replaceSubrange(target..<target + shared.count, with: piece[source..<source + shared.count])
        }
        return bytes
    }
}
