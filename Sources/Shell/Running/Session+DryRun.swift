import Language
import Text

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
            ?? command.replacements.lazy.compactMap { self.dryRun?.cause(of: $0) }.first
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
            ?? causeOfDecryption(in: invocation)
    }

    /// That a command of the user's would be run, which no dry run does.
    func causeOfDecryption(in invocation: Invocation) -> DryRunState.Cause? {
        guard let words = invocation[UnpackingOptions.decryption] else { return nil }
        output.note("would run: \(line(of: words))")
        return .decryption
    }

    /// Says that the outcome of a command is not known, and goes on as if it had succeeded.
    func leaveOpen(_ command: BoundCommand, before cause: DryRunState.Cause) {
        dryRun?.leaveOpen(command.establishes, before: cause)
        if let name = command.setVariable { dryRun?.leaveOpen(variable: name, before: cause) }
        let line = knownLine(of: command)
        output.listing(
            "\(cause.sentence): \(line)",
            json: [UnknownRecord(command: command.declaration.name, line: line, before: cause.rawValue)]
        )
    }

    /// A command as it stands in the script, with the variables filled in whose values are known and may be shown.
    private func knownLine(of command: BoundCommand) -> String {
        let bytes = command.source.bytes
        var text = ""
        var end = command.span.start
        for word in command.words.sorted(by: { $0.span.start < $1.span.start }) {
            let isQuoted = bytes[word.span.start..<word.span.end].first == UInt8(ascii: "\"")
            for variable in word.allVariables.sorted(by: { $0.span.start < $1.span.start }) {
                guard variable.span.start >= end, !secretNames.contains(variable.name),
                    !privateNames.contains(variable.name), let value = variables[variable.name]
                else { continue }
                text += String(decoding: bytes[end..<variable.span.start], as: UTF8.self)
                text += isQuoted ? value.printable : Word.shown(value)
                end = variable.span.end
            }
        }
        text += String(decoding: bytes[end..<max(end, command.span.end)], as: UTF8.self)
        return dependencies.commands.secretLine.masking(text.joiningLines).printable
    }

    private struct UnknownRecord: Encodable {
        let kind = "not-known"
        let command: String
        let line: String
        /// What would have to happen first.
        let before: String
    }
}
