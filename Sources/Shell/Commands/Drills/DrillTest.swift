import Backups
import Blocking
import Drills
import Text

/// What `drill test` takes.
private enum DrillTestArguments {
    static let files = ArgumentKey.rest("FILE", .file)
}

extension CommandDeclaration {
    static let drillTest = CommandDeclaration(
        words: [drillWord, "test"],
        summary: "prove drills: that they can be solved, and that their mistakes are recognised",
        details: [
            "For each FILE, or each drill that the program carries: no objective holds at the start, the solution",
            "reaches all of them, and each mistake's example is answered with that mistake and fails the check.",
            "All of it runs on this machine, in worlds that are removed afterwards. It needs no terminal.",
        ],
        arguments: [DrillTestArguments.files],
        options: [DrillOptions.seed],
        examples: [.init("drill test ./our-drill.yaml", "a file of your own")],
        records: [.drillProof],
        dryRun: .described { invocation, session in
            for file in try await session.drillFiles(invocation[DrillTestArguments.files]) {
                session.output.listing(
                    "would prove \(file.drill.name)",
                    json: [ProofRecord(file.drill.name, isProven: nil, [])]
                )
            }
        },
        isRecorded: false,
        run: { invocation, session in
            if let drill = session.drill { throw DrillError.inDrill(drill.drill.name) }
            let files = try await session.drillFiles(invocation[DrillTestArguments.files])
            var failed = 0
            for file in files {
                let problems = try await DrillProof(file: file, seed: invocation[DrillOptions.seed], session: session)
                    .problems()
                if problems.isEmpty { try await session.noteProof(of: file) } else { failed += 1 }
                let text = problems.isEmpty ? "proven: \(file.drill.name)" : "not proven: \(file.drill.name)"
                session.output.listing(
                    ([text] + problems.map { "  \($0)" }).joined(separator: "\n"),
                    json: [ProofRecord(file.drill.name, isProven: problems.isEmpty, problems)]
                )
            }
            if failed > 0 { throw DrillError.notProven(failed) }
        }
    )
}

/// Proves one drill.
@MainActor
private struct DrillProof {
    let file: DrillFile
    let seed: UInt64?
    let session: Session

    private var drill: Drill { file.drill }

    /// What speaks against the drill, as sentences.
    func problems() async throws -> [String] {
        let missing = drill.programs.filter { name in session.dependencies.drills?.hasProgram(name) != true }
        if !missing.isEmpty { return ["it needs \(missing.joined(separator: ", ")) on the PATH"] }
        var problems: [String] = []
        problems += try await inWorld { world in
            var problems: [String] = []
            let before = try await world.check()
            // What only has to stay as it is holds from the start.
            for objective in before.objectives where objective.holds && !objective.objective.isAboutOriginals {
                problems.append("it holds at the start: \(objective.objective.sentence)")
            }
            for mistake in before.mistakes { problems.append("the mistake '\(mistake.name)' is seen at the start") }
            let run = try await world.run(world.drill.drill.solution)
            if run.exitCode != 0 { problems.append("the solution ends with \(run.exitCode): \(run.lastLine)") }
            let after = try await world.check()
            for objective in after.objectives where !objective.holds {
                let condition = objective.conditions.first { !$0.holds }
                problems.append(
                    "the solution does not reach: \(objective.objective.sentence) (is: \(condition?.found ?? ""))"
                )
            }
            for mistake in after.mistakes { problems.append("the solution is taken for the mistake '\(mistake.name)'") }
            return problems
        }
        for number in drill.mistakes.indices {
            problems += try await inWorld { world in
                let mistake = world.drill.drill.mistakes[number]
                let run = try await world.run(mistake.example)
                let checked = try await world.check()
                if checked.isReached { return ["the mistake '\(mistake.name)' reaches all objectives"] }
                if checked.mistakes.map(\.name) == [mistake.name] { return [] }
                let seen = checked.mistakes.isEmpty ? "none" : checked.mistakes.map(\.name).joined(separator: ", ")
                return [
                    "the example of the mistake '\(mistake.name)' is recognised as: \(seen)"
                        + (run.exitCode == 0 ? "" : " (it ends with \(run.exitCode): \(run.lastLine))")
                ]
            }
        }
        return problems
    }

    private func inWorld(_ body: @MainActor (UnattendedWorld) async throws -> [String]) async throws -> [String] {
        do {
            return try await UnattendedDrill(file: file, seed: seed.map { Seed($0) } ?? .random(), session: session)
                .inWorld(body)
        } catch let error as WorldError {
            return ["\(error)"]
        } catch let error as DrillError {
            return ["\(error)"]
        }
    }
}

extension Session {
    /// The drills of these files, or all that the program carries.
    func drillFiles(_ paths: [String]) async throws -> [DrillFile] {
        if paths.isEmpty { return try Catalog.drills.map { try DrillFile(carried: $0.name) } }
        var files: [DrillFile] = []
        for path in paths { files.append(try await DrillFile.named(path)) }
        return files
    }
}

extension Objective {
    var isAboutOriginals: Bool { conditions.allSatisfy { $0.subject == .originals } }
}

extension ProgramResult {
    /// What it said last.
    var lastLine: String {
        errors.split(separator: "\n").last { !$0.hasPrefix("    hint:") }.map { Self.withoutTime($0).printable }
            ?? "it said nothing"
    }

    /// A line of a log without the time in front.
    private static func withoutTime(_ line: Substring) -> String {
        let parts = line.split(separator: " ", maxSplits: 1)
        // `2026-01-31T08:15:00Z`
        let hasTime = parts.count == 2 && parts[0].utf8.count == 20 && parts[0].first?.isNumber == true
        return hasTime && parts[0].hasSuffix("Z") ? String(parts[1]) : String(line)
    }
}

private struct ProofRecord: Encodable {
    let kind = "drill-proof"
    let drill: String
    let proven: Bool?
    let problems: [String]

    init(_ drill: String, isProven: Bool?, _ problems: [String]) {
        self.drill = drill
        proven = isProven
        self.problems = problems
    }
}
