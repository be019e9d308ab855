import Backups
import Drills
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let drillCheck = CommandDeclaration(
        words: [drillWord, "check"],
        summary: "say which objectives of the drill are reached",
        details: [
            "It looks at the files, data directories and servers that there are, whatever made them.",
            "It may be asked at any time. The exit code is 3 while an objective is not reached.",
            "When all are reached for the first time, it asks three questions and shows the debrief.",
        ],
        examples: [.init("drill check || echo 'not yet'", "what is reached, and what there should be")],
        records: [.objective, .mistake, .debrief],
        dryRun: .asUsual,
        isRecorded: false,
        run: { _, session in
            let drill = try session.requireDrill()
            let checked = try await drill.check(session)
            session.show(checked)
            let before = try await drill.progress()
            guard checked.isReached else {
                var event = SandboxEvent(.check, at: session.dependencies.now())
                event.reached = checked.objectives.count(where: \.holds)
                event.names = checked.mistakes.map(\.name)
                try await drill.note(event)
                throw UnmetExpectation(
                    message:
                        "\(checked.objectives.count(where: \.holds)) of \(checked.objectives.count) objectives are reached",
                    code: "drill.not-reached",
                    hint: "'drill hint' helps"
                )
            }
            if before.reachedAt == nil {
                let reached = SandboxEvent(.reached, at: session.dependencies.now())
                try await drill.note(reached)
                // Another session may have been a moment faster: it asks.
                guard try await drill.progress().reachedAt == reached.time else { return }
            }
            // One that Ctrl-C or a kill has ended comes again.
            if !before.hasDebrief { try await session.debrief(drill) }
        }
    )
}

extension Session {
    fileprivate func show(_ checked: CheckedWorld) {
        var lines: [String] = []
        for objective in checked.objectives {
            lines.append(
                "\(objective.holds ? "reached" : "not yet"): \(objective.objective.sentence)".wrapped(
                    to: width,
                    indent: "  "
                )
            )
            var found: String?
            for condition in objective.conditions where !condition.holds {
                // A missing file is missing for all that should be in it.
                if condition.found != found {
                    lines.append("  is: \(condition.found.printable)".wrapped(to: width, indent: "      "))
                }
                found = condition.found
                lines.append("  should be: \(condition.expected.printable)".wrapped(to: width, indent: "      "))
            }
        }
        for mistake in checked.mistakes {
            lines.append("")
            lines.append("a typical mistake, \(mistake.name): \(mistake.answer)".wrapped(to: width))
        }
        output.listing(
            lines.joined(separator: "\n"),
            json: checked.objectives.map(ObjectiveRecord.init) + checked.mistakes.map(MistakeRecord.init)
        )
    }
}

private struct ObjectiveRecord: Encodable {
    let kind = "objective"
    let objective: String
    let reached: Bool
    let conditions: [ConditionRecord]

    struct ConditionRecord: Encodable {
        let holds: Bool
        let found: String
        let expected: String
    }

    init(_ checked: CheckedObjective) {
        objective = checked.objective.sentence
        reached = checked.holds
        conditions = checked.conditions.map { .init(holds: $0.holds, found: $0.found, expected: $0.expected) }
    }
}

private struct MistakeRecord: Encodable {
    let kind = "mistake"
    let name: String
    let answer: String

    init(_ mistake: Mistake) {
        name = mistake.name
        answer = mistake.answer
    }
}
