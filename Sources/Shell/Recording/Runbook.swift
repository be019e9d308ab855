import Backups
import Language
import Text

/// The runbook that a session becomes: what succeeded as it was typed, what failed as comments.
///
/// It runs as it is: where the check of scripts finds something wrong with a command in it, that becomes a comment,
/// too.
struct Runbook {
    let steps: [RecordedStep]
    /// Whether each `pick` names the backup that it took.
    let isPinned: Bool
    let context: CheckContext
    /// Hides what is secret in a line.
    let masked: (String) -> String

    /// What begins a comment that a new recording writes itself, instead of keeping it.
    static let generatedComment = "#= "

    /// A line, or several in one text, and what it comes from.
    private struct Line {
        var text: String
        var origin: Origin?
    }

    private enum Origin: Hashable {
        case step(Int)
        /// A chain as it was typed, by its number.
        case chain(Int)
    }

    /// What the check makes of the commands.
    private struct Plan {
        /// Why steps become comments.
        var obstacles: [Int: String] = [:]
        /// The chains that are written command by command.
        var splitChains: Set<Int> = []
    }

    var text: String {
        var plan = Plan()
        while true {
            let lines = lines(plan)
            guard let (found, origin) = firstFinding(in: lines) else {
                return lines.map { $0.text + "\n" }.joined()
            }
            if let chain = chainToBlame(for: found, origin, in: lines, plan) {
                plan.splitChains.insert(chain)
                continue
            }
            switch origin {
            case .chain(let number): plan.splitChains.insert(number)
            case .step(let index):
                guard plan.obstacles.updateValue(found.message, forKey: index) == nil else {
                    return lines.map { $0.text + "\n" }.joined()
                }
            }
        }
    }

    /// What the check finds first, and where that comes from.
    private func firstFinding(in lines: [Line]) -> (found: Diagnostic, origin: Origin)? {
        let source = SourceFile(name: "runbook", text: lines.map { $0.text + "\n" }.joined())
        guard let finding = Checker.check(source, context).findings.first,
            case let line = source.line(at: finding.span.start), line <= lines.count,
            let origin = lines[line - 1].origin
        else { return nil }
        return (finding, origin)
    }

    /// The last chain with a way through it that makes a later command wrong: the session has not gone that way.
    private func chainToBlame(for finding: Diagnostic, _ origin: Origin, in lines: [Line], _ plan: Plan) -> Int? {
        // What a command shows or leaves unused is wrong whichever way leads to it.
        guard ["script.unmet-need", "script.meaning"].contains(finding.code) else { return nil }
        let before = lines.prefix { $0.origin != origin }.compactMap(\.origin)
        let numbers = before.compactMap { if case .chain(let number) = $0 { number } else { nil } }
        // Lines are counted anew.
        let withoutNumbers = { (finding: Diagnostic) in finding.message.filter { !$0.isNumber } }
        for number in Set(numbers).intersection(forkedChains).sorted(by: >) {
            var attempt = plan
            attempt.splitChains.insert(number)
            let next = firstFinding(in: self.lines(attempt))
            if next?.origin != origin || next.map({ withoutNumbers($0.found) }) != withoutNumbers(finding) {
                return number
            }
        }
        return nil
    }

    /// The chains that have more than one way through them.
    private var forkedChains: Set<Int> {
        Set(steps.map(\.chain).filter { $0.chain.rest.contains { $0.connector == .or } }.map(\.number))
    }

    /// The choices that were of no use. What is pinned keeps them all.
    private func supersededSteps(_ plan: Plan) -> Set<Int> {
        if isPinned { return [] }
        var wholeChains: Set<Int> = []
        var index = steps.startIndex
        while index < steps.endIndex {
            let step = steps[index]
            let run = RecordedChain(steps[index...].prefix { $0.chain.number == step.chain.number }, first: step)
            if run.isWhole, !plan.splitChains.contains(run.number) { wholeChains.insert(run.number) }
            index = run.steps.endIndex
        }
        return steps.supersededChoices { !wholeChains.contains($0.chain.number) }
    }

