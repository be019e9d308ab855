/// What a learner is asked after the end, before the debrief.
package struct DebriefQuestion: Sendable {
    package let text: String
    /// What its answer is called in a report.
    package let topic: String

    package static let all = [
        DebriefQuestion(text: "Which backup did you take, and why that one?", topic: "The backup, and why"),
        DebriefQuestion(text: "What proved that it is the right one, and sound?", topic: "What proved it"),
        DebriefQuestion(text: "What would you change in your runbook?", topic: "To change in the runbook"),
    ]
}
