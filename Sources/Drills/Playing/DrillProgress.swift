package import FoundationEssentials

/// How far a learner has come, as the log has it.
package struct DrillProgress: Sendable, Equatable {
    /// How many hints were asked for before the goal was reached.
    package private(set) var hintCount = 0
    /// How many hints were shown in all.
    package private(set) var shownHintCount = 0
    package private(set) var failedCheckCount = 0
    /// Whether the solution was shown before the goal was reached.
    package private(set) var hasGivenUp = false
    /// When all objectives held for the first time.
    package private(set) var reachedAt: Date?
    /// The names of the mistakes that were recognised, each once, in order.
    package private(set) var mistakes: [String] = []
    /// The names of the injects that took place, in order.
    package private(set) var injects: [String] = []
    package private(set) var commands: [SandboxEvent] = []
    package private(set) var answers: [String] = []
    /// Whether the result was kept and the debrief shown.
    package private(set) var hasDebrief = false

    /// Whether there is a result that is to be kept: where nothing was typed, there was no attempt.
    package var hasNewResult: Bool { !hasDebrief && (reachedAt != nil || !commands.isEmpty) }

    package init(_ events: [SandboxEvent]) {
        for event in events {
            switch event.kind {
            case .command: if reachedAt == nil { commands.append(event) }
            case .hint:
                shownHintCount += 1
                if reachedAt == nil { hintCount += 1 }
            case .check where reachedAt == nil:
                failedCheckCount += 1
                for name in event.names ?? [] where !mistakes.contains(name) { mistakes.append(name) }
            case .solution: if reachedAt == nil { hasGivenUp = true }
            case .reached: reachedAt = reachedAt ?? event.time
            case .answers:
                answers = event.answers ?? []
                hasDebrief = true
            case .inject: injects += event.names ?? []
            case .check, .message: break
            }
        }
    }
}
