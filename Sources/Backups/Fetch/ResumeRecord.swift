import FoundationEssentials
import Snapshot

/// What a partial file says of itself, behind the last byte that the whole file will have: whose bytes it holds, and
/// which of them.
struct ResumeRecord: Codable, Equatable {
    /// What must be the same for its bytes to be of use.
    struct Identity: Codable, Equatable, Sendable {
        var location: String
        var key: String
        var version: String?
        var tag: String
        var byteCount: Int64

        init(_ entry: StoreEntry, of source: any BackupSource) {
            location = source.location
            key = entry.key
            version = entry.version
            tag = entry.etag
            byteCount = entry.byteCount
        }
    }

    private var snapshPartialFile = 1
    var identity: Identity
    /// Pairs of offsets: the first byte that is there, and the first one behind it that is not.
    private var done: [[Int64]]

    init(_ identity: Identity, done: ByteRanges) {
        self.identity = identity
        self.done = done.ranges.map { [$0.lowerBound, $0.upperBound] }
    }

    /// - Returns: `nil` for anything but such a record.
    init?(_ bytes: [UInt8]) {
        guard let record = try? JSONDecoder().decode(Self.self, from: Data(bytes)), record.snapshPartialFile == 1,
            record.done.allSatisfy({
                $0.count == 2 && 0 <= $0[0] && $0[0] < $0[1] && $0[1] <= record.identity.byteCount
            })
        else { return nil }
        self = record
    }

    /// Of the bytes that are there.
    var ranges: ByteRanges {
        done.reduce(into: ByteRanges()) { $0.insert($1[0]..<$1[1]) }
    }

    /// In whole blocks, filled up with blanks: one that is written over another one leaves nothing of it.
    func bytes() throws -> [UInt8] {
        let text = Array(try JSONEncoder().encode(self))
        let blockCount = (text.count + Self.blockByteCount - 1) / Self.blockByteCount
        return text + [UInt8](repeating: 0x20, count: blockCount * Self.blockByteCount - text.count)
    }

    private static let blockByteCount = 4096
}
