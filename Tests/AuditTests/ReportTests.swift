import Foundation
import TestSupport
import Testing

@testable import Audit

@Suite("A report") struct ReportTests {
    private func event(
        _ kind: TranscriptEvent.Kind,
        _ number: Int,
        _ command: String,
        at seconds: Double,
        _ outcome: TranscriptEvent.Outcome? = nil,
        message: String? = nil
    ) -> TranscriptEvent {
        var event = TranscriptEvent(
            kind,
            TranscriptTests.origin,
            at: Date(timeIntervalSince1970: 1_800_000_000 + seconds)
        )
        event.number = number
        event.command = command
        event.outcome = outcome
        event.message = message
        event.duration = outcome == nil ? nil : 2
        event.place = .init(file: "r.snapsh", line: number, column: 1)
        return event
    }

    private func report(_ events: [TranscriptEvent]) throws -> Report {
        var bytes: [UInt8] = []
        for event in events { bytes += try TranscriptLine.encoded(event) + [0x0A] }
        return Report([try Transcript(bytes, path: "t.jsonl")])
    }

    @Test("says what failed, what was tried next, and what had not ended")
    func failures() throws {
        let report = try report([
            event(.command, 1, "use service", at: 0, .failed, message: "no response"),
            event(.begin, 2, "use pv", at: 2), event(.command, 2, "use pv", at: 2, .ok),
            event(.command, 3, "confirm x", at: 4, .skipped), event(.begin, 4, "get out.db", at: 6),
        ])
        #expect(report.commandCount == 4 && report.failureCount == 1)
        let markdown = report.markdown
        #expect(markdown.contains("- use service (r.snapsh:1): no response. Next: use pv, ok\n"), "\(markdown)")
        #expect(
            markdown.contains("| +6.0 s | ·······················█ | - | get out.db | **not ended** |"),
            "\(markdown)"
        )
        #expect(markdown.contains("| Result | **not ended**: it was killed, or it still runs |"))
        #expect(markdown.contains("| **skipped** |"))
        #expect(report.html.contains("<span class=\"failed\" style=\"margin-left:0.0%;width:33.3%\">"))
    }

    @Test("counts a failure in a script that 'source' runs once, and says what was tried after it")
    func failuresOfSource() throws {
        let report = try report([
            event(.begin, 1, "source a.snapsh", at: 0), event(.begin, 2, "echo a", at: 0),
            event(.command, 2, "echo a", at: 0, .ok), event(.begin, 3, "use service", at: 1),
            event(.command, 3, "use service", at: 1, .failed, message: "no response"),
            event(.command, 1, "source a.snapsh", at: 0, .failed, message: "no response"),
            // A command whose words can't be filled in does not begin.
            event(.command, 4, "echo $x", at: 3, .failed, message: "no value"),
            event(.begin, 5, "use pv", at: 4), event(.command, 5, "use pv", at: 4, .ok),
        ])
        #expect(report.commandCount == 5 && report.failureCount == 2)
        let markdown = report.markdown
        #expect(
            markdown.contains("- use service (r.snapsh:3): no response. Next: echo \\$x, **failed**\n"),
            "\(markdown)"
        )
        #expect(markdown.contains("- echo \\$x (r.snapsh:4): no value. Next: use pv, ok\n"), "\(markdown)")
        #expect(!markdown.contains("- source a.snapsh"))
    }

    @Test("of very many commands that do not begin is made at once", .timeLimit(.minutes(1)))
    func manyWithoutBegin() throws {
        let events = (1...100_000).map { event(.command, $0, "echo", at: 0, .failed) }
        let run = try #require(RecordedRun.all(in: [Transcript(events: events, path: "t")]).first)
        #expect(run.failures.count == 100_000)
    }

    @Test("says how many lines can't be read")
    func tornLines() throws {
        let line = try TranscriptLine.encoded(TranscriptTests.full) + [0x0A]
        let one = Report([try Transcript(line + "{\"co\n".utf8 + line, path: "t.jsonl")]).markdown
        #expect(one.contains("t.jsonl: 1 line can't be read (2): a kill or a full disk cut "), "\(one)")
        let cut = Array("{\"co\n".utf8)
        let many = Report([try Transcript(line + Array(repeating: cut, count: 25).joined(), path: "t")]).markdown
        #expect(many.contains("t: 25 lines can't be read (2, 3, ") && many.contains(", 21, …)"), "\(many)")
    }

    @Test("names the object that a file comes from, once for the same bytes")
    func evidence() throws {
        var got = TranscriptTests.full
        got.outcome = .ok
        var verified = got
        verified.number = 4
        verified.facts?.object = nil
        let markdown = try report([got, verified]).markdown
        let rows = markdown.split(separator: "\n").filter { $0.contains("00ff") }
        #expect(
            rows == [
                "| out.db | volume v, v1/n (ETag e) | 12 bytes (12 B) | 00ff | 15 | yes, 2027-01-15T08:00:00Z |"
            ]
        )
    }

    @Test("names the data directories that were restored, from what, and the hash of their keys")
    func restored() throws {
        var restored = TranscriptTests.full
        restored.outcome = .ok
        restored.facts?.file = nil
        restored.facts?.restored?.directories = ["a.etcd", "b.etcd"]
        var again = restored
        again.facts?.restored?.directories = ["b.etcd"]
        again.facts?.restored?.revision = 17
        var failed = restored
        failed.outcome = .failed
        failed.facts?.restored?.directories = ["c.etcd"]
        let markdown = try report([restored, again, failed]).markdown
        let rows = markdown.split(separator: "\n").filter { $0.contains("aa11") }
        #expect(
            rows == [
                "| a.etcd (cluster cdf8) | out.db | aa11 | 16 | 99 | yes, 2027-01-15T08:00:00Z |",
                "| b.etcd (cluster cdf8) | out.db | aa11 | 17 | 99 | yes, 2027-01-15T08:00:00Z |",
            ]
        )
        #expect(markdown.contains("### Evidence"))
    }

    @Test("never takes a drill's files and directories for real ones")
    func drill() throws {
        var real = TranscriptTests.full
        real.outcome = .ok
        real.command = "get out.db"
        real.ran = nil
        var toy = real
        toy.drill = "service-gone"
        let markdown = try report([toy, real]).markdown
        #expect(markdown.contains("| (drill service-gone) get out.db |"), "\(markdown)")
        let rows = markdown.split(separator: "\n").filter { $0.contains("00ff") || $0.contains("aa11") }
        let lead = "the drill service-gone, no real backup: "
        #expect(
            rows == [
                "| out.db | \(lead)volume v, v1/n (ETag e) | 12 bytes (12 B) | 00ff | 15 | yes, 2027-01-15T08:00:00Z |",
                "| out.db | volume v, v1/n (ETag e) | 12 bytes (12 B) | 00ff | 15 | yes, 2027-01-15T08:00:00Z |",
                "| d (cluster cdf8), of the drill service-gone | out.db | aa11 | 16 | 99 | yes, 2027-01-15T08:00:00Z |",
                "| d (cluster cdf8) | out.db | aa11 | 16 | 99 | yes, 2027-01-15T08:00:00Z |",
            ]
        )
    }

    static let hostile = [
        "<script>alert(1)</script>", "a|b`c`*d*_e_", "[x](javascript:1)", "\"' onload=x", "@all #1 $x$ ~~y~~ &lt;",
        "a\nb\r\u{1B}[2J\u{202E}c", "```", "\\|", "<!--", "</style>", "![i](http://x/y.png)",
        "a|\u{301}b`\u{301}c*\u{301}",
    ]

    @Test(
        "makes no link of an address",
        arguments: [
            ("https://a.b/c", "https\\://a.b/c"), ("ftp://x http:/x", "ftp\\://x http:/x"),
            ("www.x.org", "www\\.x.org"),
            ("https:/\u{301}/x", "https:/\u{301}/x"), ("wwww.x w.x 1:2", "wwww\\.x w.x 1:2"),
        ]
    )
    func addresses(text: String, escaped: String) {
        #expect(MarkdownRenderer.escaped(text) == escaped)
    }

    @Test("shows every text as it is, and nothing in it is markup", arguments: hostile)
    func escaping(text: String) throws {
        var command = TranscriptTests.full
        command.command = text
        command.ran = nil
        command.message = text
        command.place?.file = text
        command.outcome = .ok
        command.facts?.source = text
        command.facts?.object?.key = text
        command.facts?.object?.etag = text
        command.facts?.file?.path = text
        command.facts?.file?.sha256 = text
        command.facts?.restored = .init(
            path: text,
            sha256: text,
            directories: [text],
            cluster: text,
            revision: 1,
            keyHash: 1
        )
        command.host = text
        command.user = text
        command.version = text
        var run = command
        run.kind = .run
        run.script = text
        var failed = command
        failed.outcome = .failed
        var end = command
        end.kind = .end
        let report = try report([run, command, failed, end])

        let plain = try self.report([command]).html
        #expect(report.html.count { $0 == "<" } == Self.tagCount(in: report.html))
        #expect(!report.html.contains("<script") && !report.html.contains("onload=x "))
        #expect(!plain.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
        #expect(Self.unescaped(report.html).contains(text.replacing("\n", with: "\\n").prefix(2)))

        let markdown = report.markdown
        for line in markdown.split(separator: "\n") where line.hasPrefix("|") {
            let bars = Self.bareCount(of: "|", in: String(line))
            #expect([3, 6, 7].contains(bars), "\(line)")
        }
        let own = markdown.replacing(/\*\*(failed|not ended|skipped)\*\*/, with: "")
        for sign: Unicode.Scalar in ["`", "*", "_", "[", "]", "~", "$"] {
            #expect(Self.bareCount(of: sign, in: own) == 0, "\(sign) in \(markdown)")
        }
        #expect(!markdown.contains("<") && !markdown.contains("@"))
    }

    /// How often a sign stands there without a backslash before it.
    private static func bareCount(of sign: Unicode.Scalar, in text: String) -> Int {
        var count = 0
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == sign, !isEscaped { count += 1 }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return count
    }

    /// The tags that the renderer itself writes.
    private static func tagCount(in html: String) -> Int {
        let names =
            "html|head|meta|title|style|body|main|h1|h2|h3|p|dl|div|dt|dd|table|thead|tbody|tr|th|td|ul|li|span|code"
        guard let pattern = try? Regex("</?(\(names))[ >]|<!DOCTYPE html>") else { return -1 }
        return html.ranges(of: pattern).count
    }

    private static func unescaped(_ html: String) -> String {
        html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    @Test("needs nothing from anywhere")
    func selfContained() throws {
        let html = try report([TranscriptTests.full]).html
        for word in ["src=", "href=", "url(", "@import", "<link", "<script", "<img"] { #expect(!html.contains(word)) }
        #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
        #expect(html.contains("default-src 'none'"))
    }

    @Test("of any numbers and times stays readable")
    func oddNumbers() throws {
        var odd = TranscriptTests.full
        odd.outcome = .ok
        var events: [TranscriptEvent] = []
        for duration in [-5, 0, 1e300, 1e-300] {
            odd.duration = duration
            odd.time = Date(timeIntervalSince1970: duration == 0 ? -1e9 : 1_800_000_000)
            odd.facts?.file?.size = .min
            events.append(odd)
        }
        let report = try report(events)
        #expect(!report.html.contains("nan") && !report.html.contains("inf%"))
        #expect(report.markdown.contains("### Time"))
    }

    @Test("of very many commands shows the first and counts the rest")
    func many() throws {
        let report = try report((1...2500).map { event(.command, $0, "echo \($0)", at: Double($0), .ok) })
        #expect(report.commandCount == 2500)
        #expect(report.markdown.contains("500 more are in the transcript"))
        #expect(report.html.utf8.count < 2_000_000)
    }
}
