import TestSupport
import Testing

@testable import Shell

/// What takes the place of FILE, where it is left out.
@Suite("The file that is left out", .ownThread) @MainActor
struct FileInPlaceTests {
    private let scene: Scene
    private let other: BackupVolume
    private let folder: TemporaryFolder
    private let out: String

    /// Has a file of cluster `foo`, with more to choose from.
    init() async throws {
        scene = try Scene()
        other = try BackupVolume()
        folder = try TemporaryFolder()
        for revision in [9, 15] as [Int64] { try scene.volume.add(revision) }
        for volume in [scene.volume, other] { try volume.add(16, cluster: "bar") }
        out = folder.path("out.db")
        #expect(await scene.run("use pv \(scene.volume.path); cluster foo; pick max; get \(out)") == .success)
    }

    private var whole: String {
        "\(out), which is 3.4.23_000000000000000f_etcd.backup of cluster 'foo' in the volume \(scene.volume.path)"
    }

    /// Something else is chosen, and how that is said.
    enum Later: CaseIterable { case pick, cluster, place }

    private func line(_ later: Later) -> String {
        switch later {
        case .pick: "pick min"
        case .cluster: "cluster bar"
        case .place: "use pv \(other.path) --cluster bar"
        }
    }

    private func difference(_ later: Later) -> String {
        switch later {
        case .pick: "3.4.23_0000000000000009_etcd.backup is picked since then"
        case .cluster: "cluster 'bar' is chosen since then"
        case .place: "the volume \(other.path) is in use since then"
        }
    }

    @Test(
        "is named with its backup, its cluster and its place",
        arguments: ["verify", "status", "keys", "restore --print"]
    )
    func named(command: String) async throws {
        // The same choice again is none of something else.
        #expect(await scene.run("use pv \(scene.volume.path); cluster foo; pick max") == .success)
        #expect(await scene.run(command) == .success, "\(scene.talk)")
        #expect(scene.talk.hasSuffix("note: taking \(whole)\n") || scene.talk.contains("note: taking \(whole)\n"))
        #expect(!scene.talk.contains("warning:"), "\(scene.talk)")
    }

    @Test("is read with a warning where something else is chosen since", arguments: Later.allCases)
    func warned(later: Later) async throws {
        #expect(await scene.run(line(later)) == .success, "\(scene.talk)")
        for command in ["status", "keys", "verify", "keys"] {
            let before = scene.talk
            #expect(await scene.run(command) == .success)
            let new = scene.talk.dropFirst(before.count)
            #expect(new.contains("warning: taking \(whole); \(difference(later))\n"), "\(command): \(new)")
        }
    }

    @Test(
        "is not restored where something else is chosen since, and the line that does it is offered",
        arguments: Later.allCases
    )
    func refused(later: Later) async throws {
        let directory = folder.path("d")
        #expect(await scene.run(line(later)) == .success, "\(scene.talk)")
        #expect(await scene.run("restore --data-dir \(directory) || echo caught") == .success)
        #expect(scene.data.hasSuffix("caught\n") && !folder.exists("d"))
        #expect(await scene.run("restore --data-dir \(directory)") == .failed)
        #expect(scene.talk.contains("cannot restore without FILE: the last one is \(whole); \(difference(later))"))
        let offered = "restore \(out) --data-dir \(directory)"
        #expect(scene.talk.contains("hint: if you mean that file: \(offered); else get"), "\(scene.talk)")
        #expect(await scene.run(offered) == .success, "\(scene.talk)")
    }

    @Test("that was only verified says so, and counts from then on")
    func verified() async throws {
        try folder.write(Fixture.snapshot("early.db"), to: "early.db")
        let early = folder.path("early.db")
        #expect(await scene.run("verify \(early)") == .success)
        #expect(await scene.run("restore --print") == .success)
        #expect(scene.talk.contains("note: taking \(early), which was verified last\n"), "\(scene.talk)")
        #expect(await scene.run("pick min") == .success)
        #expect(await scene.run("restore --print") == .failed)
    }

    @Test("must be written in a script that chooses anew before 'restore'", arguments: Later.allCases)
    func script(later: Later) async throws {
        let start = "use pv \(scene.volume.path); cluster foo; pick max; get \(out); \(line(later)); "
        #expect(await scene.run(start + "status; verify; restore --print") != .mistake)
        #expect(await scene.run(start + "restore --print") == .mistake)
        let sentence = "another place, cluster or backup is chosen after the last file was downloaded or verified"
        #expect(scene.talk.contains("'restore' needs FILE: \(sentence)"), "\(scene.talk)")
    }
}
