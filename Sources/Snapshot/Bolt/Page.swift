/// A page with keys, and the pages that run on from it: a leaf with pairs, or a branch with other pages.
///
/// Layout after bbolt v1.3.3 `page.go`: a header of 16 bytes (id u64, flags u16, count u16, overflow u32), the elements
/// of 16 bytes each, then keys and values. Nothing in it is believed: each access is checked against what there is.
package struct Page: Sendable {
    package static let headerByteCount = 16
    private static let elementByteCount = 16

    package enum Kind: UInt16 {
        case branch = 0x01
        case leaf = 0x02
        case meta = 0x04
        case freelist = 0x10
    }

    /// What a page says of itself before its elements.
    package struct Header {
        package var id: UInt64
        package var flags: UInt16
        package var count: Int
        /// How many pages run on from it, without a header of their own.
        package var overflow: UInt64

        package init(id: UInt64, flags: UInt16, count: Int, overflow: UInt64) {
            self.id = id
            self.flags = flags
            self.count = count
            self.overflow = overflow
        }

        /// - Parameter bytes: 16 of them or more.
        package init(_ bytes: PageBytes) {
            id = bytes.littleEndian(UInt64.self, at: 0)
            flags = bytes.littleEndian(UInt16.self, at: 8)
            count = Int(bytes.littleEndian(UInt16.self, at: 10))
            overflow = UInt64(bytes.littleEndian(UInt32.self, at: 12))
        }
    }

    /// Where it is; of a page that stands within a value, that of the page with the value.
    package let id: UInt64
    package let kind: Kind
    /// How many elements it has.
    package let count: Int
    /// All of it, with its header.
    package let bytes: PageBytes

    /// - Throws: `SnapshotReadingError` where it is neither a leaf nor a branch, or its elements don't fit in.
    package init(_ bytes: PageBytes, id: UInt64) throws(SnapshotReadingError) {
        guard bytes.count >= Self.headerByteCount else {
            throw .damaged(page: id, "it has only \(bytes.count) bytes, and its header takes 16")
        }
        let header = Header(bytes)
        guard let kind = Kind(rawValue: header.flags), kind == .leaf || kind == .branch else {
            throw .damaged(page: id, offset: 8, "it is neither a leaf nor a branch (flags \(header.flags))")
        }
        guard Self.headerByteCount + header.count * Self.elementByteCount <= bytes.count else {
            throw .damaged(page: id, offset: 10, "its \(header.count) elements don't fit into it")
        }
        self.id = id
        self.kind = kind
        self.count = header.count
        self.bytes = bytes
    }

    private init(copying page: Page) {
        id = page.id
        kind = page.kind
        count = page.count
        bytes = PageBytes(page.bytes.array)
    }

    /// The same in memory of its own, for who holds it longer than what was read with it.
    var copy: Page { Page(copying: self) }

    // MARK: - Elements

    /// A pair, or a bucket with its name.
    package struct LeafElement: Sendable {
        package var isBucket: Bool
        package var key: Range<Int>
        package var value: Range<Int>
    }

    /// Another page, and the first key in it.
    package struct BranchElement: Sendable {
        package var key: Range<Int>
        package var child: UInt64
    }

    /// Where an element begins.
    package static func elementOffset(_ index: Int) -> Int { headerByteCount + index * elementByteCount }

    /// An element of a leaf: flags u32, pos u32, ksize u32, vsize u32; `pos` counts from the element's own start.
    package func leafElement(_ index: Int) throws(SnapshotReadingError) -> LeafElement {
        let offset = Self.elementOffset(index)
        let flags = bytes.littleEndian(UInt32.self, at: offset)
        guard flags <= 1 else { throw .damaged(page: id, offset: offset, "an element has the flags \(flags)") }
        let key = try range(
            at: offset,
            position: bytes.littleEndian(UInt32.self, at: offset + 4),
            byteCount: bytes.littleEndian(UInt32.self, at: offset + 8),
            of: "key"
        )
        let valueByteCount = Int(bytes.littleEndian(UInt32.self, at: offset + 12))
        guard valueByteCount <= bytes.count - key.upperBound else {
            throw .damaged(page: id, offset: offset, "a value of \(valueByteCount) bytes ends behind the page")
        }
        return LeafElement(isBucket: flags == 1, key: key, value: key.upperBound..<key.upperBound + valueByteCount)
    }

    /// All elements of a leaf, none of which shares bytes with another one.
    package func leafElements() throws(SnapshotReadingError) -> [LeafElement] {
        var placement = ElementPlacement()
        var elements: [LeafElement] = []
        elements.reserveCapacity(count)
        for index in 0..<count {
            let element = try leafElement(index)
            try placement.take(self, element.key.lowerBound..<element.value.upperBound, at: index)
            elements.append(element)
        }
        return elements
    }

    /// An element of a branch: pos u32, ksize u32, child u64.
    package func branchElement(_ index: Int) throws(SnapshotReadingError) -> BranchElement {
        let offset = Self.elementOffset(index)
        let key = try range(
            at: offset,
            position: bytes.littleEndian(UInt32.self, at: offset),
            byteCount: bytes.littleEndian(UInt32.self, at: offset + 4),
            of: "key"
        )
        return BranchElement(key: key, child: bytes.littleEndian(UInt64.self, at: offset + 8))
    }

    private func range(
        at offset: Int,
        position: UInt32,
        byteCount: UInt32,
        of what: String
    ) throws(SnapshotReadingError) -> Range<Int> {
        let start = offset + Int(position)
        guard start >= Self.headerByteCount + count * Self.elementByteCount else {
            throw .damaged(page: id, offset: offset, "a \(what) begins among the elements")
        }
        guard start <= bytes.count, Int(byteCount) <= bytes.count - start else {
            throw .damaged(page: id, offset: offset, "a \(what) of \(byteCount) bytes ends behind the page")
        }
        return start..<start + Int(byteCount)
    }
}
