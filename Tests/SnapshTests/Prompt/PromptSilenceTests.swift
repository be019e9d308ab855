import Foundation
import TestSupport
import Testing

/// Folders that do not answer: what is typed at the prompt can be left, and everything else goes on.
@Suite("A file system that does not answer", .ownThread)
struct PromptSilenceTests {
    /// A prompt, and its volume, which can fall silent.
    private func session(silent calls: [String] = []) throws -> (PromptSession, SilentFolder) {
        let volume = try BackupVolume()
        let silence = try SilentFolder(volume.path, calls: calls)
        let session = try PromptSession(environment: silence.environment.mapValues { $0 }, columns: 200) {
            try volume.add(208, content: Fixture.snapshot("late.db"))
            try $0.folder.link("volume", to: volume.path)
            try $0.folder.makeFolder("runs")
        }
        volumes.append(volume)
        return (session, silence)
    }

    private let volumes = Volumes()

    private final class Volumes {
        private var kept: [BackupVolume] = []
        func append(_ volume: BackupVolume) { kept.append(volume) }
    }

    @Test("'use pv' is left by the first Ctrl-C, and the session goes on")
    func controlC() throws {
        let (session, silence) = try session()
        try silence.fallSilent()
        try session.interrupt("use pv volume")
        #expect(try session.run("echo after") == ["after"])
        // Its thread still waits, and holds up nobody.
        try session.run("use pv backups", then: "snapsh pv foo>")
    }

    @Test("'use pv' ends by itself after 5 s; the place is not asked again for a while, and then answers")
    func limit() throws {
        let (session, silence) = try session()
        try silence.fallSilent()
        let lines = try session.run("use pv volume")
        #expect(lines.first?.hasPrefix("cannot use the volume volume: no answer from ") == true, "\(lines)")
        #expect(lines.first?.hasSuffix("/volume within 5 s") == true, "\(lines)")
        #expect(lines.last == "    hint: look at the mount and its server: !findmnt")
        let again = try session.run("use pv volume/v1").first
        #expect(again?.contains(" did not answer a moment ago; it can be asked again in ") == true)
        try silence.answer()
        try session.terminal.wait(for: "an answer") {
            try session.terminal.type("use pv volume")
            try session.terminal.press("Enter")
            usleep(300_000)
            return try session.terminal.lines().last == "snapsh pv foo>"
        }
    }

    @Test("after Tabs on a silent folder, other paths are completed")
    func tab() throws {
        let (session, silence) = try session()
        try silence.fallSilent()
        for _ in 1...6 {
            try session.terminal.type("use pv volume/")
            try session.terminal.press("Tab", "Tab")
            try session.terminal.type("@")
            try session.expect(typed: "use pv volume/@")
            try session.dropLine()
        }
        try session.terminal.type("use pv run")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "use pv runs/@")
    }

    @Test("a volume that falls silent is left by Ctrl-C, whatever is read of it", arguments: ["ls", "get out.db"])
    func readingVolume(command: String) throws {
        let (session, silence) = try session(silent: command == "ls" ? [] : ["read"])
        try session.run("use pv volume", then: "snapsh pv foo>")
        try session.run("cluster foo", then: "snapsh pv foo>")
        try session.run("pick max", then: "snapsh pv foo@208>")
        try silence.fallSilent()
        try session.interrupt(command)
        try silence.answer()
        #expect(try session.run("get out.db").first?.hasPrefix("got out.db") == true)
    }

    @Test(
        "a destination that falls silent is left by Ctrl-C, and what may stay there is said",
        arguments: ["write", "fsync"]
    )
    func destination(call: String) throws {
        let (session, silence) = try session(silent: [call])
        try session.chooseCluster()
        try session.run("pick max", then: "snapsh pv foo@208>")
        try silence.fallSilent()
        try session.interrupt(
            "get volume/out.db",
            saying: "what was written may stay there as a hidden file that ends in .part"
        ) { session.folder.exists("volume/.out.db.part") }
        #expect(try session.run("echo after") == ["after"])
        try silence.answer()
        // It was interrupted: what the disk has in the end is no file of that name.
        try session.terminal.wait(for: "the partial file to be tidied up") {
            !session.folder.exists("volume/.out.db.part")
        }
        #expect(!session.folder.exists("volume/out.db"))
    }

    @Test("a snapshot file that falls silent is left by Ctrl-C, and it is the one that is named")
    func restoredFile() throws {
        let (session, silence) = try session(silent: ["long read"])
        try session.folder.write(Fixture.snapshot("late.db"), to: "volume/late.db")
        try silence.fallSilent()
        try session.type("restore volume/late.db --data-dir d")
        try session.terminal.press("Enter")
        usleep(800_000)
        try session.terminal.press("C-c")
        try session.terminal.wait(for: "left before volume/late.db answered: what was written may stay in d")
        try session.terminal.wait(forLastLine: "snapsh>")
        try silence.answer()
        #expect(try session.run("echo after") == ["after"])
    }

    @Test("a data directory that falls silent is left by Ctrl-C")
    func dataDirectory() throws {
        let (session, silence) = try session(silent: ["fsync"])
        try session.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        try silence.fallSilent()
        try session.interrupt(
            "restore out.db --data-dir volume/d",
            saying: "what was written may stay there as member.restoring"
        ) { session.folder.exists("volume/d") }
        #expect(try session.run("echo after") == ["after"])
        try silence.answer()
        try session.terminal.wait(for: "what was written to be tidied up") { !session.folder.exists("volume/d") }
    }

    @Test("a data directory that does not answer from the start is left by Ctrl-C")
    func deadDataDirectory() throws {
        let (session, silence) = try session()
        try session.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        try silence.fallSilent()
        try session.interrupt("restore out.db --data-dir volume/d")
        try silence.answer()
        #expect(!session.folder.exists("volume/d"))
    }

    @Test("a snapshot file that does not answer is left by Ctrl-C", arguments: ["open", "read"])
    func snapshotFile(call: String) throws {
        let (session, silence) = try session(silent: [call])
        try silence.fallSilent()
        let name = "volume/v1/foo/3.4.23_00000000000000d0_etcd.backup"
        for command in ["verify", "status", "keys"] {
            try session.type("\(command) \(name)")
            try session.terminal.press("Enter")
            usleep(300_000)
            try session.terminal.press("C-c")
            try session.terminal.wait(forLastLine: "snapsh>")
            #expect(try session.terminal.lines().suffix(2).first?.hasSuffix("interrupted") == true)
        }
        try silence.answer()
        #expect(try session.run("verify \(name)").isEmpty == false)
    }

    @Test(
        "a mount that is dead in the kernel is no different",
        .enabled(if: SilentMount.isPossible, "FUSE mounts are not allowed here")
    )
    func kernel() throws {
        let mount = try SilentMount()
        let session = try PromptSession()
        try session.folder.link("dead", to: mount.path)
        for word in [mount.path, "dead", "dead/v1"] {
            try session.type("use pv \(word)")
            try session.terminal.press("Enter")
            usleep(300_000)
            try session.terminal.press("C-c")
            try session.terminal.wait(forLastLine: "snapsh>")
            #expect(try session.terminal.lines().suffix(2).first?.hasSuffix("interrupted") == true)
        }
        try session.terminal.type("use pv \(mount.path)/")
        try session.terminal.press("Tab", "Tab")
        try session.terminal.press("C-u")
        try session.terminal.type("use pv back")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "use pv backups/@")
        try session.dropLine()
        try session.terminal.press("C-d")
        #expect(try session.terminal.exitCode() == 0)
    }
}
