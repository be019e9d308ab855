import FoundationEssentials

/// A snapshot file that a run got or verified, and where its bytes come from.
struct Evidence: Sendable {
    var file: TranscriptEvent.File
    var source: String?
    var object: TranscriptEvent.Object?
    /// When it was verified last.
    var time: Date
    /// The drill that it is of.
    var drill: String?

    /// The files of a run, each once for the same bytes, in the order that they came.
    static func all(in run: RecordedRun) -> [Evidence] {
        var all: [Evidence] = []
        var places: [Identity: Int] = [:]
        for command in run.commands where command.outcome == .ok {
            guard let facts = command.event.facts, let file = facts.file else { continue }
            let drill = command.event.drill
            let identity = Identity(path: file.path, sha256: file.sha256, drill: drill)
            let place = places[identity] ?? all.endIndex
            if place == all.endIndex {
                all.append(Evidence(file: file, time: command.event.time, drill: drill))
                places[identity] = place
            }
            all[place].file = file
            all[place].time = command.event.time
            if let object = facts.object { (all[place].object, all[place].source) = (object, facts.source) }
        }
        return all
    }

    /// A data directory that a run has restored, or found restored.
    struct Directory: Sendable {
        var path: String
        var restored: TranscriptEvent.Restored
        /// When that was, the last time.
        var time: Date
        /// The drill that it is of.
        var drill: String?
    }

    /// The data directories of a run, each once, in the order that they came.
    static func directories(in run: RecordedRun) -> [Directory] {
        var all: [Directory] = []
        for command in run.commands where command.outcome == .ok {
            guard let restored = command.event.facts?.restored else { continue }
            for path in restored.directories {
                let directory = Directory(
                    path: path,
                    restored: restored,
                    time: command.event.time,
                    drill: command.event.drill
                )
                if let place = all.firstIndex(where: { $0.path == path && $0.drill == directory.drill }) {
                    all[place] = directory
                } else {
                    all.append(directory)
                }
            }
        }
        return all
    }

    private struct Identity: Hashable {
        var path: String
        var sha256: String
        var drill: String?
    }
}
