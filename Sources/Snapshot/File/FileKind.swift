/// What the first bytes of a file show it to be.
public enum FileKind: Sendable, Equatable {
    case empty
    /// A bbolt image, as etcd writes it on little-endian machines.
    case bolt
    /// A bbolt image of a big-endian machine (s390x): etcd elsewhere can't read it.
    case bigEndianBolt
    case gzip
    case zip
    case zlib
    case zstandard
    case xz
    /// Of the old program `compress`, named `.Z`.
    case compress
    case html
    case xml
    case json
    /// The changes since a snapshot, as Gardener's etcd-backup-restore keeps them: JSON, and nothing without the
    /// snapshot.
    case gardenerDelta
    case text
    /// The bytes looked at are all zero, as after a copy whose data never reached the disk.
    case zeros
    case unknown

    /// The bbolt magic number, 0xED0CDAED (bbolt v1.3.3 `db.go`), stands at offset 16 of the first page.
    package static let boltMagic: [UInt8] = [0xED, 0xDA, 0x0C, 0xED]

    /// - Parameter head: The file's first bytes, 512 or more where the file has as many.
    public init(head: [UInt8]) {
        let start = head.prefix { $0 == 0x20 || (0x09...0x0D).contains($0) }.count
        let text = String(decoding: head.dropFirst(start).prefix(64), as: UTF8.self).lowercased()
        self =
            if head.isEmpty {
                .empty
            } else if head.dropFirst(16).starts(with: Self.boltMagic) {
                .bolt
            } else if head.dropFirst(16).starts(with: Self.boltMagic.reversed()) {
                .bigEndianBolt
            } else if head.starts(with: [0x1F, 0x8B]) {
                .gzip
            } else if head.starts(with: Array("PK".utf8) + [3, 4]) {
                .zip
            } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
                .zstandard
            } else if head.starts(with: [0xFD] + Array("7zXZ".utf8)) {
                .xz
            } else if head.starts(with: [0x1F, 0x9D]) {
                .compress
            } else if Self.isZlib(head) {
                .zlib
            } else if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
                .html
            } else if text.hasPrefix("<?xml") {
                .xml
            } else if text.hasPrefix("[{\"etcdevent\"") {
                .gardenerDelta
            } else if text.hasPrefix("{") || text.hasPrefix("[") {
                .json
            } else if head.allSatisfy({ $0 == 0 }) {
                .zeros
            } else if Self.isText(head) {
                .text
            } else {
                .unknown
            }
    }

    /// RFC 1950, section 2.2: deflate with a 32 KiB window, and a check over the first two bytes.
    private static func isZlib(_ head: [UInt8]) -> Bool {
        head.count > 2 && head[0] == 0x78 && (UInt16(head[0]) << 8 | UInt16(head[1])) % 31 == 0
    }

    private static func isText(_ head: [UInt8]) -> Bool {
        // The last character may be cut in two where the head ends.
        let whole = head.dropLast(head.count < 512 ? 0 : 3)
        return whole.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
            && String(validating: whole, as: UTF8.self) != nil
    }
}

extension FileKind: CustomStringConvertible {
    /// With its article, to follow "it is": `a gzip file`.
    public var description: String {
        switch self {
        case .empty: "empty"
        case .bolt: "a bbolt database"
        case .bigEndianBolt: "a bbolt database of a big-endian machine"
        case .gzip: "a gzip file"
        case .zip: "a zip file"
        case .zlib: "a zlib stream"
        case .zstandard: "a zstd file"
        case .xz: "an xz file"
        case .compress: "a file of the program compress"
        case .html: "an HTML page"
        case .xml: "an XML document"
        case .json: "a JSON document"
        case .gardenerDelta: "a delta of Gardener's backups, the changes since a snapshot"
        case .text: "plain text"
        case .zeros: "nothing but zero bytes at its start"
        case .unknown: "of a kind that is not known"
        }
    }
}
