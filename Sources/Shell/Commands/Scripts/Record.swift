import Text

/// What `record` takes.
private enum RecordArguments {
    static let file = ArgumentKey.optional("FILE", .newFile)
    static let pinned = Option("pinned", "each 'pick' takes this very backup, or none: name, revision, ETag or SHA-256")
    static let force = Option("force", "replace a file that exists")
    /// What stands in the place of a file to end it.
    static let off = "off"
}

extension CommandDeclaration {
    static let record = CommandDeclaration(
        words: ["record"],
        summary: "write the session as a runbook: what was done so far, and what follows",
        details: [
            "What succeeded stands there as it was typed, what failed as a comment with the reason, and beside",
            "each pick the backup that it took. A chain that succeeded stays whole, with a comment on what",
            "failed in it. Clusters and paths become parameters with what was typed as their default, secrets",
            "become 'param NAME --secret'. A get of FILE gets --force, so that another run, which may take",
            "another backup, replaces the file; not with --pinned. The file is a whole runbook after each",
            "command. 'record off' ends it; 'record' alone shows where it is written to.",
        ],
        arguments: [RecordArguments.file],
        options: [RecordArguments.pinned, RecordArguments.force],
        examples: [
            .init("record recovery.snapsh; record off", "what was done so far, as recovery.snapsh"),
            .init("record recovery.snapsh --pinned --force", "with the very backups that were picked"),
        ],
        requireFit: { invocation in
            guard invocation[RecordArguments.file].map({ $0 == RecordArguments.off }) != false else { return }
            if invocation[RecordArguments.pinned] || invocation[RecordArguments.force] {
                throw UsageError("--pinned and --force need a file", hint: "write: record FILE")
            }
        },
        records: [.recording],
        dryRun: .described { invocation, session in
            guard let path = invocation[RecordArguments.file], path != RecordArguments.off else { return }
            session.output.result(
                "would record to \(path.printable)",
                json: RecordingRecord(path: path, isOn: false, commands: nil)
            )
        },
        isRecorded: false,
        run: { invocation, session in
            let recorder = session.recorder
            let path = invocation[RecordArguments.file]
            switch path {
            case nil: break
            case RecordArguments.off?:
                if let target = recorder.target {
                    session.noteForce()
                    await recorder.stop(in: session)
                    session.report("recorded to \(target.path.printable)", target.path, isOn: false)
                    return
                }
            case let path?:
                let target = Recorder.Target(path: path, isPinned: invocation[RecordArguments.pinned])
                try await recorder.start(target, replacing: invocation[RecordArguments.force], in: session)
            }
            guard let target = recorder.target else {
                session.output.result("not recording", json: RecordingRecord(path: nil, isOn: false, commands: nil))
                return
            }
            session.noteForce()
            session.report("recording to \(target.path.printable)", target.path, isOn: true)
        }
    )
}

extension Session {
    /// Says it where a run of the runbook replaces what the session made.
    fileprivate func noteForce() {
        guard recorder.addsForce else { return }
        output.note(
            "in the runbook 'get' has --force: each run replaces its file, by whichever backup it takes, and of whichever"
                + " cluster; for another cluster give another file, too"
        )
    }

    fileprivate func report(_ text: String, _ path: String, isOn: Bool) {
        let count = recorder.commandCount
        output.result(
            "\(text): \(count) \(count == 1 ? "command" : "commands")\(isOn ? " so far" : "")",
            json: RecordingRecord(path: path, isOn: isOn, commands: count)
        )
    }
}

private struct RecordingRecord: Encodable {
    let kind = "recording"
    let path: String?
    let isOn: Bool
    let commands: Int?
}
