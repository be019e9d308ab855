import Backups
import Codecs
import Layouts
import TestSupport
import Testing

@testable import DirectoryStore

@Suite("A volume in a closed world")
struct VolumeInWorldTests {
    private let folder: TemporaryFolder
    private let outside: BackupVolume
    private let world: ClosedWorld

    init() throws {
        folder = try TemporaryFolder()
        try folder.write([1], to: "volume/v1/foo/3.4.23_0000000000000005_etcd.backup")
        try folder.write([1], to: "disk/var/etcd-backup/v1/foo/3.4.23_0000000000000006_etcd.backup")
        outside = try BackupVolume()
        try outside.add(7)
        try folder.link("volume-link", to: folder.path("volume"))
        try folder.link("way-out", to: outside.path)
        try folder.makeFolder("empty")
        world = ClosedWorld(
            name: "service-gone",
            folder: try DirectoryStore.resolved(folder.path),
            folders: ["/var/etcd-backup": folder.path("volume"), "/mnt": folder.path("disk")],
            home: folder.path("home")
        )
    }

    private func source(at path: String, in world: ClosedWorld? = nil) async throws -> StoreSource {
        let layouts = LayoutRegistry.all(CodecRegistry.encodings)
        return try await Volume.source(at: path, LayoutChoice(of: layouts), in: world ?? self.world)
    }

    @Test(
        "goes by the name that was typed, and lies elsewhere",
        arguments: [
            ("/var/etcd-backup", 5), ("/var/etcd-backup/", 5), ("/var/etcd-backup/v1", 5), ("/mnt", 6),
            ("/mnt/var/etcd-backup", 6),
        ] as [(String, Int64)]
    )
    func named(path: String, revision: Int64) async throws {
        let source = try await source(at: path)
        #expect(try await source.backups(of: ClusterName("foo")).backups.map(\.revision?.value) == [revision])
        #expect(source.location.contains(path.hasSuffix("/") ? "/var/etcd-backup" : path))
        #expect(!source.location.contains(folder.path))
    }

    @Test("may be any folder of the world, also by a link")
    func within() async throws {
        for name in ["volume", "volume-link", "volume/v1", "disk"] {
            #expect(try await !source(at: folder.path(name)).clusters().clusters.isEmpty)
        }
    }

    @Test("is no folder of this machine, whether it is there or not, and whichever way leads to it")
    func outOfIt() async throws {
        let paths = [
            outside.path, outside.folder.path("v1"), folder.path("way-out"), folder.path("way-out/v1"), "/",
            "/nothing/at/all", "/mnt/../etc", folder.path("volume") + "/../..",
        ]
        for path in paths {
            await #expect(throws: ClosedWorldError(.reach, path, in: world), "\(path)") { try await source(at: path) }
        }
        try folder.makeFolder("root/var")
        try folder.link("root/var/etcd-backup", to: outside.path)
        await #expect(throws: ClosedWorldError.self) { try await source(at: folder.path("root")) }
    }

    @Test("is missing as on any machine where the world has none, or where a folder is not there")
    func missing() async throws {
        var world = world
        world.folders = [:]
        let reason = "no such file or directory"
        for path in ["/var/etcd-backup", "/var/etcd-backup/v1"] {
            await #expect(throws: VolumeError.unusable(path: path, reason: reason)) {
                try await source(at: path, in: world)
            }
        }
        for path in ["/mnt/nothing", folder.path("nothing")] {
            await #expect(throws: VolumeError.unusable(path: path, reason: reason)) { try await source(at: path) }
        }
        let empty = folder.path("empty")
        await #expect(throws: LayoutError.self) { try await source(at: empty) }
    }

    @Test("is the default of the source's declaration, too")
    func declaration() async throws {
        let declaration = Volume.declaration(layouts: LayoutRegistry.all(CodecRegistry.encodings))
        var context = SourceContext(environment: [:], home: nil) { _ in }
        context.world = world
        let source = try await declaration.connect(SettingValues(), context)
        #expect(source.location == "volume /var/etcd-backup")
    }
}
