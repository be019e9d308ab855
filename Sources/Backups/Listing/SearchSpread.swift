import Glibc

/// Pages that begin here and there in one range of revisions.
struct SearchSpread {
    let range: UnseenRange
    let keys: BackupKeys
    /// How many names a page of the server has.
    let capacity: Int

    /// How many names are asked for where it only matters whether there are any.
    private static let shortLimit = 20
    /// How much closer whole pages begin than they should reach, for names stand denser here and there.
    private static let overlap = 1.5
    /// How far revisions are likely to go where nothing is known of it.
    private static let likelyRevision: Int64 = 1 << 44

    /// How many pages there may be from a revision up, one or more.
    func pages(above floor: Int64) -> Double { max(span(above: floor) / pageSpan, 1) }

    /// Pages to find the highest name with: whole ones where they are likely to reach over the range.
    func search(above floor: Int64, pages: Double, count: Int) -> [PageRequest] {
        if pages * Self.overlap <= Double(max(count, 2)) { return read(above: floor, pages: pages, count: count) }
        let limit = range.density?.isBarren == true ? nil : Self.shortLimit
        let span = span(above: floor)
        guard range.high == .max else {
            // Half of them from end to end. Names may stand close together and then be few for long: so the other half
            // lies before the first of these, from a page's width on, each so many times as far away as the last.
            let near = count / 2
            let cell = span / Double(count - near + 1)
            let times = pow(max(cell / pageSpan, 1), 1 / Double(max(near, 1)))
            let offsets =
                (0..<near).map { pageSpan * pow(times, Double($0)) }
                + (1...count - near).map { cell * Double($0) }
            return requests(above: floor, at: offsets, limit: limit)
        }
        // Nothing is known of the end: each page begins so many times as far away as the one before.
        let low = max(range.low, floor)
        let distance = low < Self.likelyRevision / 16 ? min(span, Double(Self.likelyRevision)) : span
        let times = pow(max(distance / pageSpan, 1), 1 / Double(count))
        let steps = range.density == nil ? 0..<count : 1..<count + 1
        return requests(above: floor, at: steps.map { $0 == 0 ? 0 : pageSpan * pow(times, Double($0)) }, limit: limit)
    }

    /// Whole pages that follow each other, from the lowest.
    func read(above floor: Int64, pages: Double, count: Int) -> [PageRequest] {
        let number = Int(min(Double(count), (pages * Self.overlap).rounded(.up)))
        let offsets = (0..<max(number, 1)).map { pageSpan * Double($0) / Self.overlap }
        return requests(above: floor, at: offsets, limit: nil)
    }

    /// The key after which the range begins, or a text from which a revision in it does.
    func start(at revision: Int64) -> String {
        revision > range.low ? keys.start(of: range.group, at: revision) : range.after
    }

    private var pageSpan: Double { max((range.density?.numbersPerName ?? 1) * Double(capacity), 1) }

    private func span(above floor: Int64) -> Double { Double(range.high - max(range.low, floor)) }

    /// Pages at distances from the lowest revision, without equal ones; always one or more.
    private func requests(above floor: Int64, at offsets: [Double], limit: Int?) -> [PageRequest] {
        let low = max(range.low, floor)
        var revisions: [Int64] = []
        for offset in offsets where offset < 0x1p63 {
            let (revision, isOver) = low.addingReportingOverflow(Int64(offset))
            if !isOver, revision <= range.high, revision > revisions.last ?? -1 { revisions.append(revision) }
        }
        if revisions.isEmpty { revisions = [low] }
        return revisions.map { PageRequest(after: start(at: $0), limit: $0 == low ? nil : limit) }
    }
}
