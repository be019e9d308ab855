import Drills
import FoundationEssentials
import Text

extension Session {
    /// After the goal is reached: first the questions, then what there was to learn.
    func debrief(_ drill: DrillSession) async throws {
        let seconds = dependencies.now().timeIntervalSince(drill.state.start)
        output.question("\nAll objectives are reached, after \(DurationText.text(seconds: seconds)).")
        let answers = try await askQuestions()
        var event = SandboxEvent(.answers, at: dependencies.now())
        event.answers = answers
        let events = try await drill.events()
        let progress = DrillProgress(events + [event])
        let result = try await drill.result(progress, person: try person(drill.state), at: dependencies.now())
        // Another session may have asked at the same time.
        if !DrillProgress(events).hasDebrief {
            try await keep(result)
            try await drill.note(event)
        }
        output.listing(debriefText(drill, progress, result), json: [DebriefRecord(result, drill.drill)])
    }

    /// Only where someone is there to answer.
    private func askQuestions() async throws -> [String] {
        guard let ask = dependencies.ask else { return [] }
        var answers: [String] = []
        let introduction =
            "Before you see the debrief, three questions. The answers are kept for the report; Enter skips one."
        output.question(introduction.wrapped(to: width))
        for question in DebriefQuestion.all.map(\.text) {
            output.question(question.wrapped(to: width))
            do {
                answers.append(try await ask("> ", false).trimmed.description)
            } catch let error where !(error is CancellationError) {
                return answers
            }
        }
        return answers
    }

    private func debriefText(_ drill: DrillSession, _ progress: DrillProgress, _ result: DrillResult) -> String {
        var lines = ["", "What you did, and an expert's way:", ""]
        let own = progress.commands.map { event in
            let time = DurationText.text(seconds: event.time.timeIntervalSince(drill.state.start))
            return "+\(time) \((event.line ?? "").printable)" + (event.text == nil ? "" : "  (failed)")
        }
        lines.append(TwoColumns.text(own, drill.drill.solution, width: width))
        if !drill.drill.debrief.isEmpty {
            lines += ["", "What to take from it:"]
            lines += drill.drill.debrief.map { $0.wrapped(to: width) }
        }
        let others = drill.drill.mistakes.filter { !progress.mistakes.contains($0.name) }
        if !others.isEmpty {
            lines += ["", "What else would have gone wrong:"]
            lines += others.map { "- \($0.name): \($0.answer)".wrapped(to: width, indent: "  ") }
        }
        lines.append("")
        lines.append(result.summary.wrapped(to: width))
        lines.append(
            "'drill report' shows all results. 'drill again' builds another one, 'drill stop' leaves.".wrapped(
                to: width
            )
        )
        return lines.joined(separator: "\n")
    }
}

private struct DebriefRecord: Encodable {
    let kind = "debrief"
    let drill: String
    let recoverySeconds: Double?
    let proofSeconds: Double?
    let hintCount: Int
    let failedCheckCount: Int
    let hasGivenUp: Bool
    let solution: [String]
    let debrief: [String]

    init(_ result: DrillResult, _ drill: Drill) {
        self.drill = drill.name
        recoverySeconds = result.recoverySeconds
        proofSeconds = result.proofSeconds
        hintCount = result.hintCount
        failedCheckCount = result.failedCheckCount
        hasGivenUp = result.hasGivenUp
        solution = drill.solution
        debrief = drill.debrief
    }
}
