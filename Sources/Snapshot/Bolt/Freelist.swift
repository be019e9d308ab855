/// The list of pages that nothing is in, as etcd before 3.3 kept it (bbolt v1.3.3 `freelist.go`).
enum Freelist {
    /// What is wrong with the list: the first problem, and how many there are.
    struct Problems: Sendable {
        private(set) var first: SnapshotDamage?
        private(set) var count = 0

        fileprivate mutating func add(_ damage: @autoclosure () -> SnapshotDamage) {
            if first == nil { first = damage() }
            count += 1
        }
    }

    /// Checks that each page of the image is either part of a tree or in the list, where there is one.
    ///
    /// - Parameter walk: Through all the trees, at its end.
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    static func check(_ image: SnapshotImage, _ walk: inout TreeIterator) throws -> Problems {
        var problems = Problems()
        guard let page = image.meta.freelistPage else { return problems }
        let bytes: PageBytes
        do throws(SnapshotReadingError) {
            bytes = try walk.read(page)
        } catch {
            guard case .damaged(let damage) = error else { throw error }
            problems.add(damage)
            return problems
        }
        func damage(_ offset: Int, _ problem: String) -> SnapshotDamage {
            SnapshotDamage(page: page, offset: offset, problem)
        }
        let header = Page.Header(bytes)
        guard header.flags == Page.Kind.freelist.rawValue else {
            problems.add(damage(8, "the flags of a freelist are expected, 16, and they are \(header.flags)"))
            return problems
        }
        var start = Page.headerByteCount
        var count = UInt64(header.count)
        // More than the header can hold: the first entry is the count.
        if count == 0xFFFF {
            count = bytes.littleEndian(UInt64.self, at: start)
            start += 8
        }
        guard count <= UInt64((bytes.count - start) / 8) else {
            problems.add(damage(start, "its \(count) entries don't fit into it"))
            return problems
        }
        var freed = PageSet(pageCount: image.meta.pageCount)
        for index in 0..<Int(count) {
            let offset = start + index * 8
            let id = bytes.littleEndian(UInt64.self, at: offset)
            if id < 2 || id >= image.meta.pageCount {
                problems.add(
                    damage(offset, "page \(id) can't be free: the image has the pages 2 to \(image.meta.pageCount - 1)")
                )
            } else if !freed.insert(id) {
                problems.add(damage(offset, "page \(id) is in the list twice"))
            } else if walk.reached.contains(id) {
                problems.add(damage(offset, "page \(id) is in the list of free pages, and in use"))
            }
        }
        for id in 2..<image.meta.pageCount where !walk.reached.contains(id) && !freed.contains(id) {
            problems.add(SnapshotDamage(page: id, "it is neither in use nor in the list of free pages"))
        }
        return problems
    }
}
