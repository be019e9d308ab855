package import Audit
import Backups
import Blocking
import FoundationEssentials
import Text

/// Writes the transcript of one run. What can't be written is reported once, and the run goes on.
@MainActor
package final class TranscriptWriter: CommandObserver {
    private let file: TranscriptFile
    private let origin: TranscriptOrigin
    private let start = ContinuousClock.now
    /// Whether a line is missing in it.
    package private(set) var hasFailed = false

    package init(_ file: TranscriptFile, _ origin: TranscriptOrigin) {
        self.file = file
        self.origin = origin
    }

    /// The run begins.
    package func begin(script: String, in session: Session) async {
        var event = TranscriptEvent(.run, origin, at: session.dependencies.now())
        event.script = session.output.masked(script)
        if session.dryRun != nil { event.dryRun = true }
        await append(event, session)
    }

    /// The run ends.
    ///
    /// - Parameter message: Why nothing was run.
    package func end(exitCode: Int32, message: String?, in session: Session) async {
        var event = TranscriptEvent(.end, origin, at: session.dependencies.now())
        event.duration = Self.seconds(ContinuousClock.now - start)
        event.exit = Int(exitCode)
        event.message = message.map { session.output.masked($0) }
        await append(event, session)
    }

    package func began(_ event: CommandEvent, in session: Session) async {
        await append(line(.begin, event, session), session)
    }

    package func ended(_ event: CommandEvent, in session: Session) async {
        var line = line(.command, event, session)
        line.duration = Self.seconds(event.duration)
        switch event.outcome {
        case .succeeded:
            line.outcome = .ok
            let facts = session.facts(of: event)
            if !facts.isEmpty { line.facts = facts }
        case .skipped: line.outcome = .skipped
        case .failed(let failure):
            line.outcome = .failed
            line.code = failure.code
            line.message = session.output.masked(failure.sentence)
        }
        await append(line, session)
    }

    private func line(_ kind: TranscriptEvent.Kind, _ event: CommandEvent, _ session: Session) -> TranscriptEvent {
        let secretLine = session.dependencies.commands.secretLine
        let shown = { (text: String) in session.output.masked(secretLine.masking(text)) }
        var line = TranscriptEvent(kind, origin, at: event.start)
        line.number = event.number
        line.command = shown(event.command.text)
        let ran = event.invocation.map { shown($0.line) }
        if ran != line.command { line.ran = ran }
        line.drill = event.drill
        let place = FailureMessage.Place(event.command.span, in: event.command.source)
        line.place = .init(file: session.output.masked(place.file), line: place.line, column: place.column)
        return line
    }

    private func append(_ event: TranscriptEvent, _ session: Session) async {
        let file = file
        // What was interrupted is written, too: this task may be cancelled already.
        let writing = Task {
            let line = try TranscriptLine.encoded(event)
            try await BlockingWork.smallFile(at: file.path) { try file.append(line) }
        }
        do {
            try await writing.value
        } catch {
            if !hasFailed { session.output.warning("\(error): the transcript has a gap from here on") }
            hasFailed = true
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        return Double(milliseconds) / 1000
    }
}

extension Session {
    /// What is known after a command, of that which its declaration says that it is about.
    func facts(of event: CommandEvent) -> TranscriptEvent.Facts {
        let declaration = event.command.declaration
        let subjects = Set(declaration.establishes + declaration.needs)
        var facts = TranscriptEvent.Facts()
        if !subjects.isDisjoint(with: [.source, .pick]) { facts.source = source.map { output.masked($0.location) } }
        if !subjects.isDisjoint(with: [.cluster, .pick]) {
            facts.cluster = cluster.map { output.masked($0.description) }
        }
        if subjects.contains(.pick), let pick {
            let hasETag = source?.traits.givesETags == true
            facts.object = TranscriptEvent.Object(pick, hasETag: hasETag) { output.masked($0) }
        }
        if declaration.establishes.contains(.file), let file {
            facts.file = .init(
                path: output.masked(file.path),
                size: file.byteCount,
                sha256: file.sha256,
                revision: file.revision.value,
                verified: file.isVerified
            )
        }
        if let restored, restored.command == event.number {
            facts.restored = .init(
                path: output.masked(restored.path),
                sha256: restored.sha256,
                directories: restored.directories.map { output.masked($0) },
                cluster: restored.cluster,
                revision: restored.revision,
                keyHash: Int64(restored.keyHash)
            )
        }
        return facts
    }
}

extension TranscriptEvent.Object {
    @MainActor
    fileprivate init(_ backup: Backup, hasETag: Bool, _ masked: (String) -> String) {
        self.init(name: masked(backup.name))
        key = (backup.entry?.key).map(masked)
        if hasETag { etag = (backup.entry?.etag).map(masked) }
        version = (backup.entry?.version).map(masked)
        size = backup.byteCount
        revision = backup.knownRevision?.value
        modified = backup.modified
    }
}
