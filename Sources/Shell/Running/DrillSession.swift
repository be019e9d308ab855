import Backups
import Blocking
import Drills
import Files
import FoundationEssentials
import Text

/// The drill that a session is in.
@MainActor
package final class DrillSession {
    let sandbox: Sandbox
    let state: SandboxState
    let plan: WorldPlan
    let log: SandboxLog
    /// Absent where another session serves the world.
    private var lock: SandboxLock?
    private let served: (any ServedWorld)?
    private let injects: InjectRunner?
    private let running: Task<Void, Never>?
    let ports: [SourceKind: Int]

    /// Opens a sandbox: serves its world, or joins the session that does.
    ///
    /// - Parameter lock: Held already by the one that has made the sandbox.
    /// - Throws: `DrillError.unusable`, `WorldError`, and what serving throws.
    init(_ sandbox: Sandbox, lock: SandboxLock? = nil, _ session: Session) async throws {
        let dependencies = try session.drillDependencies()
        let (lock, otherPorts) = try await Self.opened(sandbox, lock)
        let read = try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
            guard let state = sandbox.state else { throw DrillError.unusable(sandbox.name) }
            return (state: state, bytes: try sandbox.bytes(of: sandbox.drillFile))
        }
        let state = read.state
        var file = try DrillFile(bytes: read.bytes, path: sandbox.drillFile)
        let contents = try await DrillContents(of: file.drill, besideFileIn: sandbox.definition)
        let plan = try WorldPlan(file.drill, seed: Seed(state.seed), start: state.start) {
            try contents.content(named: $0)
        }
        file.path = file.drill.ownFiles.isEmpty ? state.sourcePath : sandbox.drillFile
        self.file = file
        self.sandbox = sandbox
        self.state = state
        self.plan = plan
        self.lock = lock
        log = SandboxLog(of: sandbox)
        guard lock != nil else {
            served = nil
            injects = nil
            running = nil
            ports = otherPorts
            return
        }
        let served = try await dependencies.serve(plan, sandbox, state, session.output.report)
        let ports = served.ports
        do {
            try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.write(ports) }
        } catch {
            await served.stop()
            throw error
        }
        let runner = InjectRunner(
            plan,
            in: sandbox,
            limitSeconds: state.limitSeconds,
            apply: { await served.apply($0) },
            onMessage: session.dependencies.notifyPrompt
        )
        self.served = served
        self.ports = ports
        injects = runner
        running = Task.detached { await runner.run() }
    }

    /// Takes the lock, or finds the ports of the session that has it, which may be about to serve.
    ///
    /// - Throws: `DrillError.unusable`, `CancellationError`.
    private static func opened(
        _ sandbox: Sandbox,
        _ lock: SandboxLock?
    ) async throws -> (lock: SandboxLock?, ports: [SourceKind: Int]) {
        for _ in 0..<100 {
            let found = try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
                let lock = lock ?? SandboxLock.take(sandbox)
                // Those of an earlier session may be another program's now.
                if lock != nil { sandbox.forgetPorts() }
                let isThere = FileMark(path: sandbox.folder) != nil
                return (lock: lock, ports: sandbox.ports, isThere: isThere)
            }
            guard found.isThere else { throw DrillError.unusable(sandbox.name) }
            if found.lock != nil { return (found.lock, [:]) }
            if let ports = found.ports { return (nil, ports) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DrillError.unusable(sandbox.name)
    }

    var drill: Drill { plan.drill }

    /// Makes sure that this session may end the drill: it serves the world, or the session that did has ended.
    ///
    /// - Throws: `DrillError.inOtherSession`, `CancellationError`.
    func requireOwnership() async throws {
        let (sandbox, held) = (sandbox, lock)
        lock = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { held ?? SandboxLock.take(sandbox) }
        if lock == nil { throw DrillError.inOtherSession(drill.name) }
    }

    /// The messages to the learner since the last call.
    func takeMessages() -> [String] { injects?.takeMessages() ?? [] }

    /// The drill as its file has it.
    let file: DrillFile

    /// All that happened.
    func events() async throws -> [SandboxEvent] {
        let log = log
        return try await BlockingWork.run(at: Place(folder: sandbox.folder)) { log.events }
    }

    /// Ends the servers; the sandbox stays, for another session.
    func close() async {
        running?.cancel()
        await running?.value
        guard let served else { return }
        await served.stop()
        let sandbox = sandbox
        // Also after Ctrl-C.
        _ = try? await Task {
            try await BlockingWork.run(at: Place(folder: sandbox.folder)) { sandbox.forgetPorts() }
        }.value
    }

    /// What a session in it reaches.
    func closedWorld(_ session: Session) -> ClosedWorld {
        plan.closed(in: sandbox, state, ports: ports, environment: session.dependencies.outside.processEnvironment)
    }

    /// How far the learner has come.
    func progress() async throws -> DrillProgress {
        let log = log
        return try await BlockingWork.run(at: Place(folder: sandbox.folder)) { DrillProgress(log.events) }
    }

    /// Adds an event to the log.
    func note(_ event: SandboxEvent) async throws {
        let log = log
        try await BlockingWork.smallFile(at: sandbox.logFile) { try log.add(event) }
    }

    /// Finds out what holds.
    ///
    /// - Throws: `WorldError`, `CancellationError`.
    func check(_ session: Session) async throws -> CheckedWorld {
        try await WorldCheck(plan, in: sandbox, askEtcd: session.drillDependencies().askEtcd).run()
    }
}

extension DrillSession {
    /// What the attempt has come to so far.
    func result(_ progress: DrillProgress, person: String, at now: Date) async throws -> DrillResult {
        let (plan, sandbox) = (plan, sandbox)
        let recovered = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { plan.recoveredAt(in: sandbox) }
        return DrillResult(state, progress, person: person, recoveredAt: recovered, end: now)
    }
}
