import Blocking
import Files
import Glibc
import Language
import Text

/// Keeps what a session has done, and writes it as a runbook while it is asked to.
@MainActor
final class Recorder: CommandObserver {
    private var steps: [RecordedStep] = []
    private var knownSources: Set<ObjectIdentifier> = []
    /// Where it writes to now.
    private(set) var target: Target?
    /// The files that this recorder made: it may replace them.
    private var ownPaths: Set<String> = []
    private var isWarned = false

    struct Target: Sendable {
        var path: String
        var isPinned: Bool
    }

    /// How many commands of the session a runbook has.
    var commandCount: Int { steps.count(where: \.isPartOfRunbook) }

    func began(_ event: CommandEvent, in session: Session) async {}

    func ended(_ event: CommandEvent, in session: Session) async {
        let source = event.command.source
        let isFirst = knownSources.insert(ObjectIdentifier(source)).inserted
        steps.append(RecordedStep(event, isFirst: isFirst, in: session))
        guard let target, event.command.declaration.isRecorded else { return }
        do {
            try await write(to: target, replacing: true, session)
        } catch {
            if !isWarned { session.output.warning("\(error): what follows is not recorded there") }
            isWarned = true
        }
    }

    /// Begins to write: all that was done so far, and from now on each command as it ends.
    ///
    /// - Throws: `RecordingError`, where nothing is recorded then.
    func start(_ target: Target, replacing: Bool, in session: Session) async throws {
        try await write(to: target, replacing: replacing || ownPaths.contains(target.path), session)
        ownPaths.insert(target.path)
        self.target = target
        isWarned = false
    }

    /// Ends writing; the file stays as it is.
    func stop() { target = nil }

    private func write(to target: Target, replacing: Bool, _ session: Session) async throws {
        let secrets = session.output.secrets
        let secretLine = session.dependencies.commands.secretLine
        let context = CheckContext(
            session.dependencies,
            needsParameterValues: false,
            reportsUnusedParameters: true
        )
        let runbook = Runbook(steps: steps, isPinned: target.isPinned, context: context) {
            SecretText.masking(secrets.masking(secretLine.masking($0)))
        }
        let bytes = Array(runbook.text.utf8)
        // What was interrupted is written, too: this task may be cancelled already.
        let writing = Task {
            try await BlockingWork.smallFile(at: target.path) {
                try WholeFile.write(bytes, to: target.path, replacing: replacing)
            }
        }
        do {
            try await writing.value
        } catch let error as SystemError where error.code == EEXIST {
            throw RecordingError.exists(path: target.path)
        } catch {
            throw RecordingError.cannotWrite(path: target.path, reason: "\(error)")
        }
    }
}
