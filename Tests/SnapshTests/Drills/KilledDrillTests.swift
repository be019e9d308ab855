import Foundation
import TestSupport
import Testing

@Suite("A drill that is killed", .ownThread)
struct KilledDrillTests {
    /// So many are killed; 'scripts/test --long' sets SNAPSH_DRILL_KILLS=50.
    private static let killCount = Int(ProcessInfo.processInfo.environment["SNAPSH_DRILL_KILLS"] ?? "") ?? 10

    /// Start, work and stop in one run.
    private static let words = [
        "-c",
        """
        drill start old-member --seed 1; drill check || echo not yet; drill reset; drill stop --discard; \
        drill start service-gone --seed 1; use s3 my-backups/prod; \
        cluster shop || cluster webshop || cluster shop-eu; pick max; get recovered.db; restore recovered.db --data-dir restored; drill check; \
        drill stop --discard
        """,
    ]

    @Test("at any moment leaves a machine that the next start cleans: no process, no port, no file")
    func clean() throws {
        let home = try DrillHome()
        var numbers = SeededGenerator(seed: 7)
        let start = ContinuousClock.now
        let whole = try home.program.run(Self.words)
        let time = ContinuousClock.now - start
        #expect(whole.exitCode == 0, "\(whole.talk)")
        try home.expectClean()
        var (killed, left) = (0, 0)
        for _ in 0..<Self.killCount {
            let running = try home.program.start(Self.words)
            usleep(useconds_t((time / .microseconds(1)) * Double.random(in: 0...1, using: &numbers)))
            running.send(SIGKILL)
            if try running.wait().exitCode == 137 { killed += 1 }
            if try !home.sandboxes().isEmpty { left += 1 }
            #expect(home.processes().isEmpty)
            let next = try home.program.run(["-c", "drill start name-order; drill stop --discard"])
            #expect(next.exitCode == 0, "\(next.talk)")
            try home.expectClean()
        }
        #expect(killed > 0 && left > 0, "\(killed) of \(Self.killCount) were killed, \(left) left something")
    }

    @Test("by a signal that can be heard cleans up itself", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signalled(signal: Int32) throws {
        let home = try DrillHome()
        let words = [
            ["drill", "test", "old-member"], ["-c", "drill start old-member; drill reset; drill stop --discard"],
        ]
        var numbers = SeededGenerator(seed: 11)
        for number in 0..<6 {
            let running = try home.program.start(words[number % 2])
            // It hears signals from here on.
            _ = running.wait { home.folder.exists(DrillHome.drills) }
            usleep(UInt32.random(in: 0...300_000, using: &numbers))
            running.send(signal)
            let outcome = try running.wait()
            #expect([0, 1, 128 + signal].contains(outcome.exitCode), "\(outcome.talk)")
            // In a drill it ends as a session does: one that is complete stays, to be resumed.
            if number % 2 == 0 || outcome.exitCode == 0 { try home.expectClean() }
            _ = try home.program.run(["-c", "drill stop"])
            try home.expectClean()
        }
    }

    @Test("is cleaned by 'drill stop', too, whatever state it is in")
    func broken() throws {
        let home = try DrillHome()
        #expect(try home.program.run(["-c", "drill start service-gone --seed 1"]).exitCode == 0)
        for (number, name) in ["state.json", "definition/drill.yaml", "lock", "spool", "contents"].enumerated() {
            #expect(try home.program.run(["-c", "drill start disk-left --seed \(number)"]).exitCode == 0)
            // The start has removed what was left before it.
            let sandbox = try #require(try home.sandboxes().first)
            #expect(try home.sandboxes() == [sandbox] && sandbox.hasPrefix("disk-left-"))
            let path = home.path(name, of: sandbox)
            try FileManager.default.removeItem(atPath: path)
            // A folder in the place of a file, and one that can't be looked into.
            try FileManager.default.createDirectory(atPath: "\(path)/deep", withIntermediateDirectories: true)
            try Workplace.setMode(0, of: path)
            let stop = try home.program.run(["-c", "drill stop"])
            #expect(stop.exitCode == 0, "\(name): \(stop.talk)")
            try home.expectClean()
        }
    }

    @Test("whose etcd still runs on its data is ended with it")
    func etcd() throws {
        let home = try DrillHome()
        #expect(try home.program.run(["-c", "drill start service-gone"]).exitCode == 0)
        let sandbox = try #require(try home.sandboxes().first)
        let etcd = try EtcdServer(#require(EtcdRelease.available.first), folder: home.path("work/etcd", of: sandbox))
        #expect(try home.program.run(["-c", "drill start name-order; drill stop --discard"]).exitCode == 0)
        try eventually { (try? etcd.client.change([.init("a", [1])])) == nil }
        try home.expectClean()
    }
}
