import Foundation
import TestSupport
import Testing

@testable import Audit

@Suite("A transcript") struct TranscriptTests {
    static let origin = TranscriptOrigin(run: "a1", host: "h", user: "u", version: "1.2.3")

    /// An event with every field.
    static var full: TranscriptEvent {
        var event = TranscriptEvent(.command, origin, at: Date(timeIntervalSince1970: 1_800_000_000.25))
        event.script = "s.snapsh"
        event.dryRun = false
        event.number = 3
        event.command = "get $f"
        event.ran = "get out.db"
        event.place = .init(file: "s.snapsh", line: 1, column: 2)
        event.duration = 1.5
        event.outcome = .failed
        event.code = "c"
        event.message = "m"
        event.exit = 1
        var facts = TranscriptEvent.Facts()
        facts.source = "volume v"
        facts.cluster = "foo"
        var object = TranscriptEvent.Object(name: "n")
        object.key = "v1/n"
        object.etag = "e"
        object.version = "v"
        object.size = 12
        object.revision = 15
        object.modified = Date(timeIntervalSince1970: 1_700_000_000)
        facts.object = object
        facts.file = .init(path: "out.db", size: 12, sha256: "00ff", revision: 15, verified: true)
        facts.restored = .init(
            path: "out.db",
            sha256: "aa11",
            directories: ["d"],
            cluster: "cdf8",
            revision: 16,
            keyHash: 99
        )
        event.facts = facts
        return event
    }

    @Test("has the fields that its schema says, and no other")
    func schema() throws {
        func names(_ value: Any, _ lead: String = "") -> [String] {
            guard let object = value as? [String: Any] else { return [lead] }
            return object.flatMap { names($1, lead.isEmpty ? $0 : "\(lead).\($0)") }
        }
        var full = Self.full
        full.drill = "service-gone"
        let line = try TranscriptLine.encoded(full)
        let object = try JSONSerialization.jsonObject(with: Data(line))
        #expect(names(object).sorted() == TranscriptField.all.map(\.name).sorted())
        #expect(String(decoding: line, as: UTF8.self).contains("\"time\":\"2027-01-15T08:00:00.250Z\""))
        #expect(try TranscriptLine.decoded(line[...]) == full)
    }

