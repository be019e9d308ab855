import Backups
import HTTP

/// The body of one response to GetObject: checked to be of the object that was meant, and cut to the bytes that were.
///
/// A server may ignore `If-Match`, and `Range` as well: then the whole object comes, and what stands before the wanted
/// bytes is passed over.
struct ObjectPart {
    /// Thrown when more comes than was wanted: the rest need not be read.
    struct Complete: Error {}

    /// The object's offset of the next byte of the body.
    private var position: Int64
    private let wanted: Range<Int64>

    /// - Throws: `StoreError.changed` where the tag or the size is another, `.interrupted` where other bytes come.
    init(_ head: HTTPHead, of entry: StoreEntry, wanted: Range<Int64>) throws {
        self.wanted = wanted
        if let etag = head["ETag"], !entry.etag.isEmpty, ETag.bare(etag) != entry.etag {
            throw StoreError.changed(entry.key)
        }
        if let text = head["Content-Range"] {
            guard let match = text.wholeMatch(of: /bytes ([0-9]{1,18})-([0-9]{1,18})\/([0-9]{1,18}|\*)/),
                let start = Int64(match.1), start == wanted.lowerBound
            else { throw StoreError.interrupted(entry.key, reason: "the server sent other bytes than were asked for") }
            if let total = Int64(match.3), total != entry.byteCount { throw StoreError.changed(entry.key) }
            position = start
        } else {
            // Without it the whole object comes.
            if let length = head["Content-Length"].flatMap({ Int64($0) }), length != entry.byteCount {
                throw StoreError.changed(entry.key)
            }
            position = 0
        }
    }

    var isComplete: Bool { position >= wanted.upperBound }

    mutating func take(_ bytes: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let end = position + Int64(bytes.count)
        let useful =
            max(position, wanted.lowerBound)..<max(min(end, wanted.upperBound), max(position, wanted.lowerBound))
        if !useful.isEmpty {
            let offsets = Int(useful.lowerBound - position)..<Int(useful.upperBound - position)
            try sink(UnsafeRawBufferPointer(rebasing: bytes[offsets]))
        }
        position = end
        if position > wanted.upperBound { throw Complete() }
    }
}
