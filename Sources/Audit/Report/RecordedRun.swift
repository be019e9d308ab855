import FoundationEssentials

/// One run, put together from the lines that say of it.
struct RecordedRun: Sendable {
    var id: String
    /// The transcript that it is in.
    var path: String
    var script: String?
    /// Whether nothing was written, only tried out.
    var isDryRun = false
    var host: String
    var user: String
    var version: String
    var start: Date
    /// `nil` where the transcript ends before the run.
    var end: End?
    var commands: [Command] = []

    struct End: Sendable {
        var exit: Int?
        var message: String?
        /// In seconds.
        var duration: Double
    }

    /// A command; `outcome` is `nil` where it had not ended.
    struct Command: Sendable {
        var event: TranscriptEvent
        var outcome: TranscriptEvent.Outcome?
        /// In seconds from the run's start.
        var start: Double
        /// In seconds.
        var duration: Double
    }

    /// The runs in transcripts, in the order that they begin there.
    static func all(in transcripts: [Transcript]) -> [RecordedRun] {
        var runs: [RecordedRun] = []
        for transcript in transcripts {
            var places: [String: Int] = [:]
            for event in transcript.events {
                let place = places[event.run] ?? runs.endIndex
                if place == runs.endIndex {
                    runs.append(RecordedRun(event, path: transcript.path))
                    places[event.run] = place
                }
                runs[place].add(event)
            }
        }
        return runs
    }

    private init(_ event: TranscriptEvent, path: String) {
        id = event.run
        self.path = path
        host = event.host
        user = event.user
        version = event.version
        start = event.time
    }

    private mutating func add(_ event: TranscriptEvent) {
        // A clock may be set back, and a transcript may say anything.
        let offset = max(0, event.time.timeIntervalSince(start))
        let duration = max(0, event.duration ?? 0)
        switch event.kind {
        case .run:
            script = event.script
            isDryRun = event.dryRun == true
        case .begin: commands.append(Command(event: event, outcome: nil, start: offset, duration: 0))
        case .command:
            let command = Command(event: event, outcome: event.outcome, start: offset, duration: duration)
            let begun = commands.lastIndex { $0.event.number == event.number && $0.outcome == nil }
            if let begun { commands[begun] = command } else { commands.append(command) }
        case .end: end = End(exit: event.exit, message: event.message, duration: duration)
        }
    }

    /// How long it lasted, in seconds, as far as the transcript goes.
    var duration: Double { end?.duration ?? commands.map { $0.start + $0.duration }.max() ?? 0 }

    var failures: [(failed: Command, next: Command?)] {
        commands.indices.filter { commands[$0].outcome == .failed }.map { index in
            (commands[index], commands[(index + 1)...].first)
        }
    }
}
