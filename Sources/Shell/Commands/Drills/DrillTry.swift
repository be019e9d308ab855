import Backups
import Blocking
import Drills
import Files
import FoundationEssentials
import Language
import Text

/// What `drill try` takes.
private enum DrillTryArguments {
    static let runbook = ArgumentKey("RUNBOOK", .script)
    static let values = ArgumentKey.rest("NAME=VALUE", .text)
    static let drills = OptionDeclaration(
        name: "drill",
        value: ("FILE", ValueKind<String>.file),
        summary: "try it in this drill, instead of all that the program carries; may be given several times",
        isRepeatable: true
    )
    static let junit = Option("junit", value: "FILE", .newFile, "write the results as JUnit XML, too")
    static let force = Option("force", "replace a file that exists", goesWith: [junit])
}

extension CommandDeclaration {
    static let drillTry = CommandDeclaration(
        words: [drillWord, "try"],
        summary: "run your own runbook through the worlds of all drills, and say where it goes wrong",
        details: [
            "It runs unattended. A parameter of the runbook gets the value that you give, else what the world has",
            "under that name (cluster, bucket, service, volume), else its default. What comes out is one of:",
            "goal reached; refused, with the reason; or a wrong result taken for right: the runbook ended well,",
            "and what it made is not a backup that a recovery may end with. The exit code is 1 for the last kind.",
        ],
        arguments: [DrillTryArguments.runbook, DrillTryArguments.values],
        options: [DrillTryArguments.drills, DrillTryArguments.junit, DrillTryArguments.force, DrillOptions.seed],
        examples: [
            .init("drill try anywhere.snapsh || echo 'look at the table'", "a table: what came out in which world"),
            .init(
                "drill try anywhere.snapsh out=x.db --junit results.xml --force || echo failed",
                "for a build server"
            ),
        ],
        requireFit: { invocation in
            for text in invocation[DrillTryArguments.values] where !text.contains("=") {
                throw UsageError("'\(text.printable)' is not a value for a parameter", hint: "write: NAME=VALUE")
            }
        },
        records: [.drillTrial],
        dryRun: .described { invocation, session in
            let path = try invocation[DrillTryArguments.runbook]
            session.output.result(
                "would try \(path.printable)",
                json: TrialRecord(Trial(drill: "", outcome: .doesNotFit, detail: "dry run"))
            )
        },
        isRecorded: false,
        run: { invocation, session in
            if let drill = session.drill { throw DrillError.inDrill(drill.drill.name) }
            let trials = try await RunbookTrial(
                runbook: try invocation[DrillTryArguments.runbook],
                values: Dictionary(invocation[DrillTryArguments.values].map(\.nameAndValue)) { $1 },
                seed: Seed(invocation[DrillOptions.seed] ?? 1),
                session: session
            ).run(try await session.drillFiles(invocation.values(ofOption: "drill").compactMap { $0 as? String }))
            if let path = invocation[DrillTryArguments.junit] {
                let text = JUnitReport.text(of: trials, runbook: try invocation[DrillTryArguments.runbook])
                let isForced = invocation[DrillTryArguments.force]
                do {
                    try await BlockingWork.smallFile(at: path) {
                        try WholeFile.write(Array(text.utf8), to: path, replacing: isForced)
                    }
                } catch let error as SystemError {
                    throw ReportFailure.write(path: path, error)
                }
            }
            session.output.listing(try trials.table(width: session.width), json: trials.map(TrialRecord.init))
            let wrong = trials.count { $0.outcome == .wrongResult }
            if wrong > 0 { throw DrillError.wrongResult(wrong) }
        }
    )
}

/// What came out of a runbook in one world.
struct Trial: Sendable {
    enum Outcome: String, Sendable, Encodable {
        case reached = "goal reached"
        case refused
        case wrongResult = "wrong result taken for right"
        case doesNotFit = "does not fit"
    }

    var drill: String
    var outcome: Outcome
    var detail: String
    var seconds = 0.0
}

/// Runs a runbook in worlds.
@MainActor
private struct RunbookTrial {
    let runbook: String
    let values: [String: String]
    let seed: Seed
    let session: Session

