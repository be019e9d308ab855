import Crypto

/// Verifies a snapshot whose bytes pass by once, in order, in pieces of any size; how many there are shows at their end.
///
/// A snapshot is a bbolt image followed by the SHA-256 of all bytes before it, which etcd's server appends
/// (etcd v3.4.23 `etcdserver/api/v3rpc/maintenance.go`, `Snapshot`); it is there exactly when
/// `size % 512 == 32` (`clientv3/snapshot/v3_snapshot.go`, `hasChecksum`). Memory does not grow with the file.
public struct SnapshotVerifier: Sendable {
    /// The length of the SHA-256 at the end of a snapshot, in bytes.
    public static let trailerByteCount: Int64 = 32
    /// Enough to find the second meta page of any page size up to 64 KiB.
    static let headByteCount = 64 << 10 + MetaPage.wholeByteCount

    /// What a file is shows in its beginning.
    private static let kindByteCount = 4096
    /// Up to so many bytes of ASCII text are shown as what they are.
    private static let maxWordsByteCount: Int64 = 80

    private var position: Int64 = 0
    private var head: [UInt8] = []
    /// The last bytes so far, 32 at most: the trailer, should no more come.
    private var tail: [UInt8] = []
    /// Of all bytes before `tail`.
    private var sha256 = SHA256()

    public init() {}

    /// Takes the next bytes of the file.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if head.count < Self.headByteCount {
            head.append(contentsOf: bytes.prefix(Self.headByteCount - head.count))
        }
        position += Int64(bytes.count)
        let passed = tail.count + bytes.count - Int(Self.trailerByteCount)
        if passed > 0 {
            let ofTail = min(passed, tail.count)
            tail.withUnsafeBytes { sha256.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<ofTail])) }
            tail.removeFirst(ofTail)
            sha256.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<(passed - ofTail)]))
            tail.append(contentsOf: bytes[(passed - ofTail)...])
        } else {
            tail.append(contentsOf: bytes)
        }
    }

    /// What the bytes amount to, once all have been taken.
    public func finish() -> (sha256: String, result: CheckResult) {
        var whole = sha256
        whole.update(data: tail)
        return (whole.finalize().hexadecimal, problem().map(CheckResult.unsound) ?? .sound)
    }

    private func problem() -> SnapshotProblem? {
        if let problem = Self.problem(head: head, byteCount: position) { return problem }
        let hasTrailer = position % 512 == Self.trailerByteCount
        let (stored, computed) = (tail.hexadecimal, sha256.finalize().hexadecimal)
        if hasTrailer, stored == computed { return nil }
        if let truncation = Self.truncation(head: head, byteCount: position) { return truncation }
        return hasTrailer ? .wrongTrailer(stored: stored, computed: computed) : .missingTrailer
    }

    /// Why a file can't be a snapshot at all, as its first bytes tell.
    static func problem(head: [UInt8], byteCount: Int64) -> SnapshotProblem? {
        let meta = MetaPage(head: head)
        // Where a crash tore the first page, the second one says what the file is.
        let kind = meta == nil ? FileKind(head: Array(head.prefix(kindByteCount))) : .bolt
        switch kind {
        case .bolt: break
        case .empty: return .empty
        case .text where byteCount <= maxWordsByteCount && head.allSatisfy { $0 < 0x80 }:
            return .words(String(decoding: head, as: UTF8.self).trimmingLineEnd)
        case .unknown where byteCount < 512: return .tooShort(byteCount: byteCount)
        default: return .otherKind(kind)
        }
        guard let image = meta?.imageByteCount, image <= .max - trailerByteCount else {
            return byteCount < 512 ? .tooShort(byteCount: byteCount) : .damagedMetaPages
        }
        return nil
    }

    /// Whether a file lacks some of its pages, or of its trailer.
    static func truncation(head: [UInt8], byteCount: Int64) -> SnapshotProblem? {
        guard let image = MetaPage(head: head)?.imageByteCount else { return nil }
        let whole = image + trailerByteCount
        guard byteCount < image || byteCount > image && byteCount < whole else { return nil }
        return .truncated(byteCount: byteCount, expectedByteCount: whole)
    }
}

extension String {
    /// Without what follows its first line; files that someone made with `echo` end in one.
    fileprivate var trimmingLineEnd: String { String(prefix { !$0.isNewline }) }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
