import FoundationEssentials
import Text

/// What a ticket needs of some runs: what took how long, what failed and what was tried next, and the evidence.
package struct Report: Sendable {
    private let transcripts: [Transcript]
    private let runs: [RecordedRun]
    /// More rows of one table are counted, not shown.
    private static let maxRowCount = 2000

    package init(_ transcripts: [Transcript]) {
        self.transcripts = transcripts
        runs = RecordedRun.all(in: transcripts)
    }

    package var runCount: Int { runs.count }
    package var commandCount: Int { runs.reduce(0) { $0 + $1.commands.count } }
    package var failureCount: Int { runs.reduce(0) { $0 + $1.failures.count } }

    package var markdown: String { document.markdown }
    package var html: String { document.html }

    private var document: Document {
        let title =
            switch runs.count {
            case 0: "Recovery report: no run"
            case 1: "Recovery report: \(runs[0].title)"
            default: "Recovery report: \(runs.count) runs"
            }
        var document = Document(title: title)
        if runs.count > 1 {
            document.blocks.append(
                .table(
                    header: ["Run", "Began", "Took", "Who", "Result"],
                    rows: runs.prefix(Self.maxRowCount).map { run in
                        [
                            [.text(run.title)], [.text(run.start.text)], [.text(run.duration.took)],
                            [.text("\(run.user) on \(run.host)")], run.result,
                        ]
                    }
                )
            )
        }
        for run in runs.prefix(Self.maxRowCount) { document.blocks += blocks(of: run) }
        for transcript in transcripts where !transcript.tornLines.isEmpty {
            document.blocks.append(.paragraph([.code(transcript.path), .text(": \(transcript.torn)")]))
        }
        return document
    }

    private func blocks(of run: RecordedRun) -> [Document.Block] {
        var blocks: [Document.Block] = []
        if runs.count > 1 { blocks.append(.heading(run.title)) }
        blocks.append(
            .facts([
                ("Result", run.result), ("Began", [.text(run.start.text)]), ("Took", [.text(run.duration.took)]),
                ("Who", [.text(run.user)]), ("Host", [.text(run.host)]), ("snapsh", [.text(run.version)]),
                ("Transcript", [.code(run.path)]),
            ])
        )
        if let message = run.end?.message { blocks.append(.paragraph([.text(message.short)])) }
        if !run.commands.isEmpty { blocks += [.subheading("Time"), .axis(axis(of: run))] }
        if let rest = Self.rest(run.commands.count) { blocks.append(rest) }
        let failures = run.failures
        if !failures.isEmpty {
            blocks.append(.subheading("Failures, and what was tried next"))
            blocks.append(.list(failures.prefix(Self.maxRowCount).map(Self.item)))
            if let rest = Self.rest(failures.count) { blocks.append(rest) }
        }
        let evidence = Evidence.all(in: run)
        let directories = Evidence.directories(in: run)
        if !evidence.isEmpty || !directories.isEmpty { blocks.append(.subheading("Evidence")) }
        if !evidence.isEmpty {
            blocks.append(
                .table(
                    header: ["File", "From", "Size", "SHA-256", "Revision", "Verified"],
                    rows: evidence.prefix(Self.maxRowCount).map(Self.row)
                )
            )
        }
        if !directories.isEmpty {
            blocks.append(
                .table(
                    header: [
                        "Data directory", "Restored from", "SHA-256 of that", "Revision", "Keys' hash", "Restored",
                    ],
                    rows: directories.prefix(Self.maxRowCount).map(Self.row)
                )
            )
        }
        return blocks
    }

    private static func rest(_ count: Int) -> Document.Block? {
        count > maxRowCount ? .paragraph([.text("\(count - maxRowCount) more are in the transcript.")]) : nil
    }

    private func axis(of run: RecordedRun) -> Document.Axis {
        let length = max(run.duration, run.commands.map { $0.start + $0.duration }.max() ?? 0, 0.001)
        return Document.Axis(
            length: length,
            lengthText: length.took,
            rows: run.commands.prefix(Self.maxRowCount).map { command in
                Document.Axis.Row(
                    start: command.start,
                    duration: command.duration,
                    startText: "+\(command.start.took)",
                    durationText: command.outcome == nil ? nil : command.duration.took,
                    label: command.label,
                    mark: command.mark
                )
            }
        )
    }

    private static func item(_ failure: (failed: RecordedRun.Command, next: RecordedRun.Command?)) -> [Document.Span] {
        var spans: [Document.Span] = [.code(failure.failed.label)]
        if let place = failure.failed.event.place { spans.append(.text(" (\(place.file.short):\(place.line))")) }
        spans.append(.text(": " + (failure.failed.event.message ?? "it failed").short))
        guard let next = failure.next else { return spans + [.text(". Nothing was tried after it.")] }
        return spans + [.text(". Next: "), .code(next.label), .text(", "), .mark(next.mark)]
    }

    private static func row(_ evidence: Evidence) -> [[Document.Span]] {
        let file = evidence.file
        var origin: [Document.Span] = []
        if let object = evidence.object {
            origin = [.code((object.key ?? object.name).short)]
            if let etag = object.etag { origin += [.text(" (ETag "), .code(etag.short), .text(")")] }
            if let source = evidence.source { origin.insert(.text(source.short + ", "), at: 0) }
        }
        if let drill = evidence.drill { origin.insert(.text("the drill \(drill.short), no real backup: "), at: 0) }
        return [
            [.code(file.path.short)], origin, [.text("\(file.size) bytes (\(file.size.byteCountText))")],
            [.code(file.sha256.short)], [.text("\(file.revision)")],
            [.text(file.verified ? "yes, \(evidence.time.text)" : "no")],
        ]
    }
}

