import Text

/// Trials of a runbook as build servers read them (the form of Apache Ant's JUnit task).
enum JUnitReport {
    static func text(of trials: [Trial], runbook: String) -> String {
        let failures = trials.count { $0.outcome == .wrongResult }
        let skipped = trials.count { $0.outcome == .doesNotFit }
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<testsuite name="\#(escaped(runbook))" tests="\#(trials.count)" failures="\#(failures)" errors="0" skipped="\#(skipped)">"#,
        ]
        for trial in trials {
            let head =
                #"  <testcase classname="\#(escaped(runbook))" name="\#(escaped(trial.drill))" time="\#(trial.seconds)""#
            let message = escaped(trial.detail)
            switch trial.outcome {
            case .reached: lines.append(head + "/>")
            case .refused: lines.append(head + "><system-out>refused: \(message)</system-out></testcase>")
            case .doesNotFit: lines.append(head + #"><skipped message="\#(message)"/></testcase>"#)
            case .wrongResult:
                lines.append(
                    head + #"><failure message="\#(escaped(trial.outcome.rawValue))">\#(message)</failure></testcase>"#
                )
            }
        }
        return (lines + ["</testsuite>"]).joined(separator: "\n") + "\n"
    }

    private static func escaped(_ text: String) -> String {
        text.printable.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
