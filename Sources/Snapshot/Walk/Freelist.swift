/// The list of pages that nothing is in, as etcd before 3.3 kept it (bbolt v1.3.3 `freelist.go`).
enum Freelist {
    /// Checks that each page of the image is either part of a tree or in the list, where there is one.
    ///
    /// - Parameter walk: Through all the trees, at its end.
    static func check(
        _ image: SnapshotImage,
        _ walk: inout TreeWalk,
        _ report: (SnapshotDamage) throws -> Void
    ) throws {
        guard let page = image.meta.freelistPage, let bytes = try walk.takeExtent(page) else { return }
        func damage(_ offset: Int, _ problem: String) throws {
            try report(SnapshotDamage(page: page, offset: offset, problem))
        }
        let header = Page.Header(bytes)
        guard header.flags == Page.Kind.freelist.rawValue else {
            try damage(8, "the flags of a freelist are expected, 16, and they are \(header.flags)")
            return
        }
        var start = Page.headerByteCount
        var count = UInt64(header.count)
        // More than the header can tell: the first entry is the count.
        if count == 0xFFFF {
            count = bytes.littleEndian(UInt64.self, at: start)
            start += 8
        }
        guard count <= UInt64((bytes.count - start) / 8) else {
            try damage(start, "its \(count) entries don't fit into it")
            return
        }
        var freed = PageMap(pageCount: image.meta.pageCount)
        for index in 0..<Int(count) {
            let offset = start + index * 8
            let id = bytes.littleEndian(UInt64.self, at: offset)
            if id < 2 || id >= image.meta.pageCount {
                try damage(offset, "page \(id) can't be free: the image has the pages 2 to \(image.meta.pageCount - 1)")
            } else if !freed.insert(id) {
                try damage(offset, "page \(id) is in the list twice")
            } else if walk.reached.contains(id) {
                try damage(offset, "page \(id) is in the list of free pages, and in use")
            }
        }
        for id in 2..<image.meta.pageCount where !walk.reached.contains(id) && !freed.contains(id) {
            try report(SnapshotDamage(page: id, "it is neither in use nor in the list of free pages"))
        }
    }
}
