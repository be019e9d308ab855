import Foundation
import TestSupport
import Testing

/// What a run writes where no terminal is: a log.
@Suite("A log", .ownThread)
struct LogTests {
    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let script = "use pv backups\ncluster foo\ntarget 3.4.23\npick max\nget out.db\npick 77\n"
        try workplace.folder.write(script.utf8, to: "r.snapsh")
        return workplace
    }

    @Test("of a script has the time of each command, note, warning and error")
    func times() throws {
        let workplace = try workplace()
        let outcome = try workplace.program.run(["r.snapsh"])
        #expect(outcome.exitCode == 4)
        let lines = outcome.talk.split(separator: "\n").filter { !$0.hasPrefix("    ") }
        #expect(lines.count >= 7)
        for line in lines {
            #expect(
                line.prefixMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (\+ |note: |warning: |r.snapsh:)/#) != nil,
                "\(line)"
            )
        }
    }

    @Test("does not say twice that a cluster or a target was chosen")
    func noRepetition() throws {
        let workplace = try workplace()
        let outcome = try workplace.program.run(["r.snapsh"])
        #expect(outcome.talk.contains("+ cluster foo\n") && !outcome.output.contains("cluster foo\n"))
        #expect(outcome.talk.contains("+ target 3.4.23\n") && !outcome.output.contains("target etcd"))
        // Where the commands are not shown, what they did is.
        let text = try workplace.recover("target 3.4.23")
        #expect(text.output.contains("cluster foo\n") && text.output.contains("target etcd 3.4.23\n"))
        let json = try workplace.program.run(["--json", "r.snapsh"])
        #expect(json.output.contains(#""kind":"chosen""#) && json.output.contains(#""kind":"target""#))
    }

    @Test("is none of a text or of one command")
    func noLog() throws {
        let workplace = try workplace()
        #expect(try workplace.recover("pick 77").talk.hasPrefix("-c:1:"))
    }

    @Test("is of objects where objects are wanted, each with its kind, and in a log with its time")
    func objects() throws {
        struct Message: Decodable {
            var kind: String
            var message: String
            var time: Date?
        }
        let workplace = try workplace()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        func messages(_ words: [String]) throws -> [Message] {
            try workplace.program.run(["--json"] + words).talk.split(separator: "\n").map { line in
                try decoder.decode(Message.self, from: Data(line.utf8))
            }
        }
        let script = try messages(["r.snapsh"])
        #expect(script.allSatisfy { $0.time != nil })
        #expect(script.contains { $0.kind == "log" && $0.message == "+ pick max" })
        #expect(script.last?.kind == "error")
        let text = try messages(["-c", "restore out.db --data-dir d; use pv none"])
        #expect(text.allSatisfy { $0.time == nil })
        #expect(text.map(\.kind) == ["note", "note", "error"], "\(text)")
        #expect(text[0].message.hasPrefix("out.db holds the data of Kubernetes"))
        #expect(try messages(["--quiet", "r.snapsh"]).map(\.kind) == ["error"])
    }
}
