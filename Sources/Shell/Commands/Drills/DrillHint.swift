import Drills
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let drillHint = CommandDeclaration(
        words: [drillWord, "hint"],
        summary: "show one more hint",
        details: [
            "Each is more exact than the one before. The last is the command itself: it is shown after a",
            "'drill check' that fails.",
        ],
        examples: [.init("drill start service-gone; drill hint", "one more")],
        records: [.hint],
        dryRun: .described { _, session in
            let drill = session.drill?.drill
            session.output.result(
                "would show a hint",
                json: HintRecord(drill?.name ?? "", number: nil, of: drill?.hints.count, hint: nil)
            )
        },
        isRecorded: false,
        run: { _, session in
            let drill = try session.requireDrill()
            let progress = try await drill.progress()
            let hints = drill.drill.hints
            guard progress.shownHintCount < hints.count else { throw DrillError.noHintLeft }
            let isLast = progress.shownHintCount == hints.count - 1
            if isLast, progress.failedCheckCount == 0, progress.reachedAt == nil { throw DrillError.lastHint }
            var event = SandboxEvent(.hint, at: session.dependencies.now())
            event.text = hints[progress.shownHintCount]
            try await drill.note(event)
            session.output.listing(
                hints[progress.shownHintCount].wrappedLines(to: session.width),
                json: [
                    HintRecord(
                        drill.drill.name,
                        number: progress.shownHintCount + 1,
                        of: hints.count,
                        hint: hints[progress.shownHintCount]
                    )
                ]
            )
        }
    )

    static let drillSolution = CommandDeclaration(
        words: [drillWord, "solution"],
        summary: "show an expert's way; the drill then counts as given up",
        examples: [.init("drill start service-gone; drill solution", "the commands that reach the goal")],
        records: [.solution],
        dryRun: .described { _, session in
            session.output.result(
                "would show the solution",
                json: SolutionRecord(drill: session.drill?.drill.name ?? "", solution: nil)
            )
        },
        isRecorded: false,
        run: { _, session in
            let drill = try session.requireDrill()
            try await drill.note(SandboxEvent(.solution, at: session.dependencies.now()))
            let lines = drill.drill.solution
            session.output.listing(
                lines.joined(separator: "\n"),
                json: [SolutionRecord(drill: drill.drill.name, solution: lines)]
            )
            if try await drill.progress().hasGivenUp {
                session.output.note("the drill counts as given up; 'drill again' starts another one")
            }
        }
    )
}

private struct HintRecord: Encodable {
    let kind = "hint"
    let drill: String
    let number: Int?
    let of: Int?
    let hint: String?

    init(_ drill: String, number: Int?, of count: Int?, hint: String?) {
        self.drill = drill
        self.number = number
        of = count
        self.hint = hint
    }
}

private struct SolutionRecord: Encodable {
    let kind = "solution"
    let drill: String
    let solution: [String]?
}
