import Backups
import TestSupport
import Testing

@testable import Shell

/// With a cluster chosen, another place is tried that may not have it.
@Suite("A place without the chosen cluster", .ownThread) @MainActor
struct OtherPlaceTests {
    /// Uses a volume with cluster `foo`, and chooses that.
    private func scene() async throws -> Scene {
        let scene = try Scene()
        try scene.volume.add(15)
        #expect(await scene.run("use pv \(scene.volume.path); cluster foo; pick max") == .success)
        return scene
    }

    /// The lines that were offered so far.
    private static func offered(_ scene: Scene) -> [String] {
        scene.talk.split(separator: "\n").compactMap { $0.firstMatch(of: /hint: .*write: (.*)$/)?.output.1 }
            .map(String.init)
    }

    /// Another place, and the cluster that the offered line comes to there.
    enum Other: CaseIterable {
        case oneOther, several, nearest, withSpace, plain

        func make() throws -> TemporaryFolder {
            let folder = try TemporaryFolder()
            let names: [String] =
                switch self {
                case .oneOther: ["bar"]
                case .several: ["bar", "baz"]
                case .nearest: ["bar", "foo2"]
                case .withSpace: ["with space"]
                case .plain: []
                }
            for name in names { try BackupVolume(folder: folder).add(9, cluster: name) }
            if names.isEmpty { try folder.write(Fixture.snapshot("early.db"), to: "etcd.db") }
            return folder
        }

        var cluster: ClusterName? {
            switch self {
            case .oneOther, .several: ClusterName("bar")
            case .nearest: ClusterName("foo2")
            case .withSpace: ClusterName("with space")
            case .plain: nil
            }
        }
    }

    @Test(
        "is refused with one line that works where it stands, and nothing has changed before that",
        arguments: Other.allCases
    )
    func refused(other: Other) async throws {
        let scene = try await scene()
        let volume = try other.make()
        #expect(await scene.run("use pv \(volume.path) || echo caught; ls") == .success)
        #expect(scene.data.contains("caught\n"))
        #expect(await scene.run("use pv \(volume.path)") == .notFound)
        #expect(scene.talk.contains("; the volume \(scene.volume.path) stays in use"), "\(scene.talk)")
        #expect(scene.session.source?.location == "volume \(scene.volume.path)")
        #expect(scene.session.cluster == ClusterName("foo") && scene.session.pick != nil)

        let line = try #require(Self.offered(scene).last, "\(scene.talk)")
        #expect(await scene.run("\(line); pick max") == .success, "\(line): \(scene.talk)")
        #expect(scene.session.source?.location == "volume \(volume.path)")
        #expect(scene.session.cluster == other.cluster && scene.session.sourceCluster == other.cluster)
    }

    @Test("keeps all options of the line that is offered, but for the cluster")
    func options() async throws {
        let scene = try await scene()
        let volume = try Other.several.make()
        let typed = "use pv \(volume.path) --layout operator --timezone UTC --cluster foo"
        #expect(await scene.run(typed) == .notFound)
        #expect(
            Self.offered(scene) == ["use pv \(volume.path) --layout operator --timezone UTC --cluster bar"],
            "\(scene.talk)"
        )
    }

    @Test("has its clusters listed where '.' takes back the choice, and several are there")
    func anyOfSeveral() async throws {
        let scene = try await scene()
        let volume = try Other.several.make()
        #expect(await scene.run("use pv \(volume.path) --cluster .; clusters") == .success)
        #expect(scene.session.cluster == nil && scene.session.sourceCluster == nil)
        #expect(await scene.run("pick max") == .notFound)
        #expect(scene.talk.contains("there is more than one cluster, and none is chosen"))
        #expect(scene.talk.contains("hint: choose one: cluster NAME"))
    }

    @Test("that is empty is left for another place")
    func empty() async throws {
        let scene = try await scene()
        let empty = try BackupVolume()
        #expect(await scene.run("use pv \(empty.path)") == .notFound)
        #expect(scene.talk.contains("name the place that holds the backups"), "\(scene.talk)")
        #expect(scene.session.cluster == ClusterName("foo"))
    }

    @Test(
        "a choice of a cluster that fails leaves the earlier one, and says so",
        arguments: ["cluster fop", "cluster ."]
    )
    func failedChoice(line: String) async throws {
        let scene = try Scene()
        for name in ["foo", "bar"] { try scene.volume.add(15, cluster: name) }
        #expect(await scene.run("use pv \(scene.volume.path)") == .success)
        #expect(await scene.run(line) == .notFound)
        #expect(!scene.talk.contains("stays"))
        #expect(await scene.run("cluster foo; pick max") == .success)
        #expect(await scene.run(line) == .notFound)
        #expect(scene.talk.contains("; the cluster stays foo"), "\(scene.talk)")
        #expect(scene.session.sourceCluster == ClusterName("foo") && scene.session.pick != nil)
    }

    @Test("every failure of 'use' says which source stays in use")
    func keptSource() async throws {
        let scene = try await scene()
        #expect(await scene.run("use pv /nothing") == .unreachable)
        #expect(scene.talk.contains("no such file or directory; the volume \(scene.volume.path) stays in use"))
        let fresh = try Scene()
        #expect(await fresh.run("use pv /nothing") == .unreachable)
        #expect(!fresh.talk.contains("stays in use"))
    }

    @Test("a script may choose the place and its cluster at once")
    func script() async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        try scene.volume.add(16, cluster: "bar")
        let text = "cluster nothing; use pv \(scene.volume.path) --cluster bar; pick max; expect pick.cluster == bar"
        #expect(await scene.run(text) == .success, "\(scene.talk)")
        for wrong in ["a/b/c", "/b", "..", "''"] {
            #expect(await scene.run("use pv --cluster \(wrong)") == .mistake, "\(wrong)")
        }
    }

    @Test("'cluster .' has a name in JSON, too")
    func onlyClusterInJSON() async throws {
        let scene = try Scene(format: .json)
        let folder = try Other.plain.make()
        #expect(await scene.run("use pv \(folder.path); cluster .") == .success)
        #expect(scene.data.hasSuffix("{\"cluster\":\".\",\"kind\":\"chosen\"}\n"), "\(scene.data)")
    }
}
