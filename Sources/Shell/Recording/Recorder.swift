import Backups
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
    private var ownPaths: Set<ByteText> = []
    private var isWarned = false
    /// Whether commands have ended that are not written yet.
    private var isBehind = false
    /// When the runbook was written last, and how long that took: the more commands it has, the longer.
    private var lastWriting: (end: ContinuousClock.Instant, duration: Duration)?
    /// What takes no longer is done after each command.
    private static let shortWriting = Duration.milliseconds(20)

    struct Target: Sendable {
        var path: String
        var isPinned: Bool
    }

    /// How many commands of the session a runbook has.
    var commandCount: Int { steps.count(where: \.isPartOfRunbook) }

    /// Whether a `get` has `--force` in the runbook, and had none in the session.
    var addsForce: Bool {
        target?.isPinned == false && steps.contains { $0.isPartOfRunbook && $0.command.isGetWithoutForce }
    }

    func began(_ event: CommandEvent, in session: Session) async {}

    func ended(_ event: CommandEvent, in session: Session) async {
        // It ends the session, and would end one that includes the runbook.
        if session.output.offers.place == .prompt, event.command.declaration.staticEffect == .endsScript { return }
        let source = event.command.source
        let isFirst = knownSources.insert(ObjectIdentifier(source)).inserted
        steps.append(RecordedStep(event, isFirst: isFirst, in: session))
        guard target != nil, event.command.declaration.isRecorded else { return }
        isBehind = true
        if let last = lastWriting, last.duration > Self.shortWriting,
            ContinuousClock.now - last.end < last.duration * 10
        {
            return
        }
        await catchUp(in: session)
    }

    /// Writes what is not written yet: once all of what was typed has run, and before that as often as it costs little.
    func catchUp(in session: Session) async {
        guard isBehind, let target else { return }
        isBehind = false
        let start = ContinuousClock.now
        defer { lastWriting = (.now, ContinuousClock.now - start) }
        do {
            try await write(to: target, replacing: true, session)
        } catch is CancellationError {
            session.output.warning("cannot record to \(target.path.printable): interrupted while it was fixed")
        } catch {
            if !isWarned { session.output.warning("\(error): what follows is not recorded there") }
            isWarned = true
        }
    }

    /// Begins to write: all that was done so far, and from now on each command as it ends.
    ///
    /// - Throws: `RecordingError`, where nothing is recorded then.
    func start(_ target: Target, replacing: Bool, in session: Session) async throws {
        await catchUp(in: session)
        try await write(to: target, replacing: replacing || ownPaths.contains(ByteText(target.path)), session)
        ownPaths.insert(ByteText(target.path))
        self.target = target
        isWarned = false
    }

    /// Ends writing; the file stays as it is.
    func stop(in session: Session) async {
        await catchUp(in: session)
        target = nil
    }

    /// Fixes the choices of backups.
    ///
    /// - Throws: `RecordingError.cannotPin`, `CancellationError`.
    private func pin(for target: Target, _ session: Session) async throws {
        for index in steps.indices where steps[index].isChoice {
            let step = steps[index]
            // In the place of a pick, 'get --or-older' may have taken another one, and a replay takes that at once.
            let next = steps[(index + 1)...].first { $0.pick != nil }
            guard let source = step.source, let picked = step.pick,
                case let backup = next.flatMap({ $0.isChoice ? nil : $0.pick }) ?? picked,
                step.pinned?.backup.isSame(as: backup) != true
            else { continue }
            do {
                let place = FailureMessage.Place(step.command)
                let line = try await PinnedChoice.line(of: backup, from: source, at: place, in: session)
                steps[index].pinned = (backup, line)
            } catch let error where !(error is CancellationError) {
                throw RecordingError.cannotPin(path: target.path, backup: backup.name, reason: "\(error)")
            }
        }
    }

    private func write(to target: Target, replacing: Bool, _ session: Session) async throws {
        if target.isPinned { try await pin(for: target, session) }
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
