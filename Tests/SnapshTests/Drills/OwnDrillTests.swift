import Foundation
import TestSupport
import Testing

@Suite("A drill of one's own", .ownThread)
struct OwnDrillTests {
    @Test("'drill from' makes one of a cluster's backups, that can be checked, proven and played")
    func from() throws {
        let home = try DrillHome()
        let volume = try BackupVolume()
        for (number, age) in [(9, 300_000.0), (168, 90_000), (208, 3600)] {
            try volume.add(Int64(number), content: Fixture.snapshot("late.db"), age: age)
        }
        let make = "use pv \(volume.path); cluster foo; drill from own.yaml"
        let made = try home.program.run(["-c", make])
        #expect(made.exitCode == 0 && made.output.contains("wrote own.yaml: 3 backups"), "\(made.talk)")
        let text = String(decoding: try home.folder.read("own.yaml"), as: UTF8.self)
        #expect(text.contains("foo") && made.output.contains("drill start ./own.yaml"))
        try volume.folder.makeFolder("v1/empty")
        let none = try home.program.run(["-c", "use pv \(volume.path); cluster empty; drill from none.yaml"])
        expectFailure(none, 4, says: "cannot make a drill: the source in use has no backups of this cluster")
        #expect(!home.folder.exists("none.yaml"))
        expectFailure(try home.program.run(["-c", make]), 1, says: "own.yaml")
        for words in [["drill", "lint", "own.yaml"], ["drill", "test", "own.yaml"]] {
            let outcome = try home.program.run(words)
            #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.talk)")
        }
        #expect(try home.program.run(["-c", "drill start ./own.yaml; drill stop --discard"]).exitCode == 0)
        try home.expectClean()
    }

    @Test(
        "'drill from' makes a right one whatever the cluster is called, and how many backups it has",
        arguments: [("Prod_EU.1", 1), ("a b \"c\": {{x}}", 2), ("-", 3), (String(repeating: "x", count: 60), 30)]
    )
    func names(cluster: String, count: Int) throws {
        let home = try DrillHome()
        let volume = try BackupVolume()
        for number in 1...count { try volume.add(Int64(number), cluster: cluster, age: Double(100 - number) * 60) }
        let made = try home.program.run(["-c", "use pv \(volume.path); cluster '\(cluster)'; drill from own.yaml"])
        #expect(made.exitCode == 0, "\(made.talk)")
        let proof = try home.program.run(["drill", "test", "own.yaml"])
        #expect(proof.exitCode == 0, "\(proof.output)\(proof.talk)")
    }

    @Test("'drill lint' says what is wrong with a file, and where")
    func lint() throws {
        let home = try DrillHome()
        let text = try OwnDrill.text {
            $0.replacing("minutes: 5", with: "minutes: soon").replacing("  pick max\n", with: "  pikc max\n")
        }
        try home.folder.write(text.utf8, to: "own.yaml")
        let outcome = try home.program.run(["drill", "lint", "own.yaml"])
        #expect(outcome.exitCode == 1)
        expectPlainText(outcome)
        let line = try #require(text.split(separator: "\n").firstIndex { $0.hasPrefix("minutes:") }) + 1
        #expect(outcome.output.contains("own.yaml:\(line):10: "), "\(outcome.output)")
        for words in [["drill", "test", "own.yaml"], ["-c", "drill start ./own.yaml"]] {
            #expect(try home.program.run(words).exitCode == 1)
        }
        try home.expectClean()
    }

    @Test("on a disk that is full is refused, and leaves nothing there", .enabled(if: SystemTool.canMount))
    func fullDisk() throws {
        let home = try DrillHome()
        try home.folder.makeFolder(".local/state")
        var failed = 0
        for size in ["16k", "64k", "160k", "320k", "640k", "1280k"] {
            let outcome = try run("drill start service-gone; drill stop --discard", home, diskOf: size)
            if outcome.exitCode != 0 {
                failed += 1
                #expect(outcome.exitCode == 1 && outcome.talk.contains("no space left on device"), "\(outcome.talk)")
                #expect(outcome.output.isEmpty, "\(size): \(outcome.output)")
            }
        }
        #expect(failed > 0 && failed < 6)
        // The log of a data directory is as large as etcd makes it.
        let outcome = try run("drill start old-member", home, diskOf: "8m")
        expectFailure(outcome, 1, says: "MiB are needed and")
        #expect(outcome.output.isEmpty)
    }

    /// Runs a text with a disk of a certain size for the state of drills, and lists what is left there.
    private func run(_ text: String, _ home: DrillHome, diskOf size: String) throws -> Program.Outcome {
        let script = """
            mount -t tmpfs -o size=\(size) tmpfs "$HOME/.local/state" && "$@"
            code=$?
            ls -A "$HOME/.local/state/snapsh/drills"
            exit $code
            """
        return try home.program.run(["-c", text], prefix: SystemTool.mountPrefix + Program.shell(script))
    }
}
