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
    /// In the order that they begin.
    var commands: [Command] = []
    /// How many lines there were of it.
    private var lineCount = 0
    /// The commands that have not ended, by their numbers.
    private var running: [Int?: Int] = [:]

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
        /// Which line of the run says that it begins, and which that it has ended.
        fileprivate var lines: (begin: Int, end: Int)
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
        lineCount += 1
        switch event.kind {
        case .run:
            script = event.script
            isDryRun = event.dryRun == true
        case .begin:
            running[event.number] = commands.count
            commands.append(
                Command(event: event, outcome: nil, start: offset, duration: 0, lines: (lineCount, .max))
            )
        case .command:
            let begun = running.removeValue(forKey: event.number)
            let command = Command(
                event: event,
                outcome: event.outcome,
                start: offset,
                duration: duration,
                lines: (begun.map { commands[$0].lines.begin } ?? lineCount, lineCount)
            )
            if let begun { commands[begun] = command } else { commands.append(command) }
        case .end: end = End(exit: event.exit, message: event.message, duration: duration)
        }
    }

    /// How long it lasted, in seconds, as far as the transcript goes.
    var duration: Double { end?.duration ?? commands.map { $0.start + $0.duration }.max() ?? 0 }

    /// What failed, and the first command that began afterwards. A `source` that failed because of a command in its
    /// script is no failure of its own.
    var failures: [(failed: Command, next: Command?)] {
        let failed = commands.indices.filter { commands[$0].outcome == .failed }
        return zip(failed, failed.dropFirst().map(Optional.some) + [nil]).compactMap { index, nextFailed in
            let end = commands[index].lines.end
            if let nextFailed, commands[nextFailed].lines.begin < end { return nil }
            return (commands[index], commands[(index + 1)...].first { $0.lines.begin > end })
        }
    }
}
