import Backups
import Foundation
import Language
import TestSupport
import Testing
import Text

@testable import Shell

@Suite("A session in a drill", .ownThread)
@MainActor
struct ClosedWorldTests {
    private let folder: TemporaryFolder
    private let scene: Scene
    private let world: ClosedWorld

    init() throws {
        folder = try TemporaryFolder()
        for name in ["home", "work", "real-home"] { try folder.makeFolder(name) }
        let late = try Fixture.snapshot("late.db")
        try folder.write(late, to: "volume/v1/foo/3.4.23_00000000000000d0_etcd.backup")
        try folder.write([], to: "home/notes-of-drill")
        try folder.write([], to: "real-home/notes-of-home")
        scene = try Scene(
            home: folder.path("real-home"),
            processEnvironment: ["AWS_PROFILE": "prod", "HOME": folder.path("real-home")],
            sources: Sources.real
        )
        world = Self.world(in: folder, home: "home")
    }

    private static func world(in folder: TemporaryFolder, home: String) -> ClosedWorld {
        let home = folder.path(home)
        return ClosedWorld(
            name: "service-gone",
            folder: PathText.canonical(folder.path),
            folders: ["/var/etcd-backup": folder.path("volume")],
            closedPorts: [HostAndPort(host: "foo-backup-sidecar", port: 19999)],
            environment: ClosedWorld.environment(
                of: ["AWS_PROFILE": "prod", "PATH": "/usr/bin:/bin", "TERM": "dumb"],
                home: home,
                adding: ["AWS_REGION": "us-east-1"]
            ),
            home: home
        )
    }

    /// The process's folder stays what it is, for the tests beside this one.
    private func enter() async throws {
        try await scene.session.enter(world, folder: FileManager.default.currentDirectoryPath)
    }

    @Test("has the drill's home, environment and sources, and the real ones afterwards")
    func dependencies() async throws {
        let session = scene.session
        try await enter()
        #expect(session.world == world)
        #expect(session.dependencies.home == world.home)
        #expect(session.dependencies.processEnvironment == world.environment)
        let line = "cluster foo; use service || use pv; pick max; get ~/out.db; echo ~/a"
        #expect(await scene.run(line) == .success, "\(scene.talk)")
        #expect(scene.talk.contains("http://foo-backup-sidecar:19999 refuses connections; continuing after '||'"))
        #expect(scene.data.contains("\(world.home)/a\n"))
        #expect(folder.exists("home/out.db"))
        await session.leave()
        #expect(session.world == nil)
        #expect(session.dependencies.home == folder.path("real-home"))
        #expect(session.dependencies.processEnvironment["AWS_PROFILE"] == "prod")
        #expect(await scene.run("echo ~/a") == .success)
        #expect(scene.data.hasSuffix("\(folder.path("real-home"))/a\n"))
    }

    @Test("forgets what was chosen, on the way in and on the way out, and keeps what the user has set")
    func forgetting() async throws {
        let volume = try BackupVolume()
        try volume.add(208, content: Fixture.snapshot("late.db"))
        let session = scene.session
        let choose = { (place: String) in
            "set a = b; use pv \(place); cluster foo; target 3.4; ls; pick max; get \(place)/out.db;"
                + " restore \(place)/out.db --data-dir \(place)/data --wal-dir \(place)/wal"
        }
        func isForgotten() -> Bool {
            session.source == nil && session.cluster == nil && session.target == nil && session.pick == nil
                && session.pickRule == nil && session.listedCount == nil && session.file == nil
                && session.restored == nil && session.logFolders.isEmpty && session.recorder.commandCount == 0
        }
        #expect(await scene.run(choose(volume.path)) == .success, "\(scene.talk)")
        try await enter()
        #expect(isForgotten())
        #expect(session.variables == ["a": "b"])
        #expect(await scene.run("ls") == .mistake)

        #expect(await scene.run(choose(folder.path("volume"))) == .success, "\(scene.talk)")
        #expect(!isForgotten())
        await session.leave()
        #expect(session.recorder.commandCount == 8)
        #expect(session.source == nil && session.pick == nil && session.file == nil && session.restored == nil)
        #expect(await scene.run("expect pick.revision == 208") == .mistake)
    }

