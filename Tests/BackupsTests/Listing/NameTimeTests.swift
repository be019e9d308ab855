import FoundationEssentials
import Testing

@testable import Backups

@Suite struct NameTimeTests {
    /// A layout whose names are seconds since 1970.
    private struct DatedLayout: Layout {
        let name = "dated"
        let summary = "for a test"
        let order = BackupOrder.byTime
        let clusterNaming = ClusterNaming.none
        let landmarks: [String] = []
        let unfinishedFolder: String? = nil

        func match(_ folder: FolderView) -> LayoutMatch? { LayoutMatch(.certain) }
        func reasonAgainst(cluster: String) -> String? { nil }
        func name(of backup: ParsedBackup) -> String? { nil }
        func parse(_ name: String) -> ParsedName {
            .backup(ParsedBackup(time: Double(name).map(Date.init(timeIntervalSince1970:))))
        }
    }

    @Test func `a time in a name counts, and the store's own if the name has none`() throws {
        let place = PlacedLayout(DatedLayout(), folder: "")
        let folder = try #require(place.backupFolder(of: nil, in: SimulatedStore(KeyList([]))))
        let stored = Date(timeIntervalSince1970: 7)
        let page = ListPage(
            entries: ["300", "undated"].map { StoreEntry(key: $0, byteCount: 1, modified: stored, etag: "") }
        )
        let times = try folder.reading(page).backups.map { $0.modified }
        #expect(times == [Date(timeIntervalSince1970: 300), stored])
    }
}
