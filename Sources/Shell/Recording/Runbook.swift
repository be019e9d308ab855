import Backups
import Language
import Text

/// The runbook that a session becomes: what succeeded as it was typed, what failed as comments.
///
/// It runs as it is: where the check of scripts finds something wrong with a command in it, that becomes a comment, too.
struct Runbook {
    let steps: [RecordedStep]
    /// Whether each `pick` names the backup that it came to.
    let isPinned: Bool
    let context: CheckContext
    /// Hides what is secret in a line.
    let masked: (String) -> String

    /// What begins a comment that a new recording writes itself, instead of keeping it.
    static let generatedComment = "#= "

    /// A line, and the step that it comes from.
    private struct Line {
        var text: String
        var step: Int?
    }

    var text: String {
        var obstacles: [Int: String] = [:]
        while true {
            let lines = lines(obstacles)
            let text = lines.map { $0.text + "\n" }.joined()
            let source = SourceFile(name: "runbook", text: text)
            guard let finding = Checker.check(source, context).findings.first,
                case let line = source.line(at: finding.span.start), line <= lines.count,
                let step = lines[line - 1].step, obstacles.updateValue(finding.message, forKey: step) == nil
            else { return text }
        }
    }

    private func lines(_ obstacles: [Int: String]) -> [Line] {
        var parameters = RunbookParameters(usedNames: usedNames)
        var body: [Line] = []
        for (index, step) in steps.enumerated() {
            body += step.comments.before.filter(isKept).map { Line(text: masked($0)) }
            body += lines(of: step, obstacle: obstacles[index], &parameters).map { text, isCommand in
                Line(text: text, step: isCommand ? index : nil)
            }
            body += comments(of: index).map { Line(text: masked(Self.generatedComment + $0)) }
            body += step.comments.after.filter(isKept).map { Line(text: masked($0)) }
        }
        body = parameters.declarations.map { Line(text: $0) } + body
        let parameterCount = body.prefix { $0.text.hasPrefix("param ") }.count
        if parameterCount > 0, parameterCount < body.count { body.insert(Line(text: ""), at: parameterCount) }
        return [Line(text: Self.generatedComment + "recorded with snapsh: 'snapsh FILE' runs it again")] + body
    }

    private func isKept(_ comment: String) -> Bool {
        !comment.hasPrefix(Self.generatedComment) && !comment.hasPrefix("#!")
    }

    private var usedNames: Set<String> {
        var names: Set<String> = []
        for step in steps {
            let command = step.command
            for word in command.arguments.map(\.word) + command.options.compactMap(\.word) {
                names.formUnion(word.variableNames)
            }
            for word in command.words(of: SetArguments.name) + command.words(of: ParamArguments.name) {
                if let name = word.literal { names.insert(name) }
            }
        }
        return names
    }

    // MARK: - Commands

    private func lines(
        of step: RecordedStep,
        obstacle: String?,
        _ parameters: inout RunbookParameters
    ) -> [(text: String, isCommand: Bool)] {
        let declaration = step.command.declaration
        let typed = masked(step.command.text.replacing("\\\n", with: " "))
        func comment(_ what: String, _ reason: String? = nil) -> [(String, Bool)] {
            let lines = ["# \(what): \(typed)"] + [reason.map { "#   \(masked($0.printable))" }].compactMap(\.self)
            return lines.map { ($0, false) }
        }
        // What it includes is recorded command by command.
        if declaration.staticEffect == .includesScript || !declaration.isRecorded { return [] }
        switch step.outcome {
        case .failed(let failure): return comment("failed", failure.sentence)
        case .skipped: return comment("skipped")
        case .succeeded: break
        }
        if declaration.isForPromptOnly { return declaration.name == "!" ? comment("in the system's shell") : [] }
        if let obstacle { return comment("left out", obstacle) }
        var changed = parameters
        let text = text(of: step, &changed)
        guard masked(text) == text else { return comment("left out", "a runbook holds no secret") }
        parameters = changed
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { (String($0), true) }
    }

    /// The command as it was typed, with parameters for its clusters, paths and secrets.
    private func text(of step: RecordedStep, _ parameters: inout RunbookParameters) -> String {
        let command = step.command
        let bytes = command.source.bytes
        let secrets = context.commands.secretLine.ranges(in: Array(bytes[command.span.start..<command.span.end]))
        func isSecret(_ span: Span) -> Bool {
            secrets.contains { $0.overlaps((span.start - command.span.start)..<(span.end - command.span.start)) }
        }
        if command.declaration.staticEffect == .setsVariable, let value = command.words(of: SetArguments.value).first,
            isSecret(value.span), let name = command.words(of: SetArguments.name).first?.literal
        {
            return "param \(name) --secret"
        }
        var replacements: [(span: Span, text: String)] = []
        func look(at word: Word, _ kind: AnyValueKind, role: String) {
            let typed = String(decoding: bytes[word.span.start..<word.span.end], as: UTF8.self)
            if isPinned, case .choice = kind.completion, let pick = step.pick {
                replacements.append((word.span, Invocation.quoted(pick.name)))
            } else if kind.isSecret, isSecret(word.span) {
                replacements.append((word.span, "$\(parameters.name(ofSecret: typed, role: role))"))
            } else if word.variableNames.isEmpty, !isSecret(word.span),
                let name = parameters.name(of: typed, kind.completion, role: role)
            {
                replacements.append((word.span, "$\(name)"))
            }
        }
        for (argument, word) in command.arguments { look(at: word, argument.kind, role: argument.name) }
        for (option, word) in command.options {
            if let word, let kind = option.value?.kind { look(at: word, kind, role: option.name) }
        }
        var text: [UInt8] = []
        var position = command.span.start
        for (span, replacement) in replacements.sorted(by: { $0.span.start < $1.span.start }) {
            text += bytes[position..<span.start] + Array(replacement.utf8)
            position = span.end
        }
        return String(decoding: text + bytes[position..<command.span.end], as: UTF8.self)
            .replacing("\r\n", with: "\n")
    }

    // MARK: - What a pick came to

    private func comments(of index: Int) -> [String] {
        let step = steps[index]
        guard step.isPartOfRunbook, let pick = step.pick else { return [] }
        if step.file == nil { return ["picked \(description(of: pick, file(of: pick, after: index)))"] }
        // What `get` took in its place.
        let earlier = steps[..<index].last { $0.pick != nil && $0.file == nil }?.pick
        return pick.isSame(as: earlier) ? [] : ["took \(description(of: pick, step.file))"]
    }

    /// The file that a `get` made of a pick before another one was picked.
    private func file(of pick: Backup, after index: Int) -> FileFacts? {
        for step in steps[(index + 1)...] {
            guard let other = step.pick else { continue }
            return pick.isSame(as: other) ? step.file : nil
        }
        return nil
    }

    private func description(of backup: Backup, _ file: FileFacts?) -> String {
        [
            backup.name.printable, "revision \(file?.revision.description ?? backup.revisionText)",
            file.map { "SHA-256 \($0.sha256)" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}