    @Test("says in its prompt that it is a drill")
    func prompt() async throws {
        #expect(scene.session.summary == "")
        try await enter()
        #expect(scene.session.summary == "drill:service-gone")
        #expect(await scene.run("use pv; cluster foo; pick max") == .success, "\(scene.talk)")
        let prompt = "snapsh \(scene.session.summary)>"
        #expect(prompt == "snapsh drill:service-gone pv foo@208>")
        #expect(prompt.count < 40)
        await scene.session.leave()
        #expect(scene.session.summary == "")
    }

    @Test("says with 'use' alone that it is a drill")
    func use() async throws {
        try await enter()
        #expect(await scene.run("use") == .success)
        #expect(scene.talk.contains("this is the drill service-gone: 'use' reaches only its own sources"))
        #expect(scene.data.hasPrefix("no source is in use yet"))
    }

    @Test("reaches nothing else, and says how to leave")
    func refusal() async throws {
        let server = try FaultServer { _ in .init(200) }
        try await enter()
        let lines = [
            "use pv /": "/", "use service \(server.origin)": server.origin,
            "use s3 b --endpoint \(server.origin) --anonymous": server.origin,
            "expect port(192.0.2.1:2379).open": "192.0.2.1:2379",
        ]
        for (line, place) in lines {
            #expect(await scene.run(line) == .unreachable, "\(line)")
            let hint = "    hint: check the name; to reach what is outside, leave the drill first: drill stop"
            let isSaid = scene.talk.hasSuffix("cannot reach \(place) from the drill service-gone\n\(hint)")
            #expect(isSaid, "\(scene.talk)")
        }
        #expect(await scene.run("use s3 my-backups --profile prod") == .unreachable)
        #expect(scene.talk.contains("cannot use the profile 'prod'"))
        #expect(server.connectionCount == 0)
    }

    @Test("finds out whether a port of the drill, or of this machine, is open")
    func ports() async throws {
        let server = try FaultServer { _ in .init(200) }
        var world = world
        world.ports[HostAndPort(host: "etcd-0", port: 2379)] = Int(server.port)
        try await scene.session.enter(world, folder: FileManager.default.currentDirectoryPath)
        for open in ["etcd-0:2379", "127.0.0.1:\(server.port)"] {
            #expect(await scene.run("expect port(\(open)).open") == .success, "\(scene.talk)")
        }
        #expect(await scene.run("expect port(foo-backup-sidecar:19999).open") == .unmetExpectation)
    }

    @Test("writes and serves nothing out of the drill")
    func writing() async throws {
        let outside = try TemporaryFolder()
        try folder.link("way-out", to: outside.path)
        try await enter()
        #expect(await scene.run("use pv; cluster foo; pick max; get ~/out.db") == .success, "\(scene.talk)")
        let lines = [
            "get \(outside.path)": "\(outside.path)/3.4.23_00000000000000d0_etcd.backup",
            "get \(folder.path("way-out/out.db"))": folder.path("way-out/out.db"),
            "restore ~/out.db --data-dir \(outside.path)/a/b": "\(outside.path)/a/b",
            "restore ~/out.db --data-dir ~/data --wal-dir \(outside.path)/wal": "\(outside.path)/wal",
            "serve --listen :19999": ":19999",
        ]
        for (line, place) in lines {
            #expect(await scene.run(line) == .unreachable, "\(line)")
            #expect(scene.talk.contains(" \(place) from the drill service-gone"), "\(scene.talk)")
        }
        #expect(try outside.names().isEmpty)
        #expect(!folder.exists("home/data"))
        #expect(await scene.run("restore ~/out.db --data-dir ~/a/data; serve --listen 127.0.0.1:0") == .success)
    }

    @Test("gives the drill's environment to a command of the system's shell, and the real one afterwards")
    func shellEscape() async throws {
        let dump = { (name: String) throws in
            Set(String(decoding: try self.folder.read(name), as: UTF8.self).split(separator: "\n").map(String.init))
        }
        try await enter()
        #expect(await scene.run("!env > '\(folder.path("inside"))'") == .success)
        let inside = try dump("inside")
        #expect(inside.isSuperset(of: ["HOME=\(world.home)", "AWS_REGION=us-east-1", "TERM=dumb"]))
        #expect(!inside.contains { $0.hasPrefix("AWS_PROFILE") })
        await scene.session.leave()
        #expect(await scene.run("!env > '\(folder.path("outside"))'") == .success)
        let real = ProcessInfo.processInfo.environment
        #expect(try dump("outside").contains("HOME=\(real["HOME"] ?? "")"))
        #expect(try !dump("outside").contains("AWS_REGION=us-east-1"))
    }

