import FoundationEssentials
import Text

/// What a command did with a drill.
struct DrillRecord: Encodable {
    enum Action: String, Encodable {
        case wouldStart = "would-start"
        case wouldStartAgain = "would-start-again"
        case wouldReset = "would-reset"
        case wouldResume = "would-resume"
        case stopped
        case wouldStop = "would-stop"
    }

    let kind = "drill-action"
    let drill: String
    let action: Action
    /// Where the learner's files are now.
    var kept: String?

    init(_ drill: String, _ action: Action, kept: String? = nil) {
        self.drill = drill
        self.action = action
        self.kept = kept
    }
}

extension Date {
    /// `2h5m`.
    func age(at now: Date) -> String { DurationText.text(seconds: now.timeIntervalSince(self)) }
}
