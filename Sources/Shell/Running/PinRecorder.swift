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
            guard session.dryRun?.cause(of: .pick) == nil, let source = session.source, let pick = session.pick else {
                refusal = refusal ?? .unknownPick(command.declaration.name, FailureMessage.Place(command))
                return
            }
            // What can't be shown as it is can't be written as a word either.
            guard pick.name.printable == pick.name else {
                refusal = refusal ?? .unwritableName(pick.name, FailureMessage.Place(command))
                return
            }
            replacements[command.path] = Self.line(
                try await session.readingAll(of: pick) { try await source.pin(of: pick, onProgress: $0) },
                pick
            )
        }
        if command.declaration.staticEffect == .declaresParameter, let invocation,
            let name = try? invocation[ParamArguments.name], givenParameters.contains(name),
            !session.secretNames.contains(name), let value = session.variables[name], value.printable == value
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
        let text = try PinnedRunbook(of: program, source, self, session.dependencies.commands, time: time).text
        // What is written must be a script that runs.
        let (_, findings) = Checker.check(SourceFile(name: path, text: text), context)
        if let finding = findings.first { throw PinRefusal.unusable(finding.message) }
        try await NewTextFile.write(text, to: path)
        let count = replacements.count { $0.value.hasPrefix("pick ") }
        session.output.result(
            "wrote \(path.printable): \(count) \(count == 1 ? "choice is" : "choices are") fixed in it",
            json: PinnedRecord(path: path, picks: count)
        )
    }

    private struct PinnedRecord: Encodable {
        let kind = "pinned"
        let path: String
        /// How many choices are fixed.
        let picks: Int
    }

    private static func line(_ pin: BackupPin, _ pick: Backup) -> String {
        var words = ["pick", Invocation.quoted(pin.name)]
        if pick.entry.map({ $0.state != .current }) == true { words.append("--deleted") }
        if let version = pick.entry?.version { words += ["--version-id", Invocation.quoted(version)] }
        if let revision = pin.revision { words += ["--revision", "\(revision.value)"] }
        if let etag = pin.etag { words += ["--etag", Invocation.quoted(etag)] }
        if let sha256 = pin.sha256 { words += ["--sha256", sha256] }
        return words.joined(separator: " ")
    }
}

/// Why a runbook's choices can't be fixed.
enum PinRefusal: UserError, Equatable {
    /// The backup that a command takes is not known in a dry run.
    case unknownPick(String, FailureMessage.Place)
    /// The backup's name has characters that no script can have.
    case unwritableName(String, FailureMessage.Place)
    /// A script is included within a chain.
    case includedInChain(FailureMessage.Place)
    /// The runbook would be wrong: what the check says of it.
    case unusable(String)

    var code: String { "pin.refused" }
    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .unknownPick(let command, let place):
            "cannot pin \(place): which backup '\(command)' takes is not known in a dry run"
        case .unwritableName(let name, let place):
            "cannot pin \(place): the name \(name.printable) has characters that a script can't have"
        case .includedInChain(let place):
            "cannot pin \(place): the script that it includes has a 'pick', and stands in a chain"
        case .unusable(let reason): "cannot write a runbook with these choices: \(reason)"
        }
    }

    var nextStep: NextStep? {
        switch self {
        case .unknownPick: "leave out --pin, or pick a backup that is there"
        case .includedInChain: "put 'source' on a separate line"
        case .unwritableName, .unusable: nil
        }
    }
}
