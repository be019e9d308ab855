import Snapshot

/// Proves that a rewritten database holds the records of the image it was made of, and at most one more at their end.
///
/// Nothing is written over the pages of an image (`DatabasePatch`), so that a page of both holds the same. Only the
/// pages on the way to the last record are compared: all others are the same because their numbers are.
struct SameRecords {
    private let before: BucketCursor
    private let after: BucketCursor

    /// - Throws: `RestoreError.noBucket`, `SnapshotReadingError`.
    init(_ before: SnapshotImage, _ after: SnapshotImage) throws {
        guard let before = try BucketCursor(image: before, bucket: "key"),
            let after = try BucketCursor(image: after, bucket: "key")
        else { throw RestoreError.noBucket("key") }
        self.before = before
        self.after = after
    }

    /// - Parameter revision: Of the record that was added, if one was.
    /// - Throws: `RestoreError.otherKeys` where anything else differs; `SnapshotReadingError`.
    func check(added revision: Int64?) throws {
        if revision == nil, case .page(let old) = before.bucket.root, case .page(let new) = after.bucket.root,
            old == new
        {
            return
        }
        let (oldPath, newPath) = (try before.pathToLast(), try after.pathToLast())
        guard oldPath.count == newPath.count, let oldLeaf = oldPath.last, let newLeaf = newPath.last else {
            throw RestoreError.otherKeys
        }
        for (old, new) in zip(oldPath.dropLast(), newPath.dropLast()) {
            let (oldElements, newElements) = (try Self.elements(old), try Self.elements(new))
            guard oldElements.count == newElements.count, oldElements.dropLast() == newElements.dropLast(),
                oldElements.last?.key == newElements.last?.key
            else { throw RestoreError.otherKeys }
        }
        var expected = try Self.pairs(oldLeaf)
        if let revision { expected.append(LeafPage.Pair(key: RevisionKey(main: revision).bytes, value: [])) }
        guard try Self.pairs(newLeaf) == expected else { throw RestoreError.otherKeys }
    }

    private struct Element: Equatable {
        var key: ArraySlice<UInt8>
        var child: UInt64
    }

    private static func elements(_ branch: Page) throws -> [Element] {
        try (0..<branch.count).map { index in
            let element = try branch.branchElement(index)
            return Element(key: branch.bytes[element.key], child: element.child)
        }
    }

    private static func pairs(_ leaf: Page) throws -> [LeafPage.Pair] {
        try leaf.leafElements().map { element in
            LeafPage.Pair(
                key: Array(leaf.bytes[element.key]),
                value: Array(leaf.bytes[element.value]),
                isBucket: element.isBucket
            )
        }
    }
}
