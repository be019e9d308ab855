/// Why a file is not a sound snapshot.
public enum SnapshotProblem: Error, Sendable, Equatable {
    case empty
    /// Not even a meta page can be in so few bytes.
    case tooShort(byteCount: Int64)
    /// The file is something else.
    case otherKind(FileKind)
    /// A few words in the place of a snapshot: `placeholder`.
    case words(String)
    /// Both meta pages are damaged.
    case damagedMetaPages
    /// Its pages don't lead to its keys, although the SHA-256 is right: it was written so.
    case damaged(SnapshotDamage)
    /// It is older than its name says.
    case lowerRevision(found: Int64, expected: Int64)
    /// Its meta page says that there are more pages than the file holds.
    case truncated(byteCount: Int64, expectedByteCount: Int64)
    /// All pages are there, but no trailer: a copy of a member's `member/snap/db`, or cut off exactly there.
    case missingTrailer
    /// The 32 bytes at the end are not the SHA-256 of what stands before them; both as lower-case hexadecimal digits.
    case wrongTrailer(stored: String, computed: String)
}

extension SnapshotProblem {
    /// What programs know it by.
    public var code: String {
        switch self {
        case .empty: "snapshot.empty"
        case .tooShort: "snapshot.too-short"
        case .otherKind: "snapshot.other-kind"
        case .words: "snapshot.text"
        case .damagedMetaPages: "snapshot.damaged-meta-pages"
        case .damaged: "snapshot.damaged"
        case .lowerRevision: "snapshot.lower-revision"
        case .truncated: "snapshot.truncated"
        case .missingTrailer: "snapshot.missing-trailer"
        case .wrongTrailer: "snapshot.trailer-mismatch"
        }
    }
}

extension SnapshotProblem: CustomStringConvertible {
    /// The reason as the second half of a sentence: `it is a gzip file, not an etcd snapshot`.
    public var description: String {
        switch self {
        case .empty:
            "it is empty (0 bytes)"
        case .tooShort(let byteCount):
            "\(byteCount) bytes: too short for a snapshot"
        case .otherKind(.bigEndianBolt):
            "it was written on a big-endian machine, and etcd can read it only there"
        case .otherKind(let kind):
            "it is \(kind), not an etcd snapshot"
        case .words(let words):
            "it is the text '\(words)', not an etcd snapshot"
        case .damagedMetaPages:
            "both of its meta pages are damaged"
        case .damaged(let damage):
            "it is damaged at \(damage)"
        case .lowerRevision(let found, let expected):
            "expected revision \(expected), but the last key has revision \(found)"
        case .truncated(let byteCount, let expectedByteCount):
            "it is truncated: \(byteCount) bytes, where its pages and trailer take \(expectedByteCount)"
        case .missingTrailer:
            "it ends without a SHA-256, so nothing proves that it is whole"
        case .wrongTrailer(let stored, let computed):
            "it was altered: it ends in the SHA-256 \(stored), but its bytes give \(computed)"
        }
    }

}
