import Backups
import Language
import Text

/// A command that a session has run, with what a runbook says of it.
struct RecordedStep: Sendable {
    var command: BoundCommand
    var outcome: CommandOutcome
    /// What a command that picks came to.
    var pick: Backup?
    /// What a command that gets or verifies a file found.
    var file: FileFacts?
    /// The comments that stand around it in its script.
    var comments: (before: [String], after: [String])

    /// - Parameter isFirst: Whether no command of the same script comes before it.
    @MainActor
    init(_ event: CommandEvent, isFirst: Bool, in session: Session) {
        command = event.command
        outcome = event.outcome
        if case .succeeded = event.outcome {
            let establishes = command.declaration.establishes + command.options.flatMap(\.declaration.establishes)
            if establishes.contains(.pick) || establishes.contains(.file) && command.declaration.needs.contains(.pick) {
                pick = session.pick
            }
            if establishes.contains(.file) { file = session.file }
        }
        comments = command.source.comments(around: command.span, isFirst: isFirst)
    }

    /// Whether a runbook has it as it is.
    var isPartOfRunbook: Bool {
        guard case .succeeded = outcome else { return false }
        return command.declaration.isRecorded && !command.declaration.isForPromptOnly
    }
}

extension SourceFile {
    /// The comments on the lines before a command, if it is the first, and those between it and the next command.
    fileprivate func comments(around span: Span, isFirst: Bool) -> (before: [String], after: [String]) {
        var before: [String] = []
        var line = line(at: span.start)
        while isFirst, line > 1, let comment = comment(onLine: line - 1) {
            before.insert(comment, at: 0)
            line -= 1
        }
        var after: [String] = []
        line = self.line(at: max(span.start, span.end - 1))
        let rest = String(text(span.end..<max(span.end, textRange(ofLine: line).upperBound)).trimmed)
        guard rest.isEmpty || rest.hasPrefix("#") else { return (before.filter { !$0.isEmpty }, []) }
        if !rest.isEmpty { after.append(rest) }
        while let comment = comment(onLine: line + 1) {
            after.append(comment)
            line += 1
        }
        return (before.filter { !$0.isEmpty }, after.filter { !$0.isEmpty })
    }

    /// The comment that is all of a line, empty for an empty line; `nil` where there is a command, or no such line.
    private func comment(onLine line: Int) -> String? {
        guard line <= lineCount else { return nil }
        let text = String(text(textRange(ofLine: line)).trimmed)
        return text.isEmpty || text.hasPrefix("#") ? text : nil
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
