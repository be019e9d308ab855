import Backups
import Language
import Text

/// A command that a session has run, with what a runbook says of it.
struct RecordedStep: Sendable {
    var command: BoundCommand
    var outcome: CommandOutcome
    /// The chain that it was run in.
    var chain: ChainRun
    /// The backup that a command picked.
    var pick: Backup?
    /// Where that is.
    var source: (any BackupSource)?
    /// What a command that gets or verifies a file found.
    var file: FileFacts?
    /// The comments that stand around its chain in the script.
    var comments: (before: [String], after: [String])
    /// The `pick` that takes one backup only, and which.
    var pinned: (backup: Backup, line: String)?

    /// - Parameter isFirst: Whether no command of the same script comes before it.
    @MainActor
    init(_ event: CommandEvent, isFirst: Bool, in session: Session) {
        command = event.command
        outcome = event.outcome
        chain = event.chain
        if case .succeeded = event.outcome {
            let establishes = command.establishes
            if establishes.contains(.pick) || establishes.contains(.file) && command.declaration.needs.contains(.pick) {
                (pick, source) = (session.pick, session.source)
            }
            if establishes.contains(.file) { file = session.file }
        }
        comments = command.source.comments(around: event.chain.chain.span, isFirst: isFirst)
    }

    /// Whether a runbook has it as it is.
    var isPartOfRunbook: Bool {
        guard case .succeeded = outcome else { return false }
        return command.declaration.isRecorded && !command.declaration.isForPromptOnly
    }

    /// Whether it chose a backup, and got none in its place.
    var isChoice: Bool { pick != nil && command.establishes.contains(.pick) }

    /// How it ended, as far as that decides what the rest of its chain does; `nil` where it counts as not written.
    var ending: PinRecorder.Ending? {
        switch outcome {
        case .succeeded: .succeeded
        case .failed: .failed
        case .skipped: nil
        }
    }
}

extension String {
    /// A command without an option that stands alone.
    func withoutOption(_ option: OptionDeclaration) -> String {
        let source = SourceFile(name: "command", text: self)
        let arguments = Parser.parse(source).script.chains.first?.first.arguments ?? []
        for case .option(option.name, nil, let span) in arguments {
            let (before, after) = (source.bytes[..<span.start], source.bytes[span.end...])
            let start = before.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? span.start
            return String(decoding: before[..<start] + after, as: UTF8.self)
        }
        return self
    }
}

extension SourceFile {
    /// The comments on the lines before a chain, if it is the first, and those between it and the next one.
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
