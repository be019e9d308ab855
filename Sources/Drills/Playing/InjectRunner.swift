import Blocking
import FoundationEssentials
import Synchronization
import Text

/// Lets the injects of a drill take place at their time, and does what a game master asks for, while a session serves
/// the world.
package final class InjectRunner: Sendable {
    private let plan: WorldPlan
    private let sandbox: Sandbox
    private let apply: @Sendable ([SourceKind: Faults]) async -> Void
    private let onMessage: @Sendable () -> Void
    /// How long the drill may take, in seconds.
    private let limitSeconds: Double?
    private let waiting = Mutex<[String]>([])

    /// - Parameters:
    ///   - limitSeconds: How long the drill may take; a message to the learner says when that time is over.
    ///   - apply: Changes what is wrong with sources.
    ///   - onMessage: Called when there is a message to take.
    package init(
        _ plan: WorldPlan,
        in sandbox: Sandbox,
        limitSeconds: Double?,
        apply: @escaping @Sendable ([SourceKind: Faults]) async -> Void,
        onMessage: @escaping @Sendable () -> Void
    ) {
        self.plan = plan
        self.sandbox = sandbox
        self.limitSeconds = limitSeconds
        self.apply = apply
        self.onMessage = onMessage
    }

    /// The messages to the learner since the last call.
    package func takeMessages() -> [String] {
        waiting.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }

    private static let pause = Duration.milliseconds(200)

    /// Runs until its task is cancelled.
    package func run() async {
        let log = SandboxLog(of: sandbox)
        var done = Set(await onDisk { DrillProgress(log.events).injects } ?? [])
        // What took place before the session was left holds again.
        for inject in plan.drill.injects where done.contains(inject.name) { await apply(inject.faults) }
        let end = limitSeconds.map { plan.start + $0 }
        var isEndAhead = end.map { Date() < $0 } ?? false
        while !Task.isCancelled {
            let now = Date()
            if isEndAhead, let end, let limitSeconds, now >= end {
                isEndAhead = false
                await tell(
                    "The \(DurationText.text(seconds: limitSeconds)) are over. You can go on: the result says so.",
                    log
                )
            }
            for inject in plan.drill.injects where !done.contains(inject.name) {
                guard let time = inject.time, now >= plan.start + TimeInterval(time.components.seconds) else {
                    continue
                }
                done.insert(inject.name)
                await take(inject, log)
            }
            for order in await onDisk({ [sandbox] in GameMasterOrder.take(from: sandbox) }) ?? [] {
                switch order {
                case .say(let text): await tell(text, log)
                case .inject(let name):
                    guard let inject = plan.drill.injects.first(where: { $0.name == name }) else { continue }
                    done.insert(name)
                    await take(inject, log)
                }
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func take(_ inject: Inject, _ log: SandboxLog) async {
        await apply(inject.faults)
        var event = SandboxEvent(.inject, at: Date())
        event.names = [inject.name]
        await add(event, log)
        if let message = inject.message { await tell(message, log) }
    }

    private func tell(_ text: String, _ log: SandboxLog) async {
        var event = SandboxEvent(.message, at: Date())
        event.text = text
        await add(event, log)
        waiting.withLock { $0.append(text) }
        onMessage()
    }

    /// The learner gets the message in any case: a full disk shows with the next command that is noted.
    private func add(_ event: SandboxEvent, _ log: SandboxLog) async {
        _ = await onDisk { try log.add(event) }
    }

    private func onDisk<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async -> Value? {
        try? await BlockingWork.run(at: Place(folder: sandbox.folder)) { try work() }
    }
}
