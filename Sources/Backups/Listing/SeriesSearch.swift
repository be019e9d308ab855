import FoundationEssentials
import Text

/// Finds the newest backups of each series of names in a few of a listing's pages.
///
/// Pages are read from the first name on. Where one ends within a series, the search looks for the end of that series
/// from its last time on, as densely as its names stood so far: the page that leaves the series shows what follows it.
/// A bad guess costs a page and never makes the answer a wrong one, for the newest names are read without a gap.
///
/// What is passed over are names within a series: of the same node or, which no name rules out, of one that is called
/// as that node is with a number behind it that sorts among those times: `n-1-17` of `n-1`.
struct SeriesSearch {
    private let folder: ClusterFolder
    private let layout: any TimedSeries
    /// How many are wanted of each series.
    private let count: Int
    private let now: Int64
    private var names = ListingAccumulator()
    private var isComplete = true

    /// How many names a page has, for a guess.
    private static let pageNameCount: Int64 = 1000

    init(_ folder: ClusterFolder, _ layout: any TimedSeries, count: Int, now: Date = Date()) {
        self.folder = folder
        self.layout = layout
        self.count = count
        self.now = Int64(now.timeIntervalSince1970)
    }

    /// - Throws: `UnsortedListing`, and what the store throws.
    mutating func run() async throws -> BackupListing {
        var page = try await read(after: "")
        while !page.isLast, let last = page.page.entries.last?.key {
            if let series = series(of: last), let span = Span(of: series, on: page.page, self) {
                page = try await pageAtEnd(of: series, span)
            } else {
                page = try await read(after: last)
            }
        }
        return BackupListing(
            backups: Array(names.backups.values),
            ignored: names.ignored,
            deltas: Array(names.deltas),
            order: folder.layout.order,
            isComplete: isComplete
        )
    }

    /// The part of a series that a page shows, by times in seconds.
    private struct Span {
        var last: Int64
        var secondsPerName: Int64

        init?(of series: String, on page: ListPage, _ search: SeriesSearch) {
            let times = page.entries.compactMap { search.time(of: $0.key, in: series) }
            guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
            self.last = last
            secondsPerName = max(1, (last - first) / Int64(times.count - 1))
        }
    }

    /// Reads a series from its end back, until enough is known of it.
    ///
    /// - Returns: The page that leaves the series.
    private mutating func pageAtEnd(of series: String, _ span: Span) async throws -> SortedPage {
        var ends = Ends(bottom: span.last)
        var leaving: SortedPage?
        var tryCount: Int64 = 0
        while true {
            // Four times as far back with each try: nothing may have been written for long.
            let nameCount = max(Int64(count - ends.foundCount) * 2, Self.pageNameCount / 2) << (2 * tryCount)
            let end = min(ends.high, max(now, ends.low))
            let (seconds, isBeyond) = nameCount.multipliedReportingOverflow(by: span.secondsPerName)
            let start = max(ends.low, end - (isBeyond ? end : min(end, seconds)))
            let page = try await read(after: "\(folder.prefix)\(series)\(start)")
            let times = page.page.entries.compactMap { time(of: $0.key, in: series) }
            let hasLeft = page.isLast || page.page.entries.last.map { self.series(of: $0.key) != series } ?? true
            if leaving == nil, hasLeft { leaving = page }
            let joins = ends.add(times, from: start, reachesEnd: hasLeft)
            tryCount = joins ? min(tryCount + 1, 10) : 0
            guard let leaving, ends.foundCount >= count || ends.high <= ends.bottom else { continue }
            if ends.high > ends.bottom { isComplete = false }
            return leaving
        }
    }

    /// What is read of a series, by times in seconds: all up to `bottom`, all from `high` on, and perhaps a piece
    /// between.
    private struct Ends {
        var bottom: Int64
        private(set) var high = Int64.max
        private var piece: (start: Int64, last: Int64, count: Int)?
        /// How many names there are from `high` on.
        private(set) var foundCount = 0

        init(bottom: Int64) {
            self.bottom = bottom
        }

        /// Where reading forward goes on.
        var low: Int64 { piece?.last ?? bottom }

        /// - Returns: Whether the times reach what is read from the end.
        mutating func add(_ times: [Int64], from start: Int64, reachesEnd: Bool) -> Bool {
            let last = times.last ?? start
            guard reachesEnd || last >= high else {
                if start > low {
                    piece = (start, last, times.count)
                } else if let before = piece {
                    piece = (before.start, last, before.count + times.count)
                } else {
                    bottom = last
                }
                return false
            }
            foundCount += times.count { $0 < high }
            high = start
            if let before = piece, start <= before.last {
                foundCount += before.count
                (high, piece) = (before.start, nil)
            }
            return true
        }
    }

    private mutating func read(after key: String) async throws -> SortedPage {
        try Task.checkCancellation()
        let page = try await folder.page(after: key)
        names.add(try folder.reading(page.page))
        return page
    }

    private func series(of key: String) -> String? { layout.series(of: key.afterBytes(of: folder.prefix)) }

    private func time(of key: String, in series: String) -> Int64? {
        let name = key.afterBytes(of: folder.prefix)
        guard layout.series(of: name)?.hasSameBytes(as: series) == true else { return nil }
        return Int64(Substring(name.utf8.dropFirst(series.utf8.count).prefix(while: \.isASCIIDigit)))
    }
}
