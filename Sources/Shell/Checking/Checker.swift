import Backups
package import Language
import Text

/// Checks a whole script before any command runs: names, options, arguments and their types, variables, facts, the
/// order of commands, and the scripts that it includes.
package final class Checker {
    package var findings: [Diagnostic] = []
    let context: CheckContext
    /// What is defined at the current point, after a command that succeeded.
    var definitions: Definitions
    /// What is defined after the last command failed and `||` continues.
    var failure = Definitions.unreachable
    /// What is defined at any failure that ends the included script, where that matters.
    var includedFailures: IncludedFailures?
    /// Whether the state after a failure matters: in a chain with `||`, and in scripts included there.
    private(set) var followsFailures = false
    /// The parameters that the user gives, in the order of their `param`, each once.
    var declaredParameters: [ScriptParameter] = []
    /// The place of each in them, by its name.
    var parameterIndexes: [String: Int] = [:]
    /// The parameters that the script itself sets before their `param`.
    var presetParameters: Set<String> = []
    /// The parameters that decide which script is included, and have no value yet.
    var decidingParameters: Set<String> = []
    /// The names of secret parameters, also of those that are declared further down.
    let secretNames: Set<String>
    /// Where all `param` commands name theirs.
    var parameterPlaces: [(name: String, source: SourceFile, span: Span)] = []
    /// The names of all variables that stand in what was read.
    var usedNames: Set<String> = []
    /// Whether all of it could be read.
    var hasReadAll = true
    /// The values of parameters that were reported, each once.
    var reportedValues: Set<String> = []
    /// What the language was found not to have, each once.
    private var reportedAbsences: Set<String> = []
    /// What is known of the text of each `confirm`.
    var confirmations: [TextPattern] = []
    /// The path of the script that is checked, as it was given; absent for a line of the prompt.
    var outermost: String?
    /// The paths of the scripts that are being included, outermost first.
    var including: [String] = []
    /// The offset of the `source` that includes each of them.
    var includingOffsets: [Int] = []

    var includeCount = 0

    /// How many commands may follow the first one of a chain: what each changes is joined with what all before it do.
    static let maxLinkCount = 2000
    /// How deep includes may nest.
    static let maxDepth = 16
    /// How many scripts may be included in all: includes that repeat grow exponentially.
    static let maxIncludeCount = 200

    private init(_ context: CheckContext, _ definitions: Definitions, secretNames: Set<String>) {
        self.context = context
        self.definitions = definitions
        self.secretNames = secretNames
        for (name, value) in context.parameters {
            self.definitions.variables[name] = .init(known: .value(value), origin: name)
        }
        for name in secretNames where self.definitions.variables[name] != nil {
            self.definitions.variables[name] = .init(known: .secret)
        }
    }

    /// Parses and checks a script that starts a new session.
    ///
    /// - Returns: The program, and all findings; with any finding, nothing may run.
    package static func check(
        _ source: SourceFile,
        _ context: CheckContext
    ) -> (program: Program, findings: [Diagnostic]) {
        check(Parser.parse(source), context)
    }

    /// Checks a script, with what parsing has found.
    ///
    /// - Returns: The program, and all findings; with any finding, nothing may run.
    package static func check(
        _ parsed: (script: Script, findings: [Diagnostic]),
        _ context: CheckContext
    ) -> (program: Program, findings: [Diagnostic]) {
        check(parsed, context, from: Definitions())
    }

    /// - Parameter definitions: What is defined before it.
    static func check(
        _ parsed: (script: Script, findings: [Diagnostic]),
        _ context: CheckContext,
        from definitions: Definitions
    ) -> (program: Program, findings: [Diagnostic]) {
        // A secret is one from the first line on; that its `param` comes further down, only a first check shows.
        var secretNames: Set<String> = []
        while true {
            let checker = Checker(context, definitions, secretNames: secretNames)
            let program = checker.checkAll(parsed)
            guard !program.secretParameters.isSubset(of: secretNames) else { return (program, checker.findings) }
            secretNames.formUnion(program.secretParameters)
        }
    }

    private func checkAll(_ parsed: (script: Script, findings: [Diagnostic])) -> Program {
        let source = parsed.script.source
        if !context.isPrompt { outermost = source.name }
        var program = check(parsed)
        program.parameters = declaredParameters
        program.decidingParameters = decidingParameters
        program.confirmations = confirmations
        // What was given on the command line belongs to the whole script, which must be known for that.
        if context.skipped.isEmpty, decidingParameters.isEmpty {
            reportUnknownParameters()
            reportUnknownConfirmations()
            reportUnusedParameters()
        }
        return program
    }

    func check(_ parsed: (script: Script, findings: [Diagnostic])) -> Program {
        let (script, source) = (parsed.script, parsed.script.source)
        var unreported = parsed.findings[...]
        hasReadAll = hasReadAll && unreported.isEmpty
        if context.reportsUnusedParameters {
            for chain in script.chains { chain.visitVariableNames { usedNames.insert($0) } }
        }
        var program = Program(chains: [])
        program.chains.reserveCapacity(script.chains.count)
        for written in script.chains where findings.count < Parser.maxFindingCount {
            guard let chain = withoutSkipped(written) else { continue }
            // Parsing finishes before checking starts, but people read findings from top to bottom.
            while let finding = unreported.first, finding.span.start < chain.first.span.start {
                findings.append(unreported.removeFirst())
            }
            if let bound = check(chain, source) { program.chains.append(bound) }
        }
        findings += unreported
        return program
    }

    /// A chain as if the commands that are skipped did not stand there; `nil` where none is left.
    private func withoutSkipped(_ chain: Chain) -> Chain? {
        if context.skipped.isEmpty { return chain }
        let (skipped, outerOffsets) = (context.skipped, includingOffsets)
        let isKept = { (command: Command) in
            !skipped.contains(CommandPath(outerOffsets: outerOffsets, offset: command.span.start))
        }
        var kept = chain
        kept.rest = chain.rest.filter { isKept($0.command) }
        if isKept(chain.first) { return kept }
        guard !kept.rest.isEmpty else { return nil }
        kept.first = kept.rest.removeFirst().command
        return kept
    }

    private func check(_ chain: Chain, _ source: SourceFile) -> BoundChain? {
        let isFollowed = followsFailures
        followsFailures = isFollowed || chain.rest.contains { $0.connector == .or }
        let branches = followsFailures
        if branches { definitions.variables.branch() }
        let first = check(chain.first, source)
        var rest: [(connector: Connector, command: BoundCommand)] = []
        for link in chain.rest.prefix(Self.maxLinkCount) {
            if let command = check(link, source) { rest.append((link.connector, command)) }
        }
        if chain.rest.count > Self.maxLinkCount {
            report(
                "a chain has at most \(Self.maxLinkCount) commands behind its first one",
                chain.rest[Self.maxLinkCount].command.nameSpan,
                source,
                hint: "end it before this, and begin a new line"
            )
        }
        followsFailures = isFollowed
        if isFollowed { includedFailures?.take(failure, definitions) }
        // A second owner of the variables would make each `set` copy them all.
        failure = .unreachable
        if branches { definitions.variables.settle() }
        return first.map { BoundChain(first: $0, rest: rest) }
    }

    /// Checks a command on the paths that reach it; on the others, the definitions stay unchanged.
    private func check(_ link: Chain.Link, _ source: SourceFile) -> BoundCommand? {
        switch link.connector {
        case .and:
            let passedOver = failure
            let command = check(link.command, source)
            failure = passedOver.joined(with: failure)
            return command
        case .or:
            let passedOver = definitions
            definitions = failure
            let command = check(link.command, source)
            definitions = passedOver.joined(with: definitions)
            return command
        }
    }

    /// Checks a command, and updates `definitions` and `failure`.
    private func check(_ command: Command, _ source: SourceFile) -> BoundCommand? {
        var binder = Binder(
            source,
            context.commands,
            outerOffsets: includingOffsets,
            isTyped: isTyped,
            clusters: context.clusters
        )
        let bound = binder.bind(command)
        // A loop has many parts, and is reported once.
        findings += binder.findings.filter {
            $0.code != Binder.absentCode || reportedAbsences.insert($0.message).inserted
        }
        guard var bound else {
            // What a mistyped command would have established is not reported as missing, too.
            let other = ForeignWord.name(meantBy: command)?.split(separator: " ").first.map(String.init)
            if let meant = other ?? Suggestion.nearest(to: command.name, among: context.commands.firstWords) {
                for declaration in context.commands.commands(named: meant) {
                    definitions.achieve(declaration.establishes)
                }
            }
            if case .word(let word)? = command.arguments.first, let name = word.literal,
                ForeignWord.isLoop(command.name)
            {
                definitions.variables[name] = .init(known: .unknown)
            }
            failure = definitionsAfterFailure
            return nil
        }
        bound.isTyped = isTyped
        let declaration = bound.declaration
        if declaration.isForPromptOnly, !isTyped {
            report("'\(declaration.name)' works at the prompt only, not in a script", command.nameSpan, source)
        }
        let lacking = causes(of: needs(of: bound).filter { lack(of: $0) != nil })
        // An argument that is written makes up for the rest.
        let unnamed = lacking.filter { !bound.replacements.contains($0) }
        if source.isCommandLine, let lack = unnamed.first.flatMap(lack) {
            // No command can come before it: one line does it all.
            let run = unnamed.wholeRun(of: bound, context.commands)
            report(lack.message, command.nameSpan, source, hint: "write: \(run)", code: "script.unmet-need")
            definitions.achieve(unnamed)
        }
        for need in lacking {
            guard let lack = lack(of: need) else { continue }
            let file = bound.replacements.contains(need) ? declaration.replaceable(by: need) : nil
            report(
                file.map { "'\(declaration.name)' needs \($0): \(lack.message)" } ?? lack.message,
                command.nameSpan,
                source,
                hint: file.map { "write: \(source.isCommandLine ? "snapsh " : "")\(declaration.name) \($0)" }
                    ?? lack.hint,
                code: "script.unmet-need"
            )
            // One report is enough: later findings with the same cause are noise.
            definitions.achieve(CollectionOfOne(need))
        }
        checkWords(of: bound)
        let provided = bound.options.flatMap(\.declaration.establishes)
        // Where no path leads, the next commands are checked all the same, with what was defined before.
        failure = definitionsAfterFailure
        if !declaration.canFail, !bound.mayLackValue { failure.isReachable = false }
        failure.drop(declaration.invalidatesOnFailure)
        failure.drop(provided)
        applyStaticEffect(&bound)
        definitions.drop(declaration.invalidates)
        definitions.achieve(declaration.establishes)
        definitions.achieve(provided)
        if declaration.changesFacts || !provided.isEmpty {
            definitions.forgetConditions()
            failure.forgetConditions()
            takeChoice(bound)
        }
        if declaration.establishes.contains(.source) { definitions.useSource(needsCluster: needsCluster(bound)) }
        return bound
    }

    /// What is defined where the command to be checked next fails; of no interest, and not copied, where nothing
    /// follows.
    private var definitionsAfterFailure: Definitions { followsFailures ? definitions : .unreachable }

    /// Whether a cluster must be chosen for what a command connects to: a place that is named may say whose backups it
    /// has, which only the run shows.
    private func needsCluster(_ command: BoundCommand) -> Bool {
        let words = command.declaration.words
        guard command.arguments.isEmpty else { return false }
        return context.commands.sources.first { $0.commandWords == words }?.needsCluster ?? true
    }

    private func needs(of command: BoundCommand) -> [Need] {
        let replacements = command.replacements
        if command.options.isEmpty { return command.declaration.needs + replacements }
        let options = command.options.map(\.declaration)
        return options.flatMap(\.needs) + replacements
            + command.declaration.needs.filter { need in !options.contains { $0.establishes.contains(need) } }
    }

    /// What is reported of all that is missing: without a source, whether a cluster has to be chosen is unknown.
    func causes(of lacking: [Need]) -> [Need] {
        guard lacking.contains(.source), lacking.contains(.cluster), !definitions.possible.contains(.source) else {
            return lacking
        }
        definitions.achieve(CollectionOfOne(.cluster))
        return lacking.filter { $0 != .cluster }
    }

    /// What to report where something is missing on some path; `nil` where it is there on all.
    func lack(of need: Need) -> (message: String, hint: String)? {
        if definitions.achieved.contains(need) { return nil }
        if need == .currentFile, !definitions.possible.contains(.file) { return lack(of: .file) }
        return definitions.possible.contains(need)
            ? (need.uncertainty, Need.hintOfUncertainty) : (need.absence, need.nextStep(context.commands.sources))
    }

    /// Records that no path continues from here.
    func endPath() {
        definitions.isReachable = false
        failure.isReachable = false
    }

    /// Takes what a command says of the backup that it chooses by its revision or its name.
    private func takeChoice(_ command: BoundCommand) {
        for (argument, word) in command.arguments {
            guard case .choice = argument.kind.completion, let texts = known(word).texts else { continue }
            let choices = texts.map { (try? argument.kind.parse($0)) as? Selection.Choice }
            // All are of one fact, or nothing is known.
            let revisions = choices.compactMap { if case .revision(let revision)? = $0 { revision } else { nil } }
            let names = choices.compactMap { if case .name(let name)? = $0 { name } else { nil } }
            if revisions.count == texts.count {
                take(.equal, revisions.map(FactValue.revision), of: "pick.revision", .revision, command)
            } else if names.count == texts.count {
                take(.equal, names.map(FactValue.text), of: "pick.name", .backupName, command)
            }
        }
    }

    private func take(
        _ comparison: Comparison,
        _ values: [FactValue],
        of fact: String,
        _ type: FactType,
        _ command: BoundCommand
    ) {
        let line = command.source.line(at: command.span.start)
        let conditions = values.map {
            FactCondition(comparison: comparison, value: $0, script: command.source.name, line: line)
        }
        definitions.take(oneOf: conditions, of: fact, type)
    }

    /// Takes what an `expect` says of a fact: it holds after it, and not where it fails.
    func take(oneOf conditions: [FactCondition], of fact: Fact) {
        definitions.take(oneOf: conditions, of: fact.name, fact.type)
        if followsFailures { failure.take(oneOf: conditions.map(\.refuted), of: fact.name, fact.type) }
    }

    func report(
        _ message: String,
        _ span: Span,
        _ source: SourceFile,
        hint: String? = nil,
        code: String = "script.meaning"
    ) {
        findings.append(Diagnostic(message, code: code, at: span, in: source, hint: hint))
    }
}
