/// What the first bytes of a file, and its length, show of it.
struct FileHead {
    /// Enough to find the second meta page of any page size up to 64 KiB.
    static let byteCount = 64 << 10 + MetaPage.wholeByteCount

    /// What a file is shows in its beginning.
    private static let kindByteCount = 4096
    /// Up to so many bytes of ASCII text are shown as what they are.
    private static let maxWordsByteCount: Int64 = 80

    private let bytes: [UInt8]
    private let byteCount: Int64
    private let meta: MetaPage?

    /// - Parameters:
    ///   - bytes: The first ones, `Self.byteCount` of them where the file has as many.
    ///   - byteCount: The length of the whole file.
    init(_ bytes: [UInt8], byteCount: Int64) {
        self.bytes = bytes
        self.byteCount = byteCount
        meta = MetaPage(head: bytes)
    }

    /// Why the file can't be a snapshot at all.
    var problem: SnapshotProblem? {
        // Where a crash tore the first page, the second one says what the file is.
        let kind = meta == nil ? FileKind(head: Array(bytes.prefix(Self.kindByteCount))) : .bolt
        switch kind {
        case .bolt: break
        case .empty: return .empty
        case .text where byteCount <= Self.maxWordsByteCount && bytes.allSatisfy { $0 < 0x80 }:
            return .words(String(decoding: bytes, as: UTF8.self).trimmingLineEnd)
        case .unknown where byteCount < 512: return .tooShort(byteCount: byteCount)
        default: return .otherKind(kind)
        }
        guard let image = meta?.imageByteCount, image <= .max - SnapshotTrailer.byteCount else {
            return byteCount < 512 ? .tooShort(byteCount: byteCount) : .damagedMetaPages
        }
        return nil
    }

    /// Whether the file lacks some of its pages, or of its trailer.
    var truncation: SnapshotProblem? {
        guard let image = meta?.imageByteCount else { return nil }
        let whole = image + SnapshotTrailer.byteCount
        guard byteCount < image || byteCount > image && byteCount < whole else { return nil }
        return .truncated(byteCount: byteCount, expectedByteCount: whole)
    }
}

extension String {
    /// Without what follows its first line; files that someone made with `echo` end in one.
    fileprivate var trimmingLineEnd: String { String(prefix { !$0.isNewline }) }
}
