import Backups
import Foundation
import Snapshot
import TestSupport
import Testing

@testable import Drills

@Suite("What the program carries for its drills")
struct CatalogTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/CCatalog").standardized

    private static func names(in folder: String, ending: String) throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: folder).path)
        return Set(files.map { $0.hasSuffix(ending) ? String($0.dropLast(ending.count)) : $0 })
    }

    // MARK: - Snapshots

    @Test("is every file of a snapshot, byte for byte")
    func snapshots() throws {
        #expect(try Self.names(in: "snapshots", ending: ".db.gz") == Set(Catalog.snapshots.map(\.name)))
        for snapshot in Catalog.snapshots {
            let file = Self.folder.appending(path: "snapshots/\(snapshot.name).db.gz")
            #expect(try Data(contentsOf: file) == Data(snapshot.packed))
        }
    }

    @Test("is small, and has a dozen moments that are told apart by their revisions")
    func weight() {
        #expect(Catalog.snapshots.reduce(0) { $0 + $1.packed.count } < 80_000)
        #expect(Set(Catalog.snapshots.map(\.revision)).count >= 12)
        #expect(
            Catalog.snapshots.filter(\.isOrdinary).map(\.revision)
                == Catalog.snapshots.filter(\.isOrdinary).map(\.revision).sorted()
        )
    }

    @Test("is sound, and of the version and the revision that are said", arguments: Catalog.snapshots.map(\.name))
    func facts(name: String) async throws {
        let snapshot = try #require(Catalog.snapshot(named: name))
        let folder = try TemporaryFolder()
        let result = try await folder.snapshot(snapshot).verify()
        let contents = try #require(result.contents)
        #expect(result.verdict == .sound)
        #expect(contents.revision == snapshot.revision)
        #expect(contents.clusterVersion == "\(snapshot.etcdVersion.major).\(snapshot.etcdVersion.minor).0")
        #expect((contents.writer == .upTo34) == (snapshot.etcdVersion.minor == 4))
        #expect(contents.members.count == (name.hasPrefix("three-") ? 3 : 1))
    }

    @Test(
        "has keys that tell the moments apart",
        arguments: [
            ("shop-sunday", "/shop/orders/1008", "/shop/orders/1009"),
            ("shop-monday", "/shop/orders/1018", "/shop/orders/1019"),
            ("shop-tuesday", "/shop/orders/1028", "/shop/orders/1029"),
            ("shop-wednesday", "/shop/orders/1041", "/shop/orders/1042"),
            ("shop-wednesday-noon", "/shop/orders/1046", "/shop/orders/1047"),
            ("shop-thursday", "/shop/orders/1055", "/shop/orders/1056"),
            ("shop-upgraded", "/shop/config/schema", "/shop/config/checkout"),
            ("shop-upgraded-early", "/shop/config/schema", "/shop/orders/1056"),
            ("shop-35", "/shop/orders/1064", "/shop/config/schema"),
            ("new-cluster", "/shop/config/release", "/shop/orders/1001"),
            ("other-cluster", "/billing/orders/7130", "/shop/orders/1055"),
            ("other-cluster-early", "/billing/orders/7124", "/billing/orders/7125"),
            ("three-wednesday", "/shop/orders/1041", "/shop/orders/1042"),
            ("three-thursday", "/shop/orders/1055", "/shop/orders/1056"),
        ]
    )
    func moments(name: String, present: String, absent: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.snapshot(try #require(Catalog.snapshot(named: name)))
        let found = try await file.keys()
        let keys = Set((0..<found.count).map { String(decoding: found[$0].key, as: UTF8.self) })
        #expect(keys.contains(present) && !keys.contains(absent))
    }

    // MARK: - Drills

    @Test("is every file of a drill, byte for byte")
    func drills() throws {
        #expect(try Self.names(in: "drills", ending: ".yaml") == Set(Catalog.drills.map(\.name)))
        for drill in Catalog.drills {
            let file = Self.folder.appending(path: "drills/\(drill.name).yaml")
            #expect(try Data(contentsOf: file) == Data(drill.bytes))
        }
        #expect(Catalog.drills.count >= 13)
    }

    @Test(
        "is drills in the right form, each short to read and with its mistakes, hints and debrief",
        arguments: Catalog.drills.map(\.name)
    )
    func form(name: String) throws {
        let carried = try #require(Catalog.drills.first { $0.name == name })
        let read = DrillReader.read(carried.bytes)
        #expect(read.findings.isEmpty)
        let drill = try #require(read.drill)
        #expect(drill.name == name)
        #expect(drill.story.count <= 10)
        #expect(drill.mistakes.count >= 2)
        #expect((3...4).contains(drill.hints.count))
        #expect((3...6).contains(drill.debrief.count))
        #expect(!drill.rightBackups.isEmpty)
    }

    @Test("is drills whose snapshots are carried, too", arguments: Catalog.drills.map(\.name))
    func contents(name: String) throws {
        let carried = try #require(Catalog.drills.first { $0.name == name })
        let drill = try #require(DrillReader.read(carried.bytes).drill)
        let used = drill.world.clusters.flatMap(\.backups).map(\.content)
        #expect(!used.isEmpty && used.allSatisfy { Catalog.snapshot(named: $0) != nil })
    }
}

extension TemporaryFolder {
    fileprivate func snapshot(_ snapshot: CarriedSnapshot) throws -> SnapshotFile {
        let file = URL(filePath: "\(path)/\(snapshot.name).db")
        try Data(try snapshot.bytes()).write(to: file)
        return try SnapshotFile(path: file.path)
    }
}
