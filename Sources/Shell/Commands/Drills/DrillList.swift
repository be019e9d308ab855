import Blocking
import Drills
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let drill = CommandDeclaration(
        words: [drillWord],
        summary: "list the drills: what each teaches, when it was done, and when it is due",
        details: [
            "A drill is due three months after it was last done, and half a year after it was done twice without",
            "help. 'proven' are those whose solution and mistakes 'drill test' has tried. 'help drills' shows",
            "how to write one.",
        ],
        examples: [.init("drill", "what there is to practise")],
        records: [.drillRow],
        dryRun: .asUsual,
        isRecorded: false,
        run: { _, session in
            let results = try await session.drillResults()
            let proofs = try await session.provenDrills()
            let now = session.dependencies.now()
            var rows: [DrillRow] = []
            for file in try await session.drillFiles([]) {
                let own = results.filter { $0.drill == file.drill.name }
                rows.append(
                    DrillRow(
                        file.drill,
                        Schedule(own),
                        isProven: proofs.contains(DrillProofs.mark(of: file)),
                        missing: file.drill.programs.filter { session.dependencies.drills?.hasProgram($0) != true },
                        now
                    )
                )
            }
            let texts = rows.map { $0.text(width: session.width) }
            session.output.listing(texts.joined(separator: "\n"), json: rows)
            if let drill = session.drill {
                session.output.note(
                    "this session is in the drill \(drill.drill.name)".wrapped(to: session.width - "note: ".count)
                )
            } else {
                let next = rows.first { $0.isDue && $0.missing.isEmpty }.map { "; \($0.name) is the next" } ?? ""
                session.output.talk("start one: drill start NAME\(next)".wrapped(to: session.width))
            }
        }
    )
}

extension Session {
    fileprivate func provenDrills() async throws -> Set<String> {
        guard let folder = dependencies.drills?.folder else { return DrillProofs.carried }
        return try await BlockingWork.run(at: Place(folder: folder.path)) { DrillProofs(folder.provenFile).marks }
    }

    /// Takes note that a drill was proven.
    func noteProof(of file: DrillFile) async throws {
        let folder = try drillDependencies().folder
        try await BlockingWork.run(at: Place(folder: folder.path)) { try DrillProofs(folder.provenFile).add(file) }
    }
}

/// One drill in the list.
private struct DrillRow: Encodable {
    let kind = "drill"
    let name: String
    let title: String
    let teaches: String
    let minutes: Int
    let done: Date?
    let due: Date?
    let isDue: Bool
    let proven: Bool
    /// Programs that it needs, and this machine lacks.
    let missing: [String]

    init(_ drill: Drill, _ schedule: Schedule, isProven: Bool, missing: [String], _ now: Date) {
        name = drill.name
        title = drill.title
        teaches = drill.teaches
        minutes = drill.minutes
        done = schedule.lastSuccess
        due = schedule.due
        isDue = schedule.due.map { $0 <= now } ?? true
        proven = isProven
        self.missing = missing
        self.now = now
    }

    private let now: Date

    private enum CodingKeys: String, CodingKey {
        case kind, name, title, teaches, minutes, done, due, isDue, proven, missing
    }

    /// The name with what is known of it, and below what it teaches.
    func text(width: Int) -> String {
        var facts = ["\(minutes) min"]
        if let done, let due {
            facts.append("done \(done.age(at: now)) ago")
            facts.append(isDue ? "due" : "due in \(DurationText.text(seconds: due.timeIntervalSince(now)))")
        } else {
            facts.append("never done")
        }
        facts.append(proven ? "proven" : "not proven")
        if !missing.isEmpty { facts.append("needs \(missing.joined(separator: ", "))") }
        return "\(name): \(facts.joined(separator: ", "))".wrapped(to: width, indent: "    ") + "\n"
            + "    \(teaches)".wrapped(to: width)
    }
}
