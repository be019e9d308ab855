import Audit
import FoundationEssentials
import Text

/// A report of drills that one or many people played, for those who were not there.
package struct DrillReport: Sendable {
    private let results: [DrillResult]
    private let tornLineCount: Int

    /// So many results are shown in full, and as many steps of each.
    private static let maxResultCount = 500

    /// - Parameters:
    ///   - results: In any order.
    ///   - tornLineCount: How many lines of their files can't be read.
    package init(_ results: [DrillResult], tornLineCount: Int = 0) {
        self.results = results.sorted {
            ($0.drill, $0.person, $0.start) < ($1.drill, $1.person, $1.start)
        }
        self.tornLineCount = tornLineCount
    }

    package var markdown: String { document.markdown }
    package var html: String { document.html }

    private var people: [String] { Set(results.map(\.person)).sorted() }

    private var document: Document {
        let title =
            switch results.count {
            case 0: "Drill report: no result"
            case 1: "Drill report: \(results[0].title), \(results[0].person.short)"
            default:
                "Drill report: \(results.count) results of \(people.count == 1 ? people[0].short : "\(people.count) people")"
            }
        var document = Document(title: title)
        if results.isEmpty { document.blocks.append(.paragraph([.text("No drill was played yet.")])) }
        if results.count > 1 {
            if people.count > 1 { document.blocks += [.subheading("Who has done what"), overview] }
            document.blocks += [.subheading("All results"), table]
        }
        for result in results.prefix(Self.maxResultCount) {
            if results.count > 1 { document.blocks.append(.heading("\(result.title), \(result.person.short)")) }
            document.blocks += blocks(of: result)
        }
        if results.count > Self.maxResultCount {
            document.blocks.append(
                .paragraph([.text("\(results.count - Self.maxResultCount) more are in the files of results.")])
            )
        }
        if tornLineCount > 0 {
            let lines = tornLineCount == 1 ? "1 line" : "\(tornLineCount) lines"
            document.blocks.append(
                .paragraph([.text("\(lines) of the results can't be read: a kill or a full disk cut them.")])
            )
        }
        return document
    }

    // MARK: - Tables

    /// People by drills, with the last result of each.
    private var overview: Document.Block {
        let drills = Dictionary(grouping: results, by: \.drill).sorted { $0.key < $1.key }
        let rows = drills.map { name, results in
            let attempts = Dictionary(grouping: results, by: \.person)
            let cells = people.map { person -> [Document.Span] in
                guard let last = attempts[person]?.max(by: { $0.start < $1.start }) else { return [.text("-")] }
                return [.mark(last.mark), .text(", " + last.proof)]
            }
            return [[.code(name.short)]] + cells
        }
        return .table(header: ["Drill"] + people.map(\.short), rows: rows)
    }

    private var table: Document.Block {
        .table(
            header: ["Drill", "Who", "Began", "Result", "Recovered", "Proven", "Hints", "Failed checks"],
            rows: results.prefix(Self.maxResultCount).map { result in
                [
                    [.code(result.drill.short)], [.text(result.person.short)], [.text(result.start.text)],
                    result.outcome,
                    [.text(result.recoverySeconds?.took ?? "-")], [.text(result.proofSeconds?.took ?? "-")],
                    [.text("\(result.hintCount)")], [.text("\(result.failedCheckCount)")],
                ]
            }
        )
    }

    // MARK: - One result

    private func blocks(of result: DrillResult) -> [Document.Block] {
        var facts: [(name: String, value: [Document.Span])] = [
            ("Result", result.outcome), ("Drill", [.code(result.drill.short)]), ("Seed", [.code(result.seed.short)]),
            ("Who", [.text(result.person.short)]), ("Began", [.text(result.start.text)]),
            ("Recovered after", [.text(result.recoverySeconds?.took ?? "unknown")]),
            ("Proven after", [.text(result.proof)]), ("Hints", [.text("\(result.hintCount)")]),
            ("Failed checks", [.text("\(result.failedCheckCount)")]),
        ]
        if let limit = result.limitSeconds { facts.append(("Limit", [.text(limit.took)])) }
        if !result.injects.isEmpty {
            facts.append(("What happened meanwhile", [.text(result.injects.map(\.short).joined(separator: ", "))]))
        }
        var blocks: [Document.Block] = [.facts(facts)]
        if !result.timeline.isEmpty { blocks += [.subheading("Time"), .axis(axis(of: result))] }
        if !result.mistakes.isEmpty {
            blocks += [
                .subheading("Mistakes that a check recognised"), .list(result.mistakes.map { [.code($0.short)] }),
            ]
        }
        let answers = zip(DebriefQuestion.all, result.answers).filter { !$0.1.trimmed.isEmpty }
        if !answers.isEmpty {
            blocks += [.subheading("Answers"), .facts(answers.map { ($0.0.topic, [.text($0.1.short)]) })]
        }
        return blocks
    }

    /// What was typed, and when it had ended.
    private func axis(of result: DrillResult) -> Document.Axis {
        let length = max(result.proofSeconds ?? 0, result.timeline.map(\.seconds).max() ?? 0, 0.001)
        return Document.Axis(
            length: length,
            lengthText: length.took,
            rows: result.timeline.prefix(Self.maxResultCount).map { step in
                Document.Axis.Row(
                    start: step.seconds,
                    startText: "+\(step.seconds.took)",
                    label: step.line.short,
                    mark: step.failure == nil ? .ok : .failed
                )
            }
        )
    }
}

extension DrillResult {
    fileprivate var mark: Document.Mark { isReached && !hasGivenUp && isInTime != false ? .ok : .failed }

    /// After which time it was proven.
    fileprivate var proof: String { proofSeconds?.took ?? "not reached" }

    fileprivate var outcome: [Document.Span] {
        var words: [String] = []
        if !isReached { words.append("not reached") }
        if hasGivenUp { words.append("the solution was asked for") }
        if let limitSeconds, let isInTime {
            words.append("\(isInTime ? "within" : "over") the limit of \(limitSeconds.took)")
        }
        if isUnaided { words.append("without help") }
        return [.mark(mark)] + (words.isEmpty ? [] : [.text(": " + words.joined(separator: ", "))])
    }
}

extension String {
    /// What a cell has room for.
    fileprivate var short: String { utf8.count <= 400 ? self : prefix(400) + "…" }
}

extension Double {
    /// A length of time in seconds, as it is read.
    fileprivate var took: String { DurationText.text(seconds: min(self, 1e9)) }
}

extension Date {
    fileprivate var text: String { InternetTime.text(of: self) }
}
