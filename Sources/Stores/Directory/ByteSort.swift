import Backups

/// Sorts by the bytes of keys, quickly where there are hundreds of thousands.
enum ByteSort {
    /// A key's first bytes, which settle most comparisons without a look at the key itself.
    private struct Place {
        var head: (UInt64, UInt64, UInt64, UInt64)
        var index: Int
    }

    /// - Parameter skippingByteCount: The length of the beginning that all keys share.
    static func sorted<Element>(
        _ elements: [Element],
        by key: KeyPath<Element, String>,
        skippingByteCount: Int
    ) -> [Element] {
        var places = elements.indices.map { index in
            Place(head: head(of: elements[index][keyPath: key], skippingByteCount), index: index)
        }
        places.sort { a, b in
            if a.head != b.head { return a.head < b.head }
            return elements[a.index][keyPath: key].precedesInBytes(elements[b.index][keyPath: key])
        }
        return places.map { elements[$0.index] }
    }

    /// 32 bytes as numbers that compare as they do; zeros where the key is shorter.
    private static func head(of key: String, _ skippedByteCount: Int) -> (UInt64, UInt64, UInt64, UInt64) {
        var bytes = key.utf8.dropFirst(skippedByteCount).makeIterator()
        func number() -> UInt64 {
            (0..<8).reduce(0) { number, _ in number << 8 | UInt64(bytes.next() ?? 0) }
        }
        return (number(), number(), number(), number())
    }
}
