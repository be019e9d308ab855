import Crypto
import Restore
import Snapshot

/// Makes a snapshot longer by free pages at its end, as a database has them after much was deleted.
enum SnapshotGrowth {
    private static let trailerByteCount = 32
    /// What stands before the meta in its page (bbolt v1.3.3 `page.go`, type `page`).
    private static let pageHeaderByteCount = 16

    /// - Parameter byteCount: How long it is to be, with its trailer; the next whole number of pages is taken.
    /// - Throws: `WorldError.cannotGrow` where it is no snapshot, or longer already.
    static func grown(_ snapshot: [UInt8], to byteCount: Int64, named name: String) throws(WorldError) -> [UInt8] {
        guard let meta = MetaPage(head: Array(snapshot.prefix(2 << 14))), let old = meta.imageByteCount,
            Int64(snapshot.count) == old + Int64(trailerByteCount)
        else { throw .cannotGrow(content: name, reason: "it is not a snapshot with a checksum") }
        let pageByteCount = Int64(meta.pageByteCount)
        let pageCount = (byteCount - Int64(trailerByteCount) + pageByteCount - 1) / pageByteCount
        guard pageCount * pageByteCount >= old else {
            throw .cannotGrow(content: name, reason: "it has \(snapshot.count) bytes already")
        }
        var image = Array(snapshot.dropLast(trailerByteCount))
        image += [UInt8](repeating: 0, count: Int(pageCount * pageByteCount - old))
        for number in 0..<2 {
            let start = number * Int(pageByteCount)
            guard var page = MetaPage(head: Self.head(of: image, page: start, Int(pageByteCount))) else { continue }
            page.pageCount = UInt64(pageCount)
            let bytes = page.bytes
            image.replaceSubrange(start + pageHeaderByteCount..<start + pageHeaderByteCount + bytes.count, with: bytes)
        }
        return image + Array(SHA256.hash(data: image))
    }

    /// A database's beginning whose two meta pages are this one.
    private static func head(of image: [UInt8], page start: Int, _ pageByteCount: Int) -> [UInt8] {
        Array(image[start..<start + pageByteCount])
    }
}
