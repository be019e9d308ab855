import Drills

/// Keeps what a learner does.
struct DrillObserver: CommandObserver {
    let drill: DrillSession

    func began(_ event: CommandEvent, in session: Session) async {}

    func ended(_ event: CommandEvent, in session: Session) async {
        guard event.command.declaration.words.first != CommandDeclaration.drillWord, session.drill === drill else {
            return
        }
        var line = SandboxEvent(.command, at: event.start)
        line.line = session.output.masked(session.dependencies.commands.secretLine.masking(event.command.text))
        switch event.outcome {
        case .succeeded: break
        case .skipped: return
        case .failed(let failure): line.text = session.output.masked(failure.sentence)
        }
        do {
            // Not cancelled with the command: Ctrl-C belongs into the timeline, too.
            let (drill, noted) = (drill, line)
            try await Task { try await drill.note(noted) }.value
        } catch {
            session.output.warning("\(error): this command is missing in the drill's timeline")
        }
    }
}
