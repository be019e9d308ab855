import Backups
import FoundationEssentials
package import Language
import Text

/// What a dry run has come to, for the runbook with its choices fixed.
@MainActor
package final class PinRecorder {
    /// How a command ended.
    enum Ending: Sendable {
        case succeeded
        case failed
    }

    /// Of those that were run.
    private(set) var endings: [CommandPath: Ending] = [:]
    /// What stands for a command in the runbook: a `pick` of the very backup, a `param` with the value that was given.
    private(set) var replacements: [CommandPath: String] = [:]
    /// Why the choices can't be fixed, where that is so.
    private(set) var refusal: PinRefusal?
    /// The parameters that were given a value.
    private let givenParameters: Set<String>

    /// - Parameter givenParameters: The parameters that were given a value, by name.
    package init(givenParameters: some Sequence<String>) {
        self.givenParameters = Set(givenParameters)
    }

    func noteFailure(of command: BoundCommand) { endings[command.path] = .failed }

    /// Takes note of a command that succeeded.
    ///
    /// - Parameter invocation: What was run; `nil` where its words are not known in a dry run.
    /// - Throws: What the source throws.
    func noteSuccess(of command: BoundCommand, _ invocation: Invocation?, in session: Session) async throws {
        endings[command.path] = .succeeded
        if command.establishes.contains(.pick) {
            let cause = session.dryRun?.cause(of: .pick)
            guard cause == nil, let source = session.source, let pick = session.pick else {
                refusal = refusal ?? .unknownPick(command.declaration.name, cause, FailureMessage.Place(command))
                return
            }
            do {
                let place = FailureMessage.Place(command)
                replacements[command.path] = try await PinnedChoice.line(of: pick, from: source, at: place, in: session)
            } catch let error as PinRefusal {
                refusal = refusal ?? error
                return
            }
        }
        if command.declaration.staticEffect == .declaresParameter, let invocation,
            let name = try? invocation[ParamArguments.name], givenParameters.contains(name),
            !session.secretNames.contains(name), !session.privateNames.contains(name),
            let value = session.variables[name], value.printable == value
        {
            replacements[command.path] = invocation.line
        }
    }

    /// Writes the runbook with its choices fixed into a new file.
    ///
    /// - Parameters:
    ///   - program: What was run.
    ///   - context: What it was checked with.
    /// - Throws: `PinRefusal`, `NewTextFileError`, `CancellationError`.
    package func write(
        _ program: Program,
        _ source: SourceFile,
        _ context: CheckContext,
        to path: String,
        in session: Session
    ) async throws {
        if let refusal { throw refusal }
        let time = TimeText.text(session.dependencies.now())
        var context = context
        context.reportsUnusedParameters = true
        var unused: Set<String> = []
        var text: String
        repeat {
            for name in unused { context.parameters[name] = nil }
            text = try PinnedRunbook(
                of: program,
                source,
                self,
                session.dependencies.commands,
                time: time,
                leavingOut: unused
            ).text
            // What is written must be a script that runs, and that passes a check.
        } while try addUnused(in: SourceFile(name: path, text: text), context, to: &unused)
        try await NewTextFile.write(text, to: path)
        let count = replacements.count { $0.value.hasPrefix("\(CommandDeclaration.pick.name) ") }
        session.output.result(
            "wrote \(path.printable): \(count) \(count == 1 ? "choice is" : "choices are") fixed in it",
            json: PinnedRecord(path: path, picks: count)
        )
    }

    /// Adds the parameters that nothing uses any more, as what they were for is fixed now.
    ///
    /// - Returns: Whether there are any new ones.
    /// - Throws: `PinRefusal` where anything else is found.
    private func addUnused(
        in source: SourceFile,
        _ context: CheckContext,
        to unused: inout Set<String>
    ) throws(PinRefusal) -> Bool {
        let count = unused.count
        for finding in Checker.check(source, context).findings {
            guard finding.code == Checker.unusedParameterCode else { throw .unusable(finding.message) }
            // One in a script that it includes is as it was.
            guard finding.source === source else { continue }
            unused.insert(String(decoding: source.bytes[finding.span.start..<finding.span.end], as: UTF8.self))
        }
        return unused.count > count
    }

    private struct PinnedRecord: Encodable {
        let kind = "pinned"
        let path: String
        /// How many choices are fixed.
        let picks: Int
    }
}
