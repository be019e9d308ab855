import Crypto

/// Verifies a snapshot whose bytes pass by once, in order, in pieces of any size.
///
/// A snapshot is a bbolt image followed by the SHA-256 of all bytes before it, which etcd's server appends
/// (etcd v3.4.23 `etcdserver/api/v3rpc/maintenance.go`, `Snapshot`); it is there exactly when
/// `size % 512 == 32` (`clientv3/snapshot/v3_snapshot.go`, `hasChecksum`). Memory does not grow with the file.
public struct SnapshotVerifier: Sendable {
    /// The length of the SHA-256 at the end of a snapshot, in bytes.
    public static let trailerByteCount: Int64 = 32
    /// Enough to find the second meta page of any page size up to 32 KiB.
    private static let headByteCount = 64 << 10

    private let byteCount: Int64
    private var position: Int64 = 0
    private var head: [UInt8] = []
    private var trailer: [UInt8] = []
    private var sha256 = SHA256()
    private var imageSHA256: String?

    /// - Parameter byteCount: The file's size, known before its bytes.
    public init(byteCount: Int64) {
        self.byteCount = byteCount
        if imageByteCount == 0 { imageSHA256 = sha256.finalize().hexadecimal }
    }

    private var imageByteCount: Int64 {
        max(0, byteCount - Self.trailerByteCount)
    }

    /// Takes the next bytes of the file.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if head.count < Self.headByteCount {
            head.append(contentsOf: bytes.prefix(Self.headByteCount - head.count))
        }
        let imageRest = Int(clamping: imageByteCount - position)
        position += Int64(bytes.count)
        if imageRest > bytes.count {
            sha256.update(bufferPointer: bytes)
            return
        }
        if imageRest > 0 {
            sha256.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<imageRest]))
            imageSHA256 = sha256.finalize().hexadecimal
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[max(0, imageRest)...])
        trailer.append(contentsOf: rest.prefix(Int(Self.trailerByteCount) - trailer.count))
        sha256.update(bufferPointer: rest)
    }

    /// What the bytes amount to, once all have been taken.
    public func finish() -> (sha256: String, verdict: Verdict) {
        (sha256.finalize().hexadecimal, unsoundness().map(Verdict.unsound) ?? .sound)
    }

    private func unsoundness() -> Unsoundness? {
        let kind = FileKind(head: head)
        switch kind {
        case .bolt: break
        case .empty: return .empty
        case .unknown where position < 512: return .tooShort(byteCount: position)
        default: return .otherKind(kind)
        }
        guard let meta = MetaPage(head: head) else {
            return position < 512 ? .tooShort(byteCount: position) : .damagedMetaPages
        }
        let stored = trailer.hexadecimal
        if byteCount % 512 == Self.trailerByteCount, stored == imageSHA256 { return nil }
        guard let image = meta.imageByteCount, image <= .max - Self.trailerByteCount else {
            return .damagedMetaPages
        }
        let whole = image + Self.trailerByteCount
        if position < image || position > image && position < whole {
            return .truncated(byteCount: position, expectedByteCount: whole)
        }
        if byteCount % 512 == Self.trailerByteCount, let imageSHA256 {
            return .wrongTrailer(stored: stored, computed: imageSHA256)
        }
        return .missingTrailer
    }
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
