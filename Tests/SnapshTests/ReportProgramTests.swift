import TestSupport
import Testing

/// `report` as a command of the program.
@Suite(.ownThread) struct ReportProgramTests {
    private func made() throws -> Program {
        let program = try Program()
        _ = try program.run(["--transcript", "a.jsonl", "-c", "echo one; use pv nothing || echo two"])
        _ = try program.run(["--transcript", "b.jsonl", "-c", "echo three"])
        return program
    }

    @Test func severalTranscriptsMakeOneReport() throws {
        let program = try made()
        let outcome = try program.run(["report", "a.jsonl", "b.jsonl"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.hasPrefix("# Recovery report: 2 runs\n"))
        #expect(outcome.output.contains("use pv nothing (-c:1): cannot use the volume nothing"))
        #expect(outcome.output.contains("Next: echo two, ok"))
        let json = try program.run(["report", "--json", "a.jsonl", "b.jsonl"])
        #expect(json.output.contains(#""kind":"report""#) && json.output.contains(#""commands":4,"failures":1"#))
    }

    @Test func aFileIsWrittenAsAWholeAndReplacesNone() throws {
        let program = try made()
        let page = try program.run(["report", "-o", "r.html", "a.jsonl"])
        #expect(page.output == "wrote r.html: 1 run, 3 commands, 1 failure\n")
        #expect(try program.folder.mode(of: "r.html") == 0o600)
        let html = try program.folder.read("r.html")
        #expect(String(decoding: html, as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        expectFailure(try program.run(["report", "b.jsonl", "-o", "r.html"]), 1, says: "there is such a file already")
        #expect(try program.folder.read("r.html") == html)
        #expect(try program.run(["report", "b.jsonl", "-o", "r.html", "--force"]).exitCode == 0)
        #expect(try program.folder.read("r.html") != html)
        #expect(try program.folder.names() == ["a.jsonl", "b.jsonl", "r.html"])
    }

    @Test(
        arguments: [
            (["report"], 2, "'report' needs TRANSCRIPT"),
            (["report", "a.jsonl", "-o", "r.pdf"], 2, "'r.pdf' ends neither in .md nor in .html"),
            (["report", "a.jsonl", "--force"], 2, "--force needs --output"),
            (["report", "none.jsonl"], 4, "cannot find the transcript none.jsonl"),
            (
                ["report", "bad.jsonl"], 1,
                "cannot read the transcript bad.jsonl: line 1 is not a line of a transcript: it is not JSON"
            ),
            (["report", "."], 1, "cannot read the transcript .: is a directory"),
            (["report", "a.jsonl", "-o", "no/r.md"], 1, "cannot write no/r.md: no such file or directory"),
        ] as [([String], Int32, String)]
    )
    func whatIsWrongIsSaid(_ words: [String], _ exitCode: Int32, _ sentence: String) throws {
        let program = try made()
        try program.folder.write("bad\nbad\n".utf8, to: "bad.jsonl")
        expectFailure(try program.run(words), exitCode, says: sentence)
    }
}
