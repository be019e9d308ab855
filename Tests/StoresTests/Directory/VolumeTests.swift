import Backups
import Codecs
import Layouts
import TestSupport
import Testing

@testable import DirectoryStore

@Suite("A volume")
struct VolumeTests {
    private func source(at path: String, layout name: String? = nil) async throws -> StoreSource {
        try await Volume.source(at: path, LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings), named: name))
    }

    @Test(
        "is found by its root, with or without a slash, by its v1 folder, and by the root of a machine's disk",
        arguments: ["var/etcd-backup", "var/etcd-backup/", "var/etcd-backup/v1", "var/etcd-backup/v1/", ""]
    )
    func places(name: String) async throws {
        let disk = try TemporaryFolder()
        try disk.write([1], to: "var/etcd-backup/v1/foo/3.4.23_0000000000000005_etcd.backup")
        let source = try await self.source(at: disk.path(name))
        #expect(try await source.clusters().clusters.map(\.name) == ["foo"])
        #expect(try await source.backups(of: ClusterName("foo")).backups.map(\.revision?.value) == [5])
    }

    @Test("of a layout that was named is found from the root of a machine's disk, and may be empty")
    func named() async throws {
        let disk = try TemporaryFolder()
        try disk.write([1], to: "var/etcd-backup/v1/foo/3.4.23_0000000000000005_etcd.backup")
        try disk.write([1], to: "var/lib/rancher/k3s/server/db/snapshots/etcd-snapshot-n1-1769847300")
        let error = await #expect(throws: LayoutError.self) { try await source(at: disk.path("")) }
        #expect(error?.description.contains("it has operator (in ") == true)
        let k3s = try await source(at: disk.path(""), layout: "k3s")
        #expect(try await k3s.backups(of: nil).backups.map(\.name) == ["etcd-snapshot-n1-1769847300"])
        let empty = try await source(at: disk.path("var/lib"), layout: "talos")
        #expect(try await empty.clusters().clusters.isEmpty)
    }

    @Test("says what is wrong with a folder that is none")
    func unusable() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        try folder.link("dangling", to: "nothing")
        try folder.makeFolder("empty")
        let reasons = [
            "nothing": "no such file or directory", "file": "not a directory",
            "dangling": "no such file or directory",
        ]
        for (name, reason) in reasons {
            let path = folder.path(name)
            await #expect(throws: VolumeError.unusable(path: path, reason: reason)) {
                try await source(at: path)
            }
        }
        let empty = folder.path("empty")
        let error = await #expect(throws: LayoutError.self) { try await source(at: empty) }
        #expect(error?.description == "cannot find backups in the volume \(empty): nothing is there")
        #expect(error?.category == .notFound)
        #expect(VolumeError.unusable(path: "/x", reason: "gone").category == .unreachable)
    }

    @Test("names all that is no backup, with the reason")
    func ignored() async throws {
        let volume = try BackupVolume()
        let name = try volume.add(15)
        let ignored = [
            "3.4.23_00000000000000f_etcd.backup": "its revision has 15 digits, not 16",
            "3.4.23_0000000000000000f_etcd.backup": "its revision has 17 digits, not 16",
            "3.4.23_000000000000000F_etcd.backup": "its revision is not written in lower-case hexadecimal digits",
            "3.4.23_8000000000000000_etcd.backup": "its revision is beyond what etcd can count to",
            "new\nline_000000000000000f_etcd.backup": "'new\\nline' is not an etcd version",
            "README": "its name does not end in _etcd.backup",
            "tmp/3.4.23_0000000000000010_etcd.backup": "it is unfinished",
            "tmp/more/": "it is unfinished",
            "old/": "it is a folder",
        ]
        for name in ignored.keys {
            if name.hasSuffix("/") {
                try volume.folder.makeFolder("v1/foo/\(name)")
            } else {
                try volume.folder.write([1], to: "v1/foo/\(name)")
            }
        }
        let listing = try await source(at: volume.path).backups(of: ClusterName("foo"))
        #expect(listing.backups.map(\.name) == [name])
        #expect(Dictionary(uniqueKeysWithValues: listing.ignored.map { ($0.name, $0.reason) }) == ignored)
    }

    @Test("names what is among the clusters' folders and is none")
    func ignoredClusters() async throws {
        let volume = try BackupVolume()
        try volume.add(15)
        try volume.folder.makeFolder("v1/lost+found")
        try volume.folder.makeFolder("v1/\u{1B}[31mred")
        try volume.folder.write([1], to: "v1/notes.txt")
        let listing = try await source(at: volume.path).clusters()
        #expect(listing.clusters.map(\.name) == ["foo"])
        #expect(
            Dictionary(uniqueKeysWithValues: listing.ignored.map { ($0.name, $0.reason) }) == [
                "lost+found": "it belongs to the file system",
                "\u{1B}[31mred": "no cluster can be called so",
                "notes.txt": "it is a file where the clusters' folders are",
            ]
        )
    }

    @Test func `a folder of snapshot files is the plain layout, and what is none of them is counted`() async throws {
        let folder = try TemporaryFolder()
        for name in ["b.db", "a.snap", "c.db.gz", "notes.txt", ".hidden.db", "f/x.db"] {
            try folder.write([1], to: name)
        }
        let found = try await source(at: folder.path(""))
        #expect(!found.namesClusters)
        let listing = try await found.backups(of: nil)
        #expect(listing.order == .byTime)
        #expect(Set(listing.backups.map(\.name)) == ["a.snap", "b.db", "c.db.gz"])
        #expect(listing.backups.filter { $0.encoding == .gzip }.map(\.name) == ["c.db.gz"])
        #expect(listing.ignored.map(\.name) == [".hidden.db", "f/", "notes.txt"])
        #expect(listing.backups.allSatisfy { $0.cluster == nil && $0.revision == nil && $0.version == nil })
    }

    @Test func `the operator's layout wins over plain files beside it, unless the plain one is named`() async throws {
        let volume = try BackupVolume()
        try volume.add(5, content: [1])
        try volume.folder.write([1], to: "a.db")
        #expect(try await source(at: volume.path).clusters().clusters == [ClusterName("foo")])
        let plain = try await source(at: volume.path, layout: "plain")
        #expect(try await plain.backups(of: nil).backups.map(\.name) == ["a.db"])
        #expect(try await source(at: volume.path, layout: "operator").namesClusters)
    }

    @Test func `a layout that is named is taken for an empty folder, too`() async throws {
        let folder = try TemporaryFolder()
        let plain = try await source(at: folder.path(""), layout: "plain")
        #expect(try await plain.backups(of: nil).backups.isEmpty)
        let nothing = await #expect(throws: LayoutError.self) {
            try await source(at: folder.path(""), layout: "operator")
        }
        #expect(nothing?.isOfEmptyPlace == true)
        let unknown = await #expect(throws: LayoutError.self) { try await source(at: folder.path(""), layout: "odd") }
        #expect(unknown?.code == "layout.unknown")
    }

    @Test func `a folder without backups is described by a few of its names`() async throws {
        let folder = try TemporaryFolder()
        for name in ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "logs/x.log"] { try folder.write([1], to: name) }
        let error = await #expect(throws: LayoutError.self) { try await source(at: folder.path("")) }
        #expect(
            error?.description.hasSuffix(
                "no known layout fits its names, such as logs/, a.txt, b.txt, c.txt, d.txt"
            ) == true
        )
    }

    @Test func `plain files at the root of a disk don't hide its var/etcd-backup`() async throws {
        let disk = try TemporaryFolder()
        try disk.write([1], to: "var/etcd-backup/v1/foo/3.1.0_000000000000000f_etcd.backup")
        try disk.write([1], to: "a.db")
        #expect(try await source(at: disk.path("")).namesClusters)
    }

    @Test func `a copy in another folder of a machine's disk hides no backups in the usual one`() async throws {
        let disk = try TemporaryFolder()
        try disk.write([1], to: "root/etcd-snapshot-n1-1700000000")
        try disk.write([1], to: "var/lib/rancher/k3s/server/db/snapshots/etcd-snapshot-n1-1769847300")
        let source = try await source(at: disk.path(""))
        #expect(try await source.backups(of: nil).backups.map(\.name) == ["etcd-snapshot-n1-1769847300"])
    }

    @Test func `what an upgrade by kubeadm kept hides no other backups, and is named where there are none`()
        async throws
    {
        let disk = try TemporaryFolder()
        try disk.write([1], to: "etc/kubernetes/tmp/kubeadm-backup-etcd-2026-01-31-08-15-00/etcd/member/snap/db")
        for path in ["", "etc/kubernetes/tmp"] {
            let error = await #expect(throws: LayoutError.self) { try await source(at: disk.path(path)) }
            #expect(error?.category == .notFound)
            #expect(error?.description.contains("that an upgrade by kubeadm kept, and no snapshots") == true)
        }
        try disk.write([1], to: "etc/kubernetes/tmp/snapshot.db")
        let plain = try await source(at: disk.path("etc/kubernetes/tmp"))
        #expect(try await plain.backups(of: nil).backups.map(\.name) == ["snapshot.db"])
        try disk.write([1], to: "var/etcd-backup/v1/foo/3.1.0_000000000000000f_etcd.backup")
        #expect(try await source(at: disk.path("")).namesClusters)
    }

    @Test func `a folder whose name can't be shown is not looked into, and counted`() async throws {
        let disk = try TemporaryFolder()
        for name in ["prod", "\u{1B}]0;x\u{07}"] { try disk.write([1], to: "\(name)/etcd-snapshot-n1-1769847300") }
        let source = try await source(at: disk.path(""))
        let found = try await source.clusters()
        #expect(found.clusters == [ClusterName("prod")])
        #expect(found.ignored.map(\.reason) == ["it was not looked into: its name has characters that can't be shown"])
    }

    @Test func `names that fit another layout are named, whichever layout was found`() async throws {
        let disk = try TemporaryFolder()
        for name in ["1700000000.db", "etcd-2026-05-02.db", "etcd-2026-05-03.db"] { try disk.write([1], to: name) }
        let source = try await source(at: disk.path(""))
        #expect(try await source.backups(of: nil).backups.map(\.name) == ["1700000000.db"])
        #expect(source.otherLayout?.name == "plain" && source.otherLayout?.count == 2)
        let plain = try await self.source(at: disk.path(""), layout: "plain")
        #expect(plain.otherLayout == nil)
        // What its own layout ignores for another reason is no other's.
        let openShift = try TemporaryFolder()
        for ending in [".db", "__POSSIBLY_DIRTY__.db"] {
            try openShift.write([1], to: "snapshot_2026-01-31_081500\(ending)")
        }
        #expect(try await self.source(at: openShift.path("")).otherLayout == nil)
    }
}
