import Backups
import Blocking
import Drills
import FoundationEssentials
import Language
import Text

/// What `drill start` takes.
private enum DrillStartArguments {
    static let name = ArgumentKey("NAME", ValueKind<String>.drill)
}

extension CommandDeclaration {
    /// What every command of drills begins with.
    static let drillWord = "drill"

    static let drillStart = CommandDeclaration(
        words: [drillWord, "start"],
        summary: "build the small broken world of a drill, and go into it",
        details: [
            "NAME is one that 'drill' lists, or the path of a file of your own (./NAME.yaml, 'help drills').",
            "In the drill the commands are the ordinary ones, and everything they reach is on this machine:",
            "'use service', 'use s3 BUCKET' and 'use pv' go to the drill's own servers and files.",
            "'drill check' says what is reached. 'drill stop' ends it and removes what it made.",
        ],
        arguments: [DrillStartArguments.name],
        options: [DrillOptions.seed, DrillOptions.timed, DrillOptions.team],
        examples: [
            .init("drill start service-healthy", "the first one, for five quiet minutes"),
            .init("drill start service-gone --timed 15m", "as a game day does it, with a limit"),
        ],
        records: [.drillStory, .drillAction],
        dryRun: .described { invocation, session in
            let name = try invocation[DrillStartArguments.name]
            session.output.result("would start the drill \(name.printable)", json: DrillRecord(name, .wouldStart))
        },
        isRecorded: false,
        run: { invocation, session in
            if let drill = session.drill { throw DrillError.inDrill(drill.drill.name) }
            let file = try await DrillFile.named(try invocation[DrillStartArguments.name])
            try await session.startDrill(
                file,
                seed: invocation[DrillOptions.seed].map { Seed($0) },
                limit: invocation[DrillOptions.timed],
                team: invocation[DrillOptions.team]
            )
        }
    )
}

extension Session {
    /// Builds a drill's world, and goes into it.
    ///
    /// - Throws: `DrillError`, `WorldError`, `CancellationError`.
    func startDrill(_ file: DrillFile, seed: Seed?, limit: Double?, team: String?) async throws {
        let dependencies = try drillDependencies()
        let missing = file.drill.programs.filter { !dependencies.hasProgram($0) }
        if !missing.isEmpty { throw DrillError.missingPrograms(drill: file.drill.name, missing) }
        let folder = dependencies.folder
        let removed = try await BlockingWork.run(at: Place(folder: folder.path), tidiesUp: true) {
            try folder.removeLeftovers()
        }
        for left in removed {
            await keepResult(of: left)
            guard let state = left.state else { continue }
            let age = state.start.age(at: self.dependencies.now())
            output.note("removed what was left of the drill \(state.drill.printable), started \(age) ago")
        }
        let building = SandboxBuilding(
            file,
            in: folder,
            seed: seed ?? .random(),
            start: self.dependencies.now(),
            limitSeconds: limit,
            team: team
        )
        let (sandbox, lock) = try await building.build()
        try await goInto(sandbox, lock)
        if let drill { showStory(of: drill) }
    }

    /// Goes into a sandbox that was just made, or removes it where that fails: nothing is left of it after Ctrl-C.
    func goInto(_ sandbox: Sandbox, _ lock: SandboxLock) async throws {
        do {
            try await begin(sandbox, lock: lock, in: sandbox.work)
        } catch {
            try? await Task { try await remove(sandbox, keepingWorkAs: nil) }.value
            throw error
        }
    }

    /// What happened, what to do, and where.
    func showStory(of drill: DrillSession) {
        let plan = drill.plan
        var paragraphs = ["drill \(plan.drill.name): \(plan.drill.title)".wrapped(to: width), ""]
        paragraphs += plan.drill.story.map { $0.wrapped(to: width) }
        paragraphs += ["", "To reach:"]
        paragraphs += plan.drill.objectives.map { "- \($0.sentence)".wrapped(to: width, indent: "  ") }
        paragraphs.append("")
        var rest = "Mistakes cost nothing here: 'drill reset' builds everything anew."
        if let limit = drill.state.limitSeconds { rest += " You have \(DurationText.text(seconds: limit))." }
        paragraphs.append(rest.wrapped(to: width))
        paragraphs.append("'drill check' says what is reached, 'drill hint' helps.".wrapped(to: width))
        paragraphs.append("Your files are in:\n  \(drill.sandbox.work)")
        output.listing(paragraphs.joined(separator: "\n"), json: [DrillStoryRecord(drill)])
    }

    /// How wide a line may be.
    var width: Int { dependencies.lineWidth() }
}

extension DrillFile {
    /// The drill of a name, or of a path: with a `/` in it, or the ending of a YAML file.
    ///
    /// - Throws: `DrillError.unknownDrill`, `DrillFileError`, `CancellationError`.
    static func named(_ text: String) async throws -> DrillFile {
        if text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") {
            return try await DrillFile(path: text)
        }
        let names = Catalog.drills.map(\.name)
        guard names.contains(text) else {
            throw DrillError.unknownDrill(text, nearest: Suggestion.nearest(to: text, among: names))
        }
        return try DrillFile(carried: text)
    }
}

extension ValueKind where Value == String {
    /// A drill's name, or a file's path.
    fileprivate static var drill: ValueKind {
        ValueKind("a drill's name", completion: .oneOf(Catalog.drills.map(\.name))) { text throws(UsageError) in
            if text.isEmpty { throw UsageError("a drill has a name") }
            return text
        }
    }
}

@MainActor
private struct DrillStoryRecord: Encodable, Sendable {
    let kind = "drill-story"
    let drill: String
    let title: String
    let seed: String
    let story: [String]
    let objectives: [String]
    let work: String

    init(_ drill: DrillSession) {
        self.drill = drill.drill.name
        title = drill.drill.title
        seed = String(drill.state.seed, radix: 16)
        story = drill.drill.story
        objectives = drill.drill.objectives.map(\.sentence)
        work = drill.sandbox.work
    }
}
