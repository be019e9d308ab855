import Audit
import Foundation
import TestSupport
import Testing

/// `--transcript`: what a run leaves for those who ask afterwards.
@Suite(.ownThread) struct TranscriptRunTests {
    private func transcript(_ folder: TemporaryFolder, _ name: String = "t.jsonl") throws -> Transcript {
        try Transcript(path: folder.path(name))
    }

    @Test func eachCommandIsThereWithItsPlaceItsOutcomeAndItsFacts() throws {
        let workplace = try Workplace()
        let name = try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let script = """
            param cluster = foo
            use pv nothing || use pv backups
            cluster $cluster; pick max
            get out.db
            expect file.keys > 1000000

            """
        try workplace.folder.write(script.utf8, to: "r.snapsh")
        let outcome = try workplace.program.run(["--transcript", "t.jsonl", "r.snapsh"])
        #expect(outcome.exitCode == 3)
        let events = try transcript(workplace.folder).events
        #expect(events.first?.kind == .run && events.first?.script == "r.snapsh")
        #expect(events.last?.kind == .end && events.last?.exit == 3)
        #expect(events.last?.message?.hasPrefix("an expectation is not met") == true)
        #expect(Set(events.map(\.run)).count == 1 && events.allSatisfy { !$0.host.isEmpty && !$0.user.isEmpty })

        let commands = events.filter { $0.kind == .command }
        #expect(
            commands.map { $0.ran ?? $0.command } == [
                "param cluster = foo", "use pv nothing", "use pv backups", "cluster foo", "pick max", "get out.db",
                "expect file.keys > 1000000",
            ]
        )
        #expect(commands.map(\.outcome) == [.ok, .failed, .ok, .ok, .ok, .ok, .failed])
        #expect(commands.map(\.number) == Array(1...7) && events.filter { $0.kind == .begin }.count == 7)
        #expect(commands[1].code == "volume.unusable" && commands[6].code == "script.unmet-expectation")
        #expect(commands[2].place == .init(file: "r.snapsh", line: 2, column: 19))
        #expect(commands[2].facts?.source == "volume backups")
        #expect(commands[3].command == "cluster $cluster" && commands[3].facts?.cluster == "foo")
        let facts = commands[5].facts
        #expect(facts?.object?.key == "v1/foo/\(name)" && facts?.object?.etag == nil)
        #expect(facts?.object?.size == 45088 && facts?.object?.revision == 208)
        let sum = try SystemTool.run(["sha256sum", workplace.folder.path("out.db")]).output.prefix(64)
        #expect(facts?.file == .init(path: "out.db", size: 45088, sha256: String(sum), revision: 208, verified: true))
    }

    @Test func aRestoreIsInTheEvidence() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let words = ["--transcript", "t.jsonl", "-c", "restore out.db --data-dir d; hashkv out.db; status out.db"]
        // The second time it is there already.
        for _ in 0..<2 {
            let outcome = try program.run(words)
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
        }
        let sum = String(try SystemTool.run(["sha256sum", program.folder.path("out.db")]).output.prefix(64))
        let restored = try transcript(program.folder).events.compactMap { $0.facts?.restored }
        #expect(restored.count == 2 && restored.first == restored.last)
        #expect(restored.first?.path == "out.db" && restored.first?.sha256 == sum)
        #expect(restored.first?.directories == ["d"] && restored.first?.revision == 208)
        let hash = try #require(restored.first?.keyHash)
        #expect(try program.run(["hashkv", "out.db"]).output.contains("\(hash)"))
        let report = try program.run(["report", "t.jsonl"]).output
        #expect(report.contains("| d (cluster ") && report.contains(") | out.db | \(sum) | 208 | \(hash) | yes, "))
    }

    @Test func aTextACommandAndAScriptThatIsNotRunAreAddedToTheSameFile() throws {
        let program = try Program()
        _ = try program.run(["--transcript", "t.jsonl", "-c", "echo a; exit 7"])
        _ = try program.run(["--transcript", "t.jsonl", "echo", "b c"])
        let mistake = try program.run(["--transcript", "t.jsonl", "-c", "pikc"])
        #expect(mistake.exitCode == 2)
        let events = try transcript(program.folder).events
        #expect(events.filter { $0.kind == .end }.map(\.exit) == [7, 0, 2])
        #expect(events.filter { $0.kind == .command }.map(\.command) == ["echo a", "exit 7", "echo 'b c'"])
        #expect(events.last?.message == "1 mistake in -c: nothing was run")
        #expect(try program.folder.mode(of: "t.jsonl") == 0o600)
    }

    @Test func eachCommandAtThePromptIsThereAsSoonAsItHasEnded() throws {
        let session = try PromptSession([Program.path, "--transcript", "t.jsonl"])
        try session.chooseCluster()
        try session.run("pick 999")
        let events = try transcript(session.folder).events
        #expect(events.first?.kind == .run && events.first?.script == "prompt")
        let commands = events.filter { $0.kind == .command }
        #expect(commands.map(\.command) == ["use pv backups", "cluster foo", "pick 999"])
        #expect(commands.map(\.outcome) == [.ok, .ok, .failed])
        #expect(events.last == commands.last)
    }

    @Test func aDryRunSaysSo() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let flags = ["--dry-run", "--transcript", "t"]
        let outcome = try workplace.recover("pick max; get out.db; record r.snapsh", flags)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.made() == ["t"])
        let events = try transcript(workplace.folder, "t").events
        #expect(events.first?.dryRun == true)
        #expect(events.allSatisfy { $0.facts?.file == nil })
        let report = try workplace.program.run(["report", "t"]).output
        #expect(report.contains("exit code 0; a dry run, which writes nothing"))
    }

    @Test func aFileThatIsNoTranscriptIsLeftAsItIsAndNothingIsRun() throws {
        let program = try Program()
        try program.folder.write("echo ran\n".utf8, to: "r.snapsh")
        let outcome = try program.run(["--transcript", "r.snapsh", "r.snapsh"])
        expectFailure(outcome, 2, says: "cannot add to r.snapsh: it is not a transcript")
        #expect(outcome.output.isEmpty)
        #expect(try program.folder.read("r.snapsh") == Array("echo ran\n".utf8))
        let checked = try program.run(["--transcript", "new.jsonl", "--check", "r.snapsh"])
        #expect(checked.exitCode == 0 && !program.folder.exists("new.jsonl"))
    }

    @Test func aTranscriptThatCannotGoOnIsReportedAndTheRunGoesOn() throws {
        let program = try Program()
        let commands = (1...20).map { "echo \($0)" }.joined(separator: "; ")
        let outcome = try program.run(
            ["--transcript", "t.jsonl", "-c", commands],
            prefix: Program.shell("trap '' XFSZ; ulimit -f 1; exec \"$@\"")
        )
        expectFailure(outcome, 1, says: "warning: cannot write the transcript t.jsonl: ")
        #expect(outcome.talk.count { $0 == "\n" } == 1, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("\n20\n"))
        let kept = try transcript(program.folder)
        #expect(!kept.events.isEmpty && kept.tornLines.count <= 1)
    }

    @Test func aSignalIsInItsTranscript() throws {
        let workplace = try Workplace()
        try workplace.addLarge(10)
        let running = try workplace.program.start(
            ["--transcript", "t.jsonl"] + Workplace.words("pick max; get out.db; echo not reached"),
            prefix: ["env", "--default-signal=INT,TERM,HUP"]
        )
        try #require(running.wait { workplace.folder.exists(".out.db.part") })
        running.send(SIGTERM)
        #expect(try running.wait().exitCode == 143)
        let events = try transcript(workplace.folder).events
        #expect(events.last?.kind == .end && events.last?.exit == 143)
        #expect(events.dropLast().last?.code == "interrupted")
    }

    @Test func whatAPersonConfirmsIsInItsTranscript() throws {
        let program = try Program()
        let script = "confirm 'the API servers are stopped'"
        _ = try program.run(["--transcript", "t.jsonl", "-c", script])
        _ = try program.run(["--transcript", "t.jsonl", "--confirmed", "the API servers are stopped", "-c", script])
        let commands = try transcript(program.folder).events.filter { $0.kind == .command }
        #expect(commands.map(\.outcome) == [.failed, .ok])
        #expect(commands.first?.code == "script.not-confirmed")
    }

    /// So many runs are killed; 'scripts/test --long' sets SNAPSH_KILLS=200.
    private static let killCount = Int(ProcessInfo.processInfo.environment["SNAPSH_KILLS"] ?? "") ?? 15

    @Test func aKillAtAnyMomentLosesNoFinishedLine() throws {
        let program = try Program()
        let count = 60
        let script = (1...count).map { "echo number-\($0)\n" }.joined()
        try program.folder.write(script.utf8, to: "r.snapsh")
        var numbers = SeededGenerator(seed: 5)
        let start = ContinuousClock.now
        _ = try program.run(["--transcript", "t0.jsonl", "r.snapsh"])
        let whole = ContinuousClock.now - start
        var (finished, killed) = (0, 0)
        for kill in 0..<Self.killCount {
            // Each run is added to those of the killed ones before it; all in one file would be read over and over.
            let name = "t\(kill / 20).jsonl"
            // A run that is killed before it begins leaves no file.
            let events = { program.folder.exists(name) ? try transcript(program.folder, name).events : [] }
            let before = try events().count
            let running = try program.start(["--transcript", name, "r.snapsh"])
            usleep(useconds_t((whole / .microseconds(1)) * Double.random(in: 0...1, using: &numbers)))
            running.send(SIGKILL)
            let outcome = try running.wait()
            if outcome.exitCode == 137 { killed += 1 } else { finished += 1 }
            // A command prints before its line is written, and the next one runs after.
            let printed = outcome.output.count { $0 == "\n" }
            let added = try events().dropFirst(before)
            let numbers = added.filter { $0.kind == .command }.compactMap(\.number)
            #expect(numbers.count >= printed - 1 && numbers == (0..<numbers.count).map { $0 + 1 })
            #expect(added.isEmpty || added.first?.kind == .run)
        }
        #expect(killed > 0, "\(finished) runs ended before they were killed")
        let names = try program.folder.names().filter { $0.hasSuffix(".jsonl") }
        let report = try program.run(["report"] + names)
        #expect(report.exitCode == 0 && report.output.contains("**not ended**"))
    }

    @Test func aSecretStandsNowhereInAnyForm() throws {
        let secret = "SECRET-tök+en/4711 ?x"
        let base64 = Data(secret.utf8).base64EncodedString()
        let encoded = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let basic = Data("user:\(secret)".utf8).base64EncodedString()
        // It says back what it was sent, in each form, as a bad proxy may.
        let server = try FaultServer { request in
            let header = request.headers["Authorization"] ?? "none"
            return .init(403, body: Array("\(header) \(base64) \(encoded) \(encoded.lowercased()) \(basic)".utf8))
        }
        let workplace = try Workplace()
        try workplace.folder.write((secret + "\n").utf8, to: "token")
        let script = """
            param token --secret
            use service \(server.origin) --header "Authorization: Bearer $token" || echo \(base64) \(encoded) || echo no
            use pv '/nothing/\(basic)/\(secret)'

            """
        try workplace.folder.write(script.utf8, to: "r.snapsh")
        var shown = ""
        for flags in [[], ["--json"]] {
            let outcome = try workplace.program.run(
                flags + ["--transcript", "t.jsonl", "r.snapsh", "token=@token"]
            )
            #expect(outcome.exitCode == 6, "\(outcome.talk)")
            shown += outcome.output + outcome.talk
        }
        #expect(server.requests.contains { $0.headers["Authorization"]?.hasSuffix("Bearer \(secret)") == true })
        for name in ["report.md", "report.html"] {
            #expect(try workplace.program.run(["report", "t.jsonl", "-o", name]).exitCode == 0)
            shown += String(decoding: try workplace.folder.read(name), as: UTF8.self)
        }
        shown += String(decoding: try workplace.folder.read("t.jsonl"), as: UTF8.self)
        shown += try workplace.program.run(["report", "t.jsonl"]).output
        #expect(shown.contains("***"))
        for form in [secret, base64, encoded, encoded.lowercased(), basic, "4711"] {
            #expect(!shown.contains(form), "\(form)")
        }
        #expect(!shown.contains(Data("SECRET".utf8).base64EncodedString().prefix(6)))
    }
}
