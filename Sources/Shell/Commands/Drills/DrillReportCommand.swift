import Blocking
import Drills
import Files
import Text

/// What `drill report` takes.
private enum DrillReportArguments {
    static let results = OptionDeclaration(
        name: "results",
        value: ("FILE", ValueKind<String>.file),
        summary: "the results of another person or team (JSON Lines); may be given several times",
        isRepeatable: true
    )
    static let output = Option("output", short: "o", value: "FILE", .reportFile, "write FILE.md or FILE.html")
    static let force = Option("force", "replace a file that exists", goesWith: [output])
}

extension CommandDeclaration {
    static let drillReport = CommandDeclaration(
        words: [drillWord, "report"],
        summary: "make a report of drills that were played: your own, or those of several people",
        details: [
            "Without --results it is about your own, in the folder of the drills. It prints Markdown; -o FILE.html",
            "writes one page that needs nothing else.",
        ],
        options: [DrillReportArguments.results, DrillReportArguments.output, DrillReportArguments.force],
        examples: [
            .init("drill report", "your own results"),
            .init("drill report --results a.jsonl --results b.jsonl -o day.html", "a game day"),
        ],
        records: [.drillReport],
        dryRun: .described { try await report($0, $1, writes: false) },
        isRecorded: false,
        run: { try await report($0, $1, writes: true) }
    )

    @MainActor
    private static func report(_ invocation: Invocation, _ session: Session, writes: Bool) async throws {
        var paths = invocation.values(ofOption: DrillReportArguments.results.name).compactMap { $0 as? String }
        if paths.isEmpty { paths = [try session.drillDependencies().folder.resultsFile] }
        var (results, tornLineCount): ([DrillResult], Int) = ([], 0)
        for path in paths {
            let content = try await BlockingWork.run(at: Place(folderOf: path)) { try ResultsFile(path).content }
            results += content.results
            tornLineCount += content.tornLines.count
        }
        let report = DrillReport(results, tornLineCount: tornLineCount)
        guard let path = invocation[DrillReportArguments.output] else {
            session.output.listing(
                report.markdown.trimmed.description,
                isVerbatim: true,
                json: [DrillReportRecord(path: nil, results: results.count, markdown: report.markdown)]
            )
            return
        }
        let text = path.isPage ? report.html : report.markdown
        let (bytes, isForced) = (Array(text.utf8), invocation[DrillReportArguments.force])
        if writes {
            do {
                try await BlockingWork.smallFile(at: path) { try WholeFile.write(bytes, to: path, replacing: isForced) }
            } catch let error as SystemError {
                throw ReportFailure.write(path: path, error)
            }
        }
        session.output.result(
            "\(writes ? "wrote" : "would write") \(path.printable): \(results.count) \(results.count == 1 ? "result" : "results")",
            json: DrillReportRecord(path: path, results: results.count, markdown: nil)
        )
    }
}

private struct DrillReportRecord: Encodable {
    let kind = "drill-report"
    let path: String?
    let results: Int
    let markdown: String?
}
