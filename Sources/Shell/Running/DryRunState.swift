import Language
import Text

/// What a dry run does not know, because only what it leaves out would show it.
struct DryRunState: Sendable {
    /// What would have to happen first.
    enum Cause: String, Sendable {
        case download = "the download"
        case newBackup = "the new backup"
        case restore = "the restore"

        /// `not known before the download`.
        var sentence: String { "not known before \(rawValue)" }
    }

    private var needs: [Need: Cause] = [:]
    private var variables: [String: Cause] = [:]
    /// Files and folders that would be made.
    private var paths: [[ByteText]: Cause] = [:]

    /// Why a variable has no value; `nil` where it has one.
    func cause(ofVariable name: String) -> Cause? { variables[name] }

    /// Why something was not established, although a command that does it came before.
    func cause(of need: Need) -> Cause? { needs[need] }

    /// Why what will lie under a path is not known; `nil` where what lies there now is what is meant.
    func cause(ofPath path: String) -> Cause? {
        let parts = Self.parts(of: path)
        return parts.indices.lazy.compactMap { paths[Array(parts[...$0])] }.first
    }

    mutating func leaveOpen(_ needs: some Sequence<Need>, before cause: Cause) {
        for need in needs { self.needs[need] = cause }
    }

    mutating func leaveOpen(variable name: String, before cause: Cause) {
        variables[name] = cause
    }

    mutating func leaveOpen(path: String, before cause: Cause) {
        paths[Self.parts(of: path)] = cause
    }

    /// Takes note of what a command has done as always.
    mutating func close(_ needs: some Sequence<Need>, variable: String? = nil) {
        for need in needs { self.needs[need] = nil }
        if let variable { variables[variable] = nil }
    }

    /// The names on the way to a path, from the working folder or from the root; links are not followed.
    private static func parts(of path: String) -> [ByteText] {
        ((path.hasPrefix("/") ? ["/"] : []) + path.split(separator: "/").filter { $0 != "." }).map {
            ByteText(String($0))
        }
    }
}

extension BoundCommand {
    /// What it establishes where it succeeds.
    var establishes: [Need] {
        declaration.establishes + options.flatMap(\.declaration.establishes)
    }

    /// The variable that it sets.
    fileprivate var setVariable: String? {
        switch declaration.staticEffect {
        case .setsVariable: words(of: SetArguments.name).first?.literal
        case .declaresParameter: words(of: ParamArguments.name).first?.literal
        default: nil
        }
    }

    /// As it stands in the script.
    var text: String {
        String(decoding: source.bytes[span.start..<span.end], as: UTF8.self)
    }

    /// The same as one line that may be shown.
    func line(_ commands: CommandTable) -> String {
        let joined = text.replacing("\\\r\n", with: "").replacing("\\\n", with: "")
        return commands.secretLine.masking(joined).printable
    }
}

extension Session {
    /// Does in a dry run what stands for a command: all of it, or a description.
    func tryOut(_ command: BoundCommand, _ invocation: Invocation) async throws {
        switch command.declaration.dryRun {
        case .described(let describe):
            try await describe(invocation, self)
        case .asUsual:
            if let cause = cause(of: invocation) { return leaveOpen(command, before: cause) }
            try await command.declaration.run(invocation, self)
            dryRun?.close(command.establishes + command.declaration.invalidates, variable: command.setVariable)
        }
    }

    /// Why the words of a command can't be filled in; `nil` where they can.
    func causeOfGap(in command: BoundCommand) -> DryRunState.Cause? {
        if dryRun == nil { return nil }
        // What `expect` compares is named, not filled in.
        let compared = command.declaration.staticEffect == .comparesFact ? command.words(of: ExpectArguments.fact) : []
        return command.words.flatMap(\.allVariables).lazy.compactMap(self.cause).first
            ?? compared.lazy.compactMap { $0.literal.flatMap(self.cause(ofFact:)) }.first
    }

    private func cause(of variable: Variable) -> DryRunState.Cause? {
        guard let fact = Fact.byName[variable.name] else { return dryRun?.cause(ofVariable: variable.name) }
        let paths = zip(fact.parameters, variable.words).filter { $0.0.kind.completion.isPath }.compactMap { _, word in
            word.text(home: dependencies.home) { variables[$0.name].map(Lookup.value) ?? .unset }
        }
        return cause(ofFact: fact.name) ?? paths.lazy.compactMap { self.dryRun?.cause(ofPath: $0) }.first
    }

    /// Why the last command that a fact is of has found nothing yet.
    private func cause(ofFact name: String) -> DryRunState.Cause? {
        Fact.byName[name]?.needs.lazy.compactMap { self.dryRun?.cause(of: $0) }.first
    }

    /// Why a command can't do what it always does.
    private func cause(of invocation: Invocation) -> DryRunState.Cause? {
        invocation.declaration.needs.lazy.compactMap { self.dryRun?.cause(of: $0) }.first
            ?? invocation.paths.lazy.compactMap { self.dryRun?.cause(ofPath: $0) }.first
    }

    /// Says that the outcome of a command is not known, and goes on as if it had succeeded.
    func leaveOpen(_ command: BoundCommand, before cause: DryRunState.Cause) {
        dryRun?.leaveOpen(command.establishes, before: cause)
        if let name = command.setVariable { dryRun?.leaveOpen(variable: name, before: cause) }
        let line = command.line(dependencies.commands)
        output.listing(
            "\(cause.sentence): \(line)",
            json: [UnknownRecord(command: command.declaration.name, line: line, before: cause.rawValue)]
        )
    }

    private struct UnknownRecord: Encodable {
        let kind = "not-known"
        let command: String
        let line: String
        /// What would have to happen first.
        let before: String
    }
}

extension Word {
    /// The variables in it, also those in the words that name the things of facts.
    fileprivate var allVariables: [Variable] {
        (variables + [fact].compactMap(\.self)).flatMap { [$0] + $0.words.flatMap(\.allVariables) }
    }
}