extension Report {
    private static func row(_ directory: Evidence.Directory) -> [[Document.Span]] {
        let restored = directory.restored
        return [
            [.code(directory.path.short), .text(" (cluster "), .code(restored.cluster.short), .text(")")]
                + (directory.drill.map { [.text(", of the drill \($0.short)")] } ?? []),
            [.code(restored.path.short)], restored.sha256.map { [.code($0.short)] } ?? [.text("unknown")],
            [.text("\(restored.revision)")], [.code("\(restored.keyHash)".short)],
            [.text("yes, \(directory.time.text)")],
        ]
    }
}

extension Transcript {
    /// The lines that can't be read, as a sentence.
    fileprivate var torn: String {
        let numbers =
            tornLines.prefix(20).map(String.init).joined(separator: ", ") + (tornLines.count > 20 ? ", …" : "")
        let lines = tornLines.count == 1 ? "1 line" : "\(tornLines.count) lines"
        return
            "\(lines) can't be read (\(numbers)): a kill or a full disk cut them. This report is made of all other lines."
    }
}

extension RecordedRun {
    fileprivate var title: String { script?.short ?? "run \(id.short)" }

    fileprivate var result: [Document.Span] {
        let dryRun = isDryRun ? "; a dry run, which writes nothing" : ""
        guard let end else { return [.mark(.unfinished), .text(": it was killed, or it still runs\(dryRun)")] }
        return [.mark(end.exit == 0 ? .ok : .failed), .text((end.exit.map { ", exit code \($0)" } ?? "") + dryRun)]
    }
}

extension RecordedRun.Command {
    fileprivate var label: String {
        (event.drill.map { "(drill \($0)) " } ?? "").short + (event.ran ?? event.command ?? "?").short
    }

    fileprivate var mark: Document.Mark {
        switch outcome {
        case .ok: .ok
        case .failed: .failed
        case .skipped: .skipped
        case nil: .unfinished
        }
    }
}

extension String {
    /// What a cell has room for.
    fileprivate var short: String { utf8.count <= 400 ? self : prefix(400) + "…" }
}

extension Double {
    /// A length of time in seconds, as it is read.
    fileprivate var took: String { DurationText.text(measured: .seconds(min(self, 1e9))) }
}

extension Date {
    fileprivate var text: String { formatted(.iso8601) }
}
