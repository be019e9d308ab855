import Audit
import Blocking
import Files
import Text

/// What `report` takes.
private enum ReportArguments {
    static let transcripts = ArgumentKey.rest("TRANSCRIPT", .file)
    static let output = Option("output", short: "o", value: "FILE", .reportFile, "write FILE.md or FILE.html")
    static let force = Option("force", "replace a file that exists", goesWith: [output])
}

extension CommandDeclaration {
    static let report = CommandDeclaration(
        words: ["report"],
        summary: "make a report of transcripts: for a ticket, or as a page",
        details: [
            "It shows what took how long, what failed and what was tried next, and the evidence: each file",
            "with its origin, size, SHA-256 and revision. It prints Markdown; -o FILE.html writes one page",
            "that needs nothing else. 'snapsh --transcript FILE' writes a transcript ('help transcript').",
        ],
        arguments: [ReportArguments.transcripts],
        options: [ReportArguments.output, ReportArguments.force],
        examples: [
            .init("report run.jsonl", "Markdown for a ticket"),
            .init("report run.jsonl -o report.html --force", "a page for the browser and for paper"),
        ],
        requireFit: { invocation in
            if invocation[ReportArguments.transcripts].isEmpty {
                throw UsageError("'report' needs TRANSCRIPT", hint: "write: report TRANSCRIPT…")
            }
        },
        records: [.report],
        dryRun: .described { try await report($0, $1, writes: false) },
        run: { try await report($0, $1, writes: true) }
    )

    @MainActor
    private static func report(_ invocation: Invocation, _ session: Session, writes: Bool) async throws {
        var transcripts: [Transcript] = []
        for path in invocation[ReportArguments.transcripts] {
            transcripts.append(
                try await ReportFailure.at(path) {
                    try await BlockingWork.run(at: Place(folderOf: path)) { try Transcript(path: path) }
                }
            )
        }
        let read = transcripts
        let (report, path) = (Report(transcripts), invocation[ReportArguments.output])
        let isPage = path?.isPage == true
        let text = try await BlockingWork.run(at: Place(description: "a report")) {
            isPage ? Report(read).html : Report(read).markdown
        }
        guard let path else {
            session.output.listing(
                String(text.dropLast()),
                isVerbatim: true,
                json: [ReportRecord(report, path: nil, markdown: text)]
            )
            return
        }
        let (bytes, isForced) = (Array(text.utf8), invocation[ReportArguments.force])
        if writes {
            try await ReportFailure.at(path) {
                try await BlockingWork.smallFile(at: path) {
                    try WholeFile.write(bytes, to: path, replacing: isForced)
                }
            }
        }
        session.output.result(
            "\(writes ? "wrote" : "would write") \(path.printable): \(report.runCount.of("run")),"
                + " \(report.commandCount.of("command")), \(report.failureCount.of("failure"))",
            json: ReportRecord(report, path: path, markdown: nil)
        )
    }

    private struct ReportRecord: Encodable {
        let kind = "report"
        let path: String?
        let runs: Int
        let commands: Int
        let failures: Int
        let markdown: String?

        init(_ report: Report, path: String?, markdown: String?) {
            self.path = path
            self.markdown = markdown
            runs = report.runCount
            commands = report.commandCount
            failures = report.failureCount
        }
    }
}

extension ValueKind where Value == String {
    /// A file that a report is written to: its ending says the form.
    static var reportFile: ValueKind {
        ValueKind("a file that ends in .md or .html", completion: .file) { text throws(UsageError) in
            let text = try ValueKind<String>.newFile.parse(text)
            if text.isPage || text.hasSuffix(".md") { return text }
            throw UsageError("'\(text.printable)' ends neither in .md nor in .html", hint: "write: -o report.html")
        }
    }
}

extension String {
    /// Whether a report in it is a page.
    var isPage: Bool { hasSuffix(".html") }
}

extension Int {
    /// `1 run`, `2 runs`
    fileprivate func of(_ thing: String) -> String { "\(self) \(thing)\(self == 1 ? "" : "s")" }
}

extension ReportFailure {
    /// Runs `work`, and names the file in its errors.
    fileprivate static func at<Value>(_ path: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as TranscriptError {
            throw ReportFailure.transcript(error)
        } catch let error as SystemError {
            throw ReportFailure.write(path: path, error)
        } catch let error as NotAnswering {
            throw PathFailure(path: path, reason: error.description)
        }
    }
}
