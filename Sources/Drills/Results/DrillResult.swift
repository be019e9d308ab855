package import FoundationEssentials
import Text

/// One attempt at a drill, whether it reached its goal or was left before, as a line of a file of results has it.
package struct DrillResult: Sendable, Codable, Equatable {
    /// What the learner did at some time.
    package struct Step: Sendable, Codable, Equatable {
        /// Since the start.
        package var seconds: Double
        /// The command as it was typed, without its secrets.
        package var line: String
        /// Why it failed; `nil` where it did not.
        package var failure: String?
    }

    package static let kindOfLine = "drill-result"

    package var kind = DrillResult.kindOfLine
    package var drill: String
    package var title: String
    /// In hexadecimal digits: the same seed builds the same world.
    package var seed: String
    /// `user@host`, or what `--as` said.
    package var person: String
    package var start: Date
    package var end: Date
    /// Until what the goal asks for was there; `nil` where no file shows it.
    package var recoverySeconds: Double?
    /// Until a check proved it; `nil` where the goal was not reached.
    package var proofSeconds: Double?
    /// How long it might have taken; `nil` where that was open.
    package var limitSeconds: Double?
    package var hintCount: Int
    package var failedCheckCount: Int
    /// Whether the solution was asked for before the goal was reached.
    package var hasGivenUp: Bool
    /// The names of the mistakes that were recognised.
    package var mistakes: [String]
    package var injects: [String]
    /// To the three questions after the end.
    package var answers: [String]
    package var timeline: [Step]

    package init(
        _ state: SandboxState,
        _ progress: DrillProgress,
        person: String,
        recoveredAt: Date?,
        end: Date
    ) {
        drill = state.drill
        title = state.title
        seed = String(state.seed, radix: 16)
        self.person = person
        start = state.start
        self.end = end
        // What was there of a goal that was not reached is not known to be right.
        if progress.reachedAt != nil {
            recoverySeconds = recoveredAt.map { max(0, Self.seconds(from: state.start, to: $0)) }
        }
        proofSeconds = progress.reachedAt.map { Self.seconds(from: state.start, to: $0) }
        limitSeconds = state.limitSeconds
        hintCount = progress.hintCount
        failedCheckCount = progress.failedCheckCount
        hasGivenUp = progress.hasGivenUp
        mistakes = progress.mistakes
        injects = progress.injects
        answers = progress.answers
        timeline = progress.commands.map { event in
            Step(
                seconds: Self.seconds(from: state.start, to: event.time),
                line: event.line ?? "",
                failure: event.text
            )
        }
    }

    /// Whether a check proved the goal.
    package var isReached: Bool { proofSeconds != nil }

    /// In whole milliseconds.
    private static func seconds(from start: Date, to time: Date) -> Double {
        (time.timeIntervalSince(start) * 1000).rounded() / 1000
    }

    /// Whether it was reached with no hint, no failed check and no look at the solution.
    package var isUnaided: Bool { isReached && hintCount == 0 && failedCheckCount == 0 && !hasGivenUp }

    /// Whether it took no longer than it might; `nil` where that was open, or the goal was not reached.
    package var isInTime: Bool? {
        guard let limitSeconds, let proofSeconds else { return nil }
        return proofSeconds <= limitSeconds
    }

    /// Times, hints and failed checks in a sentence or two.
    package var summary: String {
        var parts: [String] = []
        if let recoverySeconds { parts.append("recovered after \(DurationText.text(seconds: recoverySeconds))") }
        parts.append(proofSeconds.map { "proven after \(DurationText.text(seconds: $0))" } ?? "not reached")
        if let limitSeconds, let isInTime {
            let limit = DurationText.text(seconds: limitSeconds)
            parts.append(isInTime ? "within the limit of \(limit)" : "over the limit of \(limit)")
        }
        parts.append("\(hintCount) \(hintCount == 1 ? "hint" : "hints")")
        parts.append("\(failedCheckCount) failed \(failedCheckCount == 1 ? "check" : "checks")")
        let text = parts.joined(separator: ", ") + "."
        return text.prefix(1).uppercased() + text.dropFirst() + (hasGivenUp ? " The solution was asked for." : "")
    }
}