    @Test("completes with what the drill has")
    func completion() async throws {
        func complete(_ line: String) -> [String] {
            Completer(scene.session, deadline: Deadline(limit: .seconds(60))).complete(line).candidates
        }
        #expect(complete("verify ~/no") == ["~/notes-of-home"])
        try await enter()
        #expect(complete("verify ~/no") == ["~/notes-of-drill"])
        #expect(complete("use pv /var/etcd-backup/v") == ["/var/etcd-backup/v1/"])
        #expect(await scene.run("use pv") == .success)
        #expect(complete("cluster ") == ["foo"])
        await scene.session.leave()
        #expect(complete("cluster ") == [])
    }

    @Test("of a second drill comes back to the real world, too")
    func secondDrill() async throws {
        try await enter()
        var other = world
        other.name = "other"
        other.home = folder.path("work")
        try await scene.session.enter(other, folder: FileManager.default.currentDirectoryPath)
        #expect(scene.session.dependencies.home == other.home)
        await scene.session.leave()
        #expect(scene.session.dependencies.home == folder.path("real-home"))
        await scene.session.leave()
        #expect(scene.session.dependencies.home == folder.path("real-home"))
    }

    @Test("stays as it is where the drill's folder can't be entered")
    func noFolder() async throws {
        #expect(await scene.run("use pv \(folder.path("volume"))") == .success)
        await #expect(throws: (any Error).self) {
            try await scene.session.enter(world, folder: folder.path("nothing"))
        }
        #expect(scene.session.world == nil && scene.session.source != nil)
    }

    @Test("has its own observers and its own record; the command that leads in and out belongs to both worlds")
    func observers() async throws {
        let (real, drill) = (Lines(), Lines())
        let session = scene.session
        session.observers.append(real)
        #expect(await scene.run("echo before") == .success)
        try await session.enter(world, folder: FileManager.default.currentDirectoryPath, observer: drill)
        #expect(await scene.run("echo inside") == .success)
        #expect(await scene.run("record \(folder.path("drill.snapsh"))") == .success)
        await session.leave()
        #expect(await scene.run("echo after") == .success)
        #expect(await scene.run("record \(folder.path("real.snapsh"))") == .success)
        #expect(drill.lines == ["service-gone: echo inside", "service-gone: record \(folder.path("drill.snapsh"))"])
        #expect(real.lines.contains("real: echo before") && real.lines.contains("service-gone: echo inside"))
        let recorded = String(decoding: try folder.read("real.snapsh"), as: UTF8.self)
        #expect(recorded.contains("echo before\necho after") && !recorded.contains("inside"), "\(recorded)")
        let drilled = String(decoding: try folder.read("drill.snapsh"), as: UTF8.self)
        #expect(drilled.contains("echo inside") && !drilled.contains("before"), "\(drilled)")
    }

    @Test("has the drill's folder as the process's current one, and the one before afterwards")
    func currentFolder() async throws {
        // In a process of its own: the current folder is all threads'.
        await #expect(processExitsWith: .success) {
            try await Self.checkCurrentFolder()
        }
    }

    private static func checkCurrentFolder() async throws {
        let folder = try TemporaryFolder()
        for name in ["home", "work", "before"] { try folder.makeFolder(name) }
        try #require(chdir(folder.path("before")) == 0)
        let scene = try Scene(sources: Sources.real)
        #expect(await scene.run("record r.snapsh; echo before") == .success)
        try await scene.session.enter(world(in: folder, home: "home"), folder: folder.path("work"))
        #expect(PathText.canonical(".") == PathText.canonical(folder.path("work")))
        #expect(await scene.run("!pwd > pwd") == .success)
        #expect(String(decoding: try folder.read("work/pwd"), as: UTF8.self).hasSuffix("/work\n"))
        // Whatever it is called by then.
        try FileManager.default.moveItem(atPath: folder.path("before"), toPath: folder.path("moved"))
        await scene.session.leave()
        #expect(PathText.canonical(".") == PathText.canonical(folder.path("moved")))
        #expect(await scene.run("echo after") == .success)
        #expect(String(decoding: try folder.read("moved/r.snapsh"), as: UTF8.self).contains("echo before\necho after"))
    }
}

/// Keeps what ended, each with the drill that it ran in.
@MainActor
private final class Lines: CommandObserver {
    private(set) var lines: [String] = []

    func began(_ event: CommandEvent, in session: Session) async {}

    func ended(_ event: CommandEvent, in session: Session) async {
        lines.append("\(event.drill ?? "real"): \(event.command.text)")
    }
}
