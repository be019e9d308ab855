import Drills
import Foundation
import TestSupport
import Testing

@Suite("A report of drills")
struct DrillReportTests {
    private func report(_ lines: String..., tornLineCount: Int = 0) throws -> DrillReport {
        DrillReport(try DrillResult.read(lines), tornLineCount: tornLineCount)
    }

    @Test("of one result has its facts, its timeline, its mistakes and its answers")
    func one() throws {
        let markdown = try report(DrillResult.line(hints: 1, limit: 15)).markdown
        #expect(markdown.hasPrefix("# Drill report: The service is gone, ann&#64;desk\n"), "\(markdown)")
        for row in [
            "| Result | ok: within the limit of 15m |", "| Drill | service-gone |", "| Seed | 1f |",
            "| Began | 2027-01-15T08:00:00Z |", "| Recovered after | 9m30s |", "| Proven after | 10m |",
            "| Hints | 1 |", "| Failed checks | 0 |", "| Limit | 15m |",
            "| At | Time | Command | Result |",
            "| +20s | █······················· | use service | **failed** |",
            "| +5m | ············█··········· | get recovered.db | ok |",
            "### Mistakes that a check recognised\n\n- took-an-old-one\n",
            "| The backup, and why | the newest |\n| What proved it | its checksum |\n",
        ] { #expect(markdown.contains(row), "\(row) in \(markdown)") }
        #expect(!markdown.contains("To change in the runbook") && !markdown.contains("Who has done what"))
    }

    @Test("of several people has a table of people by drills, and one of all results")
    func several() throws {
        let report = try report(
            DrillResult.line(person: "bob", minutes: 20, failedChecks: 2, limit: 15),
            DrillResult.line(person: "ann", minutes: 10),
            DrillResult.line(person: "ann", start: "2027-02-01T08:00:00Z", minutes: 5),
            DrillResult.line(drill: "deleted", person: "bob", hasGivenUp: true),
            tornLineCount: 2
        )
        let markdown = report.markdown
        for row in [
            "# Drill report: 4 results of 2 people\n",
            "| Drill | ann | bob |\n| --- | --- | --- |\n| deleted | - | **failed**, 10m |\n| service-gone | ok, 5m | **failed**, 20m |\n",
            "| deleted | bob | 2027-01-15T08:00:00Z | **failed**: the solution was asked for | 9m30s | 10m | 0 | 0 |",
            "| service-gone | ann | 2027-01-15T08:00:00Z | ok: without help | 9m30s | 10m | 0 | 0 |",
            "| service-gone | bob | 2027-01-15T08:00:00Z | **failed**: over the limit of 15m | 19m30s | 20m | 0 | 2 |",
            "## The service is gone, ann\n", "## The service is gone, bob\n",
            "2 lines of the results can't be read: a kill or a full disk cut them.",
        ] { #expect(markdown.contains(row), "\(row) in \(markdown)") }
        let html = report.html
        #expect(
            html.contains("<td><code>service-gone</code></td><td><span class=\"mark ok\">ok</span>, 5m</td>"),
            "\(html)"
        )
        #expect(html.contains("<span class=\"failed\" style=\"margin-left:1.7%;width:0.8%\">"), "\(html)")
        #expect(!html.contains(">Took<"))
    }

    @Test("of an attempt that was left says that the goal was not reached")
    func left() throws {
        let report = try report(
            DrillResult.line(limit: 15, isReached: false),
            DrillResult.line(person: "bob", isReached: false)
        )
        for row in [
            "| service-gone | **failed**, not reached | **failed**, not reached |",
            "| service-gone | bob | 2027-01-15T08:00:00Z | **failed**: not reached | - | - | 0 | 0 |",
            "| Result | **failed**: not reached |", "| Proven after | not reached |",
        ] { #expect(report.markdown.contains(row), "\(row) in \(report.markdown)") }
        #expect(try DrillResult.read([DrillResult.line(limit: 15, isReached: false)])[0].isInTime == nil)
    }

    @Test("of nothing says so")
    func none() {
        #expect(DrillReport([]).markdown == "# Drill report: no result\n\nNo drill was played yet.\n")
    }

    @Test("shows names and answers of others as they are, and never as markup")
    func hostile() throws {
        let report = try report(
            DrillResult.line(person: "<script>alert(1)</script>|\\u001b[31m", rest: ",\"later\":{\"field\":1}")
        )
        #expect(!report.html.contains("<script>") && report.html.contains("&lt;script&gt;"))
        #expect(!report.html.unicodeScalars.contains("\u{1b}") && !report.markdown.unicodeScalars.contains("\u{1b}"))
        #expect(report.markdown.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\|"))
    }

    @Test("of very many results is made at once", .timeLimit(.minutes(1)))
    func many() throws {
        let results = try DrillResult.read([DrillResult.line()])
        let report = DrillReport(Array(repeating: results[0], count: 20_000))
        #expect(report.markdown.contains("19500 more are in the files of results."))
    }
}