    private func lines(_ plan: Plan) -> [Line] {
        var parameters = RunbookParameters(usedNames: usedNames)
        var body: [Line] = []
        let superseded = supersededSteps(plan)
        let lastSteps = Dictionary(steps.enumerated().map { ($1.chain.number, $0) }) { $1 }
        var index = steps.startIndex
        while index < steps.endIndex {
            let step = steps[index]
            body += step.comments.before.filter(isKept).map { Line(text: masked($0)) }
            let number = step.chain.number
            let run = RecordedChain(steps[index...].prefix { $0.chain.number == number }, first: step)
            if !plan.splitChains.contains(number), run.isWhole, let lines = lines(of: run, &parameters) {
                body += lines
                index = run.steps.endIndex
            } else if superseded.contains(index) {
                index += 1
            } else {
                body += lines(of: index, obstacle: plan.obstacles[index], &parameters).map { text, isCommand in
                    Line(text: text, origin: isCommand ? .step(index) : nil)
                }
                if !isFreshAndPinned(steps[index]) {
                    body += comments(of: index).map { Line(text: masked(Self.generatedComment + $0)) }
                }
                index += 1
            }
            // Those behind a chain stand behind the last of its commands.
            if lastSteps[number].map({ $0 < index }) != false {
                body += step.comments.after.filter(isKept).map { Line(text: masked($0)) }
            }
        }
        body = parameters.declarations.map { Line(text: $0) } + body
        let parameterCount = body.prefix { $0.text.hasPrefix("\(CommandDeclaration.param.name) ") }.count
        if parameterCount > 0, parameterCount < body.count { body.insert(Line(text: ""), at: parameterCount) }
        body.insert(Line(text: Self.generatedComment + "recorded with snapsh: 'snapsh FILE' runs it again"), at: 0)
        // A word in quotes, and a line that a backslash joins to the next one.
        return body.flatMap { line in
            line.text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map {
                Line(text: String($0), origin: line.origin)
            }
        }
    }

    /// Whether a text, and the parameters that were added for it, show nothing secret.
    private func showNothingSecret(_ text: String, _ new: RunbookParameters, since old: RunbookParameters) -> Bool {
        ([text] + new.declarations.dropFirst(old.declarations.count)).allSatisfy { masked($0) == $0 }
    }

    private func isKept(_ comment: String) -> Bool {
        !comment.hasPrefix(Self.generatedComment) && !comment.hasPrefix("#!")
    }

    private var usedNames: Set<String> {
        var names: Set<String> = []
        for command in steps.flatMap(\.chain.chain.commands) {
            for word in command.words { names.formUnion(word.variableNames) }
            for word in command.words(of: SetArguments.name) + command.words(of: ParamArguments.name) {
                if let name = word.literal { names.insert(name) }
            }
        }
        return names
    }

    // MARK: - Commands

    private func lines(
        of index: Int,
        obstacle: String?,
        _ parameters: inout RunbookParameters
    ) -> [(text: String, isCommand: Bool)] {
        let step = steps[index]
        let declaration = step.command.declaration
        let typed = masked(step.command.text.joiningLines).printable
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
        if declaration.isForPromptOnly {
            return declaration.name == CommandDeclaration.shellEscape.name ? comment("in the system's shell") : []
        }
        if let obstacle { return comment("left out", obstacle) }
        var changed = parameters
        let text = text(of: index, &changed)
        guard showNothingSecret(text, changed, since: parameters) else {
            return comment("left out", "a runbook holds no secret")
        }
        parameters = changed
        return [(text, true)]
    }

