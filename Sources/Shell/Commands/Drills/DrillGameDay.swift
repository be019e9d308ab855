import Backups
import Blocking
import Drills
import FoundationEssentials
import Text

/// What the commands of a game master take.
private enum GameDayArguments {
    static let inject = ArgumentKey("NAME", .text)
    static let text = ArgumentKey.rest("TEXT", .text)
    static let sandbox = Option("sandbox", value: "NAME", .text, "which drill, where sessions are in several")
}

extension CommandDeclaration {
    static let drillInject = CommandDeclaration(
        words: [drillWord, "inject"],
        summary: "as game master, let an inject of the drill take place now",
        details: ["It is typed in a second terminal, while the learner is in the drill."],
        arguments: [GameDayArguments.inject],
        options: [GameDayArguments.sandbox],
        examples: [.init("drill inject bucket-down || echo 'no session is in a drill'", "the bucket goes away")],
        records: [.drillOrder],
        dryRun: .described { invocation, session in
            let name = try invocation[GameDayArguments.inject]
            session.output.result("would let '\(name.printable)' take place", json: OrderRecord(inject: name, say: nil))
        },
        isRecorded: false,
        run: { invocation, session in
            let name = try invocation[GameDayArguments.inject]
            let running = try await session.runningDrill(invocation[GameDayArguments.sandbox])
            let known = try await running.injectNames()
            guard known.contains(name) else { throw DrillError.unknownInject(name, known: known) }
            try await running.leave(.inject(name))
            session.output.result(
                "'\(name)' takes place in \(running.sandbox.name)",
                json: OrderRecord(inject: name, say: nil)
            )
        }
    )

    static let drillSay = CommandDeclaration(
        words: [drillWord, "say"],
        summary: "as game master, send a message to the learner",
        arguments: [GameDayArguments.text],
        options: [GameDayArguments.sandbox],
        examples: [
            .init("drill say 'The boss asks how long it takes.' || echo 'no session is in a drill'", "an interruption")
        ],
        requireFit: { invocation in
            if invocation[GameDayArguments.text].isEmpty { throw UsageError("'drill say' needs TEXT") }
        },
        records: [.drillOrder],
        dryRun: .described { invocation, session in
            let text = invocation[GameDayArguments.text].joined(separator: " ")
            session.output.result(
                "would send to the learner: \(text.printable)",
                json: OrderRecord(inject: nil, say: text)
            )
        },
        isRecorded: false,
        run: { invocation, session in
            let text = invocation[GameDayArguments.text].joined(separator: " ").printable
            let running = try await session.runningDrill(invocation[GameDayArguments.sandbox])
            try await running.leave(.say(text))
            session.output.result("sent to \(running.sandbox.name)", json: OrderRecord(inject: nil, say: text))
        }
    )

    static let drillWatch = CommandDeclaration(
        words: [drillWord, "watch"],
        summary: "as game master, see what the learner does, until the drill ends or Ctrl-C",
        options: [GameDayArguments.sandbox],
        examples: [.init("drill watch || echo 'no session is in a drill'", "each command as it ends")],
        records: [.drillEvent, .drillOrder],
        dryRun: .described { _, session in
            let running = try await session.runningDrill(nil)
            session.output.result("would watch \(running.sandbox.name)", json: OrderRecord(inject: nil, say: nil))
        },
        isRecorded: false,
        run: { invocation, session in
            let running = try await session.runningDrill(invocation[GameDayArguments.sandbox])
            let log = SandboxLog(of: running.sandbox)
            var offset = 0
            while true {
                let start = offset
                let sandbox = running.sandbox
                let (found, isThere) = try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
                    (log.events(from: start), sandbox.state != nil)
                }
                offset = found.end
                for event in found.events { session.show(event, since: running.state.start) }
                try session.output.checkWritten()
                guard isThere else { return session.output.talk("the drill has ended") }
                try await Task.sleep(for: .milliseconds(300))
            }
        }
    )
}

/// A drill that a session is in, this one or another.
private struct RunningDrill: Sendable {
    var sandbox: Sandbox
    var state: SandboxState

    func leave(_ order: GameMasterOrder) async throws {
        let sandbox = sandbox
        try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try order.leave(in: sandbox) }
    }

    func injectNames() async throws -> [String] {
        let sandbox = sandbox
        return try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
            try DrillFile(bytes: sandbox.bytes(of: sandbox.drillFile), path: sandbox.drillFile).drill.injects.map(
                \.name
            )
        }
    }
}

extension Session {
    /// The one drill that a session is in, or the named one of several.
    fileprivate func runningDrill(_ name: String?) async throws -> RunningDrill {
        let running = try await startedDrills().filter(\.isInUse).map {
            RunningDrill(sandbox: $0.sandbox, state: $0.state)
        }
        if let name {
            guard let named = running.first(where: { $0.sandbox.name == name }) else {
                throw DrillError.unknownSandbox(name, known: running.map(\.sandbox.name))
            }
            return named
        }
        guard let first = running.first else { throw DrillError.noneRunning }
        guard running.count == 1 else { throw DrillError.severalUnfinished(running.map(\.sandbox.name)) }
        return first
    }

    fileprivate func show(_ event: SandboxEvent, since start: Date) {
        let time = DurationText.text(seconds: event.time.timeIntervalSince(start))
        let text =
            switch event.kind {
            case .command: (event.line ?? "") + (event.text.map { "\n    failed: \($0)" } ?? "")
            case .check:
                "check: \(event.reached ?? 0) objectives reached"
                    + (event.names.map { $0.isEmpty ? "" : "; \($0.joined(separator: ", "))" } ?? "")
            case .hint: "hint: \(event.text ?? "")"
            case .solution: "asked for the solution"
            case .reached: "reached the goal"
            case .answers: "saw the debrief" + (event.answers ?? []).map { "\n    answered: \($0)" }.joined()
            case .message: "message: \(event.text ?? "")"
            case .inject: "inject: \((event.names ?? []).joined(separator: ", "))"
            }
        output.listing("+\(time)  \(text.printableLines)".wrappedLines(to: width), json: [WatchRecord(event)])
    }
}

private struct OrderRecord: Encodable {
    let kind = "drill-order"
    let inject: String?
    let say: String?
}

private struct WatchRecord: Encodable {
    let kind = "drill-event"
    let time: Date
    let event: String
    let line: String?
    let text: String?
    let names: [String]?

    init(_ event: SandboxEvent) {
        time = event.time
        self.event = event.kind.rawValue
        line = event.line
        text = event.text
        names = event.names
    }
}