    func run(_ files: [DrillFile]) async throws -> [Trial] {
        let path = runbook
        let parsed = Parser.parse(try await BlockingWork.run(at: Place(folderOf: path)) { try ScriptFile.read(path) })
        let context = CheckContext(session.dependencies, parameters: values, needsParameterValues: false)
        let parameters = try await Interpreter.check(parsed, context).program.parameters
        for name in values.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
            throw UsageError(
                "the runbook has no parameter '\(name)'",
                hint: ScriptParameter.hint(forUnknown: name, among: parameters.map(\.name))
            )
        }
        let absolute = try await BlockingWork.run(at: Place(folderOf: path)) { PathText.canonical(path) }
        var trials: [Trial] = []
        for file in files { trials.append(try await trial(file, parameters, absolute)) }
        return trials
    }

    private func trial(_ file: DrillFile, _ parameters: [ScriptParameter], _ path: String) async throws -> Trial {
        let missing = file.drill.programs.filter { session.dependencies.drills?.hasProgram($0) != true }
        if !missing.isEmpty {
            return Trial(
                drill: file.drill.name,
                outcome: .doesNotFit,
                detail: "it needs \(missing.joined(separator: ", "))"
            )
        }
        return try await UnattendedDrill(file: file, seed: seed, session: session).inWorld { world in
            let drill = world.drill
            var given: [String] = []
            for parameter in parameters {
                if let value = values[parameter.name] ?? drill.drill.parameters[parameter.name] {
                    given.append("\(parameter.name)=\(value)")
                } else if parameter.defaultText == nil {
                    let detail = "the world has nothing for '\(parameter.name)': give it as \(parameter.name)=VALUE"
                    return Trial(drill: drill.drill.name, outcome: .doesNotFit, detail: detail)
                }
            }
            let work = drill.sandbox.work
            let before = try await results(in: work)
            let start = ContinuousClock.now
            let run = try await world.run(program: [path] + given)
            let duration = ContinuousClock.now - start
            var trial = try await judged(run, of: path, try await results(in: work).subtracting(before), drill)
            trial.seconds = (duration / .milliseconds(1)).rounded() / 1000
            return trial
        }
    }

    private func judged(
        _ run: ProgramResult,
        of path: String,
        _ made: Set<WorkResult>,
        _ drill: DrillSession
    ) async throws -> Trial {
        let name = drill.drill.name
        if run.exitCode != 0 {
            // The runbook goes by the name that the user gave.
            let detail = run.lastLine.replacing(path, with: runbook)
            return Trial(drill: name, outcome: .refused, detail: detail)
        }
        if made.isEmpty {
            return Trial(
                drill: name,
                outcome: .wrongResult,
                detail: "it ended well, and made neither a snapshot file nor a data directory"
            )
        }
        let check = WorldCheck(drill.plan, in: drill.sandbox, askEtcd: try session.drillDependencies().askEtcd)
        for result in made.sorted() {
            let origin = try await check.origin(of: result.subject) ?? []
            guard Set(origin).isDisjoint(with: drill.drill.rightBackups) else { continue }
            let from = try origin.first.map { try drill.plan.backup(id: $0) }
            let what = from.map { "\($0.name), \($0.modified.age(at: drill.state.start)) old" } ?? "none of the backups"
            return Trial(drill: name, outcome: .wrongResult, detail: "\(result.path) is from \(what)")
        }
        return Trial(drill: name, outcome: .reached, detail: made.sorted().map(\.path).joined(separator: ", "))
    }

    private func results(in work: String) async throws -> Set<WorkResult> {
        try await BlockingWork.run(at: Place(folder: work)) { try WorkResult.all(in: work) }
    }
}

extension String {
    fileprivate var nameAndValue: (String, String) {
        let parts = split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
}

extension [Trial] {
    fileprivate func table(width: Int) throws -> String {
        var table = TextTable(header: ["DRILL", "RESULT", "DETAIL"])
        for trial in self { table.append([trial.drill, trial.outcome.rawValue, trial.detail]) }
        let text = try table.text()
        if text.split(separator: "\n").allSatisfy({ $0.count <= width }) { return text }
        // Where a row has no room, each has two lines.
        return map { "\($0.drill): \($0.outcome.rawValue)\n" + "  \($0.detail)".wrapped(to: width) }.joined(
            separator: "\n"
        )
    }
}

private struct TrialRecord: Encodable {
    let kind = "drill-trial"
    let drill: String
    let result: Trial.Outcome
    let detail: String
    let seconds: Double

    init(_ trial: Trial) {
        drill = trial.drill
        result = trial.outcome
        detail = trial.detail
        seconds = trial.seconds
    }
}