    /// The command as it was typed, with parameters for its clusters, paths and secrets.
    private func text(of index: Int, _ parameters: inout RunbookParameters) -> String {
        let step = steps[index]
        let command = step.command
        var recorded = RecordedText(
            of: command.source,
            context.commands.secretLine,
            parameters,
            replacesFiles: !isPinned
        )
        if recorded.setsSecret(command), let name = command.words(of: SetArguments.name).first?.literal {
            return RunbookParameters.secret(name)
        }
        let pinned = isPinned && step.isChoice ? step.pinned?.line : nil
        // A backup that was made for it exists now.
        if let pinned, step.file == nil { return pinned }
        let text = recorded.text(of: [command], in: command.span)
        parameters = recorded.parameters
        guard let pinned else { return text }
        let comments = comments(of: index).map { masked(Self.generatedComment + $0) }
        return ([pinned] + comments + [text.withoutOption(GetArguments.fresh.declaration)]).joined(separator: "\n")
    }

    /// Whether a command becomes two, as the backup that was made for it exists now.
    private func isFreshAndPinned(_ step: RecordedStep) -> Bool { isPinned && step.isChoice && step.file != nil }

    // MARK: - Chains

    /// A chain that succeeded as a whole; `nil` where it can't be written as it was typed.
    private func lines(of run: RecordedChain, _ parameters: inout RunbookParameters) -> [Line]? {
        let chain = run.chain
        var recorded = RecordedText(
            of: chain.first.source,
            context.commands.secretLine,
            parameters,
            replacesFiles: !isPinned
        )
        if chain.commands.contains(where: recorded.setsSecret) { return nil }
        var failures = run.steps.indices.filter { steps[$0].ending == .failed }
        var text: String
        var before: [String] = []
        if isPinned {
            if run.steps.contains(where: isFreshAndPinned) { return nil }
            let pinned = PinnedChain(chain) { run.step(of: $0)?.ending }
            let isLeftOut = { (index: Int) in pinned.leftOut.contains { $0.command.path == steps[index].command.path } }
            for index in failures.filter(isLeftOut) {
                before += lines(of: index, obstacle: nil, &parameters).map(\.text)
            }
            failures.removeAll(where: isLeftOut)
            text = PinnedChain.joined(
                pinned.parts.map { part in
                    let line = run.step(of: part.command).flatMap { $0.isChoice ? $0.pinned?.line : nil }
                    let text =
                        line ?? (part.isUnreachedPick ? PinnedChain.exit : nil)
                        ?? recorded.text(of: [part.command], in: part.command.span)
                    return (part.connector, text)
                }
            )
        } else {
            text = recorded.text(of: chain.commands, in: chain.span)
        }
        guard showNothingSecret(text, recorded.parameters, since: parameters) else { return nil }
        var lines = before.map { Line(text: $0) } + [Line(text: text, origin: .chain(run.number))]
        let reasons = failures.flatMap { index in
            let command = steps[index].command
            return failureComments(of: steps[index], recorded.text(of: [command], in: command.span))
        }
        parameters = recorded.parameters
        lines += run.keepingComments(reasons).map { Line(text: masked($0)) }
        let choices = run.steps.indices.flatMap(comments)
        return lines + choices.map { Line(text: masked(Self.generatedComment + $0)) }
    }

    /// What failed in a chain that succeeded as a whole.
    private func failureComments(of step: RecordedStep, _ text: String) -> [String] {
        guard case .failed(let failure) = step.outcome else { return [] }
        return [
            RecordedChain.failureComment + masked(text.joiningLines).printable,
            RecordedChain.reasonComment + masked(failure.sentence.printable),
        ]
    }

    // MARK: - What a pick took

    private func comments(of index: Int) -> [String] {
        let step = steps[index]
        guard step.isPartOfRunbook, let pick = choice(of: step) else { return [] }
        if step.file == nil || isFreshAndPinned(step) {
            return ["picked \(description(of: pick, file(of: pick, after: index) ?? step.file))"]
        }
        // What `get` took in its place.
        let earlier = steps[..<index].last { $0.pick != nil && $0.file == nil }.flatMap(choice)
        return pick.isSame(as: earlier) ? [] : ["took \(description(of: pick, step.file))"]
    }

    /// The backup that a command picked or got; where it is pinned, the one that is named.
    private func choice(of step: RecordedStep) -> Backup? {
        isPinned && step.isChoice ? step.pinned?.backup ?? step.pick : step.pick
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