    @Test("is added to, is its owner's, and a line that a kill had cut spoils no other")
    func appending() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("t.jsonl")
        let line = try TranscriptLine.encoded(TranscriptEvent(.run, Self.origin, at: Date()))
        try TranscriptFile(path: path).append(line)
        #expect(try folder.mode(of: "t.jsonl") == 0o600)
        for length in [1, 5, line.count - 1, line.count] {
            var bytes = line + [0x0A] + line.prefix(length)
            try folder.write(bytes, to: "t.jsonl")
            let file = try TranscriptFile(path: path)
            try file.append(line)
            try file.append(line)
            bytes += [0x0A] + line + [0x0A] + line + [0x0A]
            #expect(try folder.read("t.jsonl") == bytes)
            let transcript = try Transcript(path: path)
            #expect(transcript.events.count == (length == line.count ? 4 : 3))
            #expect(transcript.tornLines == (length == line.count ? [] : [2]))
        }
        // The first line of all was cut.
        try folder.write(line.prefix(20), to: "t.jsonl")
        try TranscriptFile(path: path).append(line)
        #expect(try Transcript(path: path).tornLines == [1])
    }

    @Test(
        "is nothing else that is there already",
        arguments: [
            "echo a\n", "\u{0}\u{1}", "{}\n", "{\"a\":1}\n", "text", "{\n  \"host\": 1\n}\n", "{\"host\":\"a\"}\n",
        ]
    )
    func otherFiles(content: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(content.utf8, to: "t")
        #expect(throws: TranscriptError.notTranscript(path: path)) { try TranscriptFile(path: path) }
        #expect(try folder.read("t") == Array(content.utf8))
        #expect(throws: TranscriptError.self) { try TranscriptFile(path: folder.path) }
        #expect(throws: TranscriptError.self) { try TranscriptFile(path: "/dev/null") }
        #expect(throws: TranscriptError.self) { try TranscriptFile(path: folder.path("no/t")) }
    }

    @Test("whose first line was cut is added to again and again", arguments: [nil, true])
    func firstLineCut(dryRun: Bool?) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("t.jsonl")
        var event = TranscriptEvent(.run, Self.origin, at: Date())
        event.dryRun = dryRun
        let line = try TranscriptLine.encoded(event)
        for length in 1..<line.count {
            try folder.write(line.prefix(length), to: "t.jsonl")
            for _ in 1...3 { try TranscriptFile(path: path).append(line) }
            let transcript = try Transcript(path: path)
            #expect(transcript.events == [event, event, event].map { TranscriptTests.reread($0) })
            #expect(transcript.tornLines == [1])
        }
        // The second line was cut, too.
        try folder.write(line.prefix(3) + [0x0A] + line.prefix(12), to: "t.jsonl")
        try TranscriptFile(path: path).append(line)
        #expect(try Transcript(path: path).tornLines == [1, 2])
    }

    /// A time is written with milliseconds.
    private static func reread(_ event: TranscriptEvent) -> TranscriptEvent? {
        (try? TranscriptLine.encoded(event)).flatMap { try? TranscriptLine.decoded($0[...]) }
    }

    @Test("that was cut within a run has all other lines")
    func cutWithin() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("t.jsonl")
        let begin = try TranscriptLine.encoded(TranscriptEvent(.run, Self.origin, at: Date())) + [0x0A]
        let line = try TranscriptLine.encoded(Self.full)
        // A full disk cuts a line, and the same run goes on when there is space again.
        try folder.write(begin + line.prefix(30), to: "t.jsonl")
        let file = try TranscriptFile(path: path)
        try file.append(line)
        try file.append(line)
        let transcript = try Transcript(path: path)
        #expect(transcript.events.count == 3 && transcript.tornLines == [2])
        // Only the line end was written of the next one.
        let bytes = begin + line.prefix(30) + [0x0A]
        #expect(try Transcript(bytes, path: "t").tornLines == [2])
    }

    @Test(
        "that can't be read is an error with its line",
        arguments: [
            ("not json\n", 1, "it is not JSON"), ("[1]\n", 1, "'' is of another type"), ("{}\n", 1, "it has no 'kind'"),
            ("\n{\"kind\":\"command\",\"run\":\"a\"}\n", 2, "it has no"),
            ("{\"kind\":\"run\",\"run\":7}\n", 1, "'run' is of another type"), ("text", 1, "it is not JSON"),
            (
                "{\"kind\":\"run\",\"run\":\"a\",\"time\":\"yesterday\",\"host\":\"h\",\"user\":\"u\",\"version\":\"1\"}\n",
                1, "'time' can't be read"
            ),
        ]
    )
    func badLines(text: String, line: Int, reason: String) throws {
        let error = #expect(throws: TranscriptError.self) { try Transcript(Array(text.utf8), path: "t") }
        guard case .badLine("t", let found, let why)? = error else { return }
        #expect(found == line && why.hasPrefix(reason), "\(why)")
        // Where other lines are good, it is counted.
        let good = try TranscriptLine.encoded(Self.full) + [0x0A]
        let transcript = try Transcript(good + text.utf8, path: "t")
        #expect(transcript.events.count == 1 && transcript.tornLines == [line + 1])
    }

    @Test("may have lines of a later version")
    func unknownKinds() throws {
        let good = try TranscriptLine.encoded(Self.full) + [0x0A]
        #expect(try Transcript(good + "{\"kind\":\"later\",\"run\":\"a\"}\n".utf8 + good, path: "t").events.count == 2)
        #expect(try Transcript([], path: "t").events.isEmpty)
    }

    @Test("cut at any byte keeps each whole line")
    func cuts() throws {
        var bytes = try TranscriptLine.encoded(TranscriptEvent(.run, Self.origin, at: Date())) + [0x0A]
        for number in 1...3 {
            var event = Self.full
            event.number = number
            bytes += try TranscriptLine.encoded(event) + [0x0A]
        }
        for length in 0...bytes.count {
            let wholeCount = bytes.prefix(length).count { $0 == 0x0A }
            let transcript = try Transcript(Array(bytes.prefix(length)), path: "t")
            // A line without its end only may be whole, too.
            #expect(wholeCount...wholeCount + 1 ~= transcript.events.count)
        }
    }
}
