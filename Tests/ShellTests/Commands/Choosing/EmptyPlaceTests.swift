import Language
import TestSupport
import Testing

@testable import Shell

/// Places in which a layout is recognised, and no backup is.
@Suite("A place without backups", .ownThread) @MainActor
struct EmptyPlaceTests {
    @Test("ends 'use' with 4, says what lies there, and '||' tries the next")
    func empty() async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        let empty = try BackupVolume()
        #expect(await scene.run("use pv \(empty.path)") == .notFound)
        #expect(scene.session.source == nil)
        #expect(scene.talk.contains("nothing there is a cluster: v1/ (empty)"), "\(scene.talk)")
        #expect(await scene.run("use pv \(empty.path) || use pv \(scene.volume.path); ls") == .success)
    }

    @Test("but with data directories that kubeadm kept says so, and leads to how these are used")
    func dataDirectories() async throws {
        let scene = try Scene()
        let folder = try TemporaryFolder()
        let copy = "kubeadm-backup-etcd-2026-11-20-10-00-00"
        try folder.write(Fixture.snapshot("late.db"), to: "\(copy)/etcd/member/snap/db")
        for path in [folder.path, folder.path(copy)] {
            #expect(await scene.run("use pv \(path)") == .notFound)
            #expect(scene.talk.contains("it holds data directories that an upgrade by kubeadm kept, and no snapshots"))
        }
        #expect(scene.talk.contains("hint: how these are used: help recovery kubeadm"), "\(scene.talk)")
        #expect(await scene.run("help recovery kubeadm") == .success)
        #expect(scene.data.contains("kubeadm-backup-etcd-TIME"), "\(scene.data)")
    }

    @Test(
        "of the operator's namespaces says which folders lie there, and which line uses them",
        arguments: ["ls", "pick max"]
    )
    func namespace(command: String) async throws {
        let scene = try Scene()
        try scene.volume.add(15, cluster: "prod/bar")
        try scene.volume.add(15, cluster: "with space/bar")
        for name in ["prod", "with space"] {
            _ = await scene.run("use pv \(scene.volume.path); cluster '\(name)'; \(command)")
            scene.session.cluster = nil
            #expect(scene.talk.contains("cluster '\(name)' has no backups, but folders: bar/"), "\(scene.talk)")
            let place = Word.shown("\(scene.volume.path)/v1/\(name)")
            let line = "use pv \(place) --cluster ."
            #expect(scene.talk.contains(line), "\(scene.talk)")
            #expect(await scene.run("\(line); pick max; expect pick.cluster == bar") == .success, "\(scene.talk)")
        }
    }
}
