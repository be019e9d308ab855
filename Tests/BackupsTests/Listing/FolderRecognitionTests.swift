import Codecs
import Layouts
import Testing

@testable import Backups

/// What the folders of a place show, when its own names show nothing.
@Suite("A place whose folders have the backups")
struct FolderRecognitionTests {
    private let choice: LayoutChoice

    init() throws { choice = try LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)) }

    private func source(
        _ keys: some Sequence<String>,
        in folder: String = "",
        path: [String] = [],
        _ habits: SimulatedStore.Habits = SimulatedStore.Habits()
    ) async throws -> (source: StoreSource, place: PlacedLayout, store: SimulatedStore) {
        let store = SimulatedStore(KeyList(keys), habits)
        return try await store.run { [choice] simulated in
            let place = try await choice.place(in: folder, path: path, of: simulated.store)
            let source = StoreSource(location: "a bucket", shortName: "s3", store: simulated.store, place: place)
            return (source, place, store)
        }
    }

    /// The clusters, and the names of the backups of each.
    private func backups(_ keys: [String], path: [String] = [], folder: String = "") async throws -> [String: [String]]
    {
        let (source, _, store) = try await source(keys, in: folder, path: path)
        return try await store.run { _ in
            var found: [String: [String]] = [:]
            let clusters: [ClusterName?] = source.namesClusters ? try await source.clusters().clusters : [nil]
            for cluster in clusters {
                let listing = try await source.backups(of: cluster, .all)
                found[cluster?.description ?? ""] = listing.backups.map(\.name)
            }
            return found
        }
    }

    private static let kops = "backups/etcd/main/2026-01-31T08:15:00Z-000001/"
    private static let uuid = "01234567-89ab-cdef-0123-456789abcdef"

    @Test("has a cluster of each folder, also of those that are not looked into, in 50 requests and its first page")
    func manyFolders() async throws {
        let names = (100..<160).map { "c\($0)" }
        let files = names.flatMap { name in ["etcd.backup.gz", "_etcd_backup.meta"].map { "\(name)/\(Self.kops)\($0)" }
        }
        let (source, place, store) = try await source(files)
        #expect(place.layout.name == "kops" && place.roots.count == 60)
        #expect(store.requestCount <= 51)
        let clusters = try await store.run { _ in try await source.clusters().clusters }
        #expect(clusters == names.map { ClusterName("main", namespace: $0) })
    }

    @Test("has no cluster of a folder that was not looked into and is empty")
    func assumedFolders() async throws {
        let names = (100..<150).map { "c\($0)" }
        let files = names.map { "\($0)/etcd-snapshot-n1-1769847300" } + ["logs/a.txt"]
        let (source, _, store) = try await source(files)
        let clusters = try await store.run { _ in try await source.clusters().clusters }
        #expect(clusters == names.map { ClusterName($0) })
    }

    @Test("names the folders that it did not look into, where few have backups")
    func unseenFolders() async throws {
        let files = ["a/etcd-snapshot-n1-1769847300"] + (100..<150).map { "log\($0)/x.txt" }
        let (source, _, store) = try await source(files)
        guard
            case .clusters(let listing, layout: "k3s", let only?) = try await store.run({ _ in
                try await source.overview()
            })
        else {
            Issue.record("it is another layout")
            return
        }
        #expect(listing.clusters == [ClusterName("a")] && listing.ignored.count == 50)
        #expect(only.backups.count == 1)
        let unseen = listing.ignored.filter { $0.reason == "it was not looked into: too many folders are here" }
        #expect(unseen.count == 11)
        // What was looked into in vain is named, too: there may be backups deeper in it.
        #expect(Set(listing.ignored.map(\.reason)).contains("no layout was recognised in it: to look deeper, name it"))
    }

    @Test(
        "has a cluster called as its only folder with backups, unless that is called so everywhere, or names say clusters",
        arguments: [
            ("prod/etcd-snapshot-n1-1769847300", [ClusterName("prod")]),
            ("prod/v2/Full-00000000-00000009-1769847300", [ClusterName("prod")]),
            ("snapshots/etcd-snapshot-n1-1769847300", []), ("prod/c-2026-01-31T08:15:00Z.snap", [ClusterName("c")]),
            ("prod/etcd-2026-05-01.db", []),
        ]
    )
    func onlyFolder(key: String, clusters: [ClusterName]) async throws {
        let (source, _, store) = try await source([key, "x.txt"])
        let found = try await store.run { _ in try await source.clusters().clusters }
        #expect(found == clusters)
    }

    @Test(
        "is not taken for a layout by the mere name of a folder",
        arguments: [
            ["etcd-2026-05-01.db", "backup-old/notes.txt"], ["etcd.db", "\(uuid)/notes.txt"],
            ["etcd.db", "events/a.txt", "main/a.txt"], ["etcd.db", "timer/a.txt"], ["backups/etcd/a.db", "etcd.db"],
        ]
    )
    func folderNames(keys: [String]) async throws {
        #expect(try await source(keys).place.layout.name == "plain")
    }

    @Test(
        "has the layout that the names of folders suggest, if what is in one confirms it",
        arguments: [
            (["backup-old/snapshot_2026-01-31_081500.db", "x.db"], "openshift"),
            (["\(uuid)/FFFFFFFF968245FC.snapshot", "x.db"], "omni"),
            (["events/a", "main/2026-01-31T08:15:00Z-000001/etcd.backup.gz", "x.db"], "kops"),
        ]
    )
    func likelyFolders(keys: [String], layout: String) async throws {
        let (_, place, store) = try await source(keys)
        #expect(place.layout.name == layout && place.roots.map(\.folder) == [""])
        #expect(store.requestCount <= 1 + 3)
    }

    @Test("has all folders of a layout, however sure each is")
    func certainty() async throws {
        let found = try await backups(["a/etcd-snapshot-n1-1769847300", "b/nightly-n2-1769847300"])
        #expect(found == ["a": ["etcd-snapshot-n1-1769847300"], "b": ["nightly-n2-1769847300"]])
        await #expect(throws: LayoutError.self) {
            try await source(["a/etcd-snapshot-n1-1769847300", "b/1769847300.db"])
        }
    }

    @Test(
        "that lies deeper is named",
        arguments: [
            (
                "a.example.com/backups/etcd/main/2026-01-31T08:15:00Z-000001/etcd.backup.gz",
                "a.example.com/",
            ),
            ("x/y/etcd-snapshot-n1-1769847300", "x/y/"),
        ]
    )
    func deeper(key: String, folder: String) async throws {
        let error = await #expect(throws: LayoutError.self) { try await source(["x/" + key, "z/readme.txt"]) }
        #expect(error?.description.hasSuffix("lie deeper, in x/\(folder)") == true, "\(error.debugDescription)")
        #expect(error?.isOfEmptyPlace == false)
    }

    @Test("that is another program's is named, with what it is")
    func foreign() async throws {
        let error = await #expect(throws: LayoutError.self) { try await source(["backups/nightly/velero-backup.json"]) }
        #expect(error?.description.contains("backups/nightly/ is a backup of Velero") == true)
    }

    @Test("that is too deep, or empty, is not named")
    func tooDeep() async throws {
        for key in ["a/b/c/d/e/etcd-snapshot-n1-1769847300", "a/b/readme.txt"] {
            let error = await #expect(throws: LayoutError.self) { try await source([key]) }
            #expect(error?.description.hasSuffix("no known layout fits its names, such as a/") == true)
        }
    }

    @Test("is the cluster where names that could say one say none")
    func unnamedClusters() async throws {
        let name = "2026-01-31T08:15:00Z_etcd.zip"
        #expect(try await backups(["dev/\(name)", "prod/\(name)"]) == ["dev": [name], "prod": [name]])
        let named = "c-abcde-rl-x1y2z_2026-01-31T08:15:00Z.zip"
        let found = try await backups(["dev/\(named)", "prod/\(name)"])
        #expect(found == ["dev/c-abcde": [named], "prod": [name]])
    }

    @Test("is no namespace of the cluster that is called as it")
    func sameName() async throws {
        let names = ["a", "b"].map { "\($0)/\($0)-2026-01-31T08:15:00Z.snap" }
        #expect(
            try await backups(names) == ["a": ["a-2026-01-31T08:15:00Z.snap"], "b": ["b-2026-01-31T08:15:00Z.snap"]]
        )
    }

    @Test("may lie below a slash", arguments: ["", "/"])
    func leadingSlash(folder: String) async throws {
        let found = try await backups(["/backups/kamaji-etcd_20260131081500.db"], folder: folder)
        #expect(found == ["kamaji-etcd": ["kamaji-etcd_20260131081500.db"]])
    }

    @Test("has KubeKey's timer and installs as one cluster's", arguments: ["", "timer/"])
    func groups(folder: String) async throws {
        let keys = [
            "timer/etcd-2026-01-31-08-15-00/snapshot.db", "install/etcd-v3.5.13-2026-02-01-08-15-00/snapshot.db",
        ]
        let found = try await backups(keys, path: folder.isEmpty ? [] : ["timer"], folder: folder)
        #expect(found.keys.sorted() == [""] && found[""]?.count == (folder.isEmpty ? 2 : 1))
    }

    @Test("is read in full where the server lists its folders in no order")
    func unsorted() async throws {
        let keys = ["05-03", "04-01", "05-02"].flatMap { day in
            ["etcd.backup.gz", "_etcd_backup.meta"].map { "backups/etcd/main/2026-\(day)T08:15:00Z-000001/\($0)" }
        }
        var habits = SimulatedStore.Habits()
        habits.isUnsorted = true
        let (source, _, store) = try await source(keys, habits)
        let listing = try await store.run { _ in try await source.backups(of: ClusterName("main"), .all) }
        #expect(listing.backups.count == 3 && listing.ignored.isEmpty)
    }
}
