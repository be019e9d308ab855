/// Reads the changes of keys in the order in which they were made; the first damage ends it.
struct RecordReader: Sendable {
    private var walk: TreeIterator
    private var leaf: Leaf?
    private var index = 0

    /// - Throws: `SnapshotReadingError`.
    init(_ image: SnapshotImage) throws {
        walk = TreeIterator(strictly: image)
        if let bucket = try BucketCursor(image: image, bucket: "key")?.bucket { try walk.begin(bucket) }
    }

    /// A change of a key, in the page that it stands in.
    struct Record {
        var page: Page
        var element: Page.LeafElement
        var revision: RevisionKey
        var keyValue: KeyValue

        var key: ArraySlice<UInt8> { page.bytes[keyValue.key] }
        var value: ArraySlice<UInt8> { page.bytes[keyValue.value] }
        /// Whether it is what a restore with a raised revision adds: a record of no key, whose revision alone counts.
        var isBumpMarker: Bool { element.value.isEmpty }
    }

    /// - Throws: `SnapshotReadingError`, `CancellationError`.
    mutating func next() throws -> Record? {
        while true {
            guard let leaf else {
                self.leaf = try walk.next()
                if self.leaf == nil { return nil }
                index = 0
                continue
            }
            guard index < leaf.elements.count else {
                self.leaf = nil
                continue
            }
            defer { index += 1 }
            return try Self.record(leaf.elements[index], of: leaf.page)
        }
    }

    static func record(_ element: Page.LeafElement, of page: Page) throws(SnapshotReadingError) -> Record {
        guard let revision = RevisionKey(page.bytes[element.key]) else {
            throw .damaged(page: page.id, offset: element.key.lowerBound, "it is no revision, as 'key' holds")
        }
        do throws(ProtobufReader.Malformed) {
            let keyValue = try KeyValue(page.bytes, in: element.value)
            return Record(page: page, element: element, revision: revision, keyValue: keyValue)
        } catch {
            throw .damaged(
                page: page.id,
                offset: element.value.lowerBound,
                "the record of revision \(revision.main) can't be read"
            )
        }
    }
}
