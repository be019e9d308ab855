import Backups
import Blocking
import Drills
import Files
import Text

extension Session {
    /// - Throws: `DrillError.noFolder`.
    func drillDependencies() throws(DrillError) -> DrillDependencies {
        guard let drills = dependencies.drills else { throw .noFolder }
        return drills
    }

    /// The drill that this session is in.
    ///
    /// - Throws: `DrillError.noDrill`.
    func requireDrill() throws(DrillError) -> DrillSession {
        guard let drill else { throw .noDrill }
        return drill
    }

    /// Goes into a sandbox.
    ///
    /// - Parameter folder: The current folder from now on; where it is within `work` already, it stays.
    /// - Throws: As `DrillSession.init`, and `SystemError` where the folder is gone.
    func begin(_ sandbox: Sandbox, lock: SandboxLock? = nil, in folder: String) async throws {
        let drill = try await DrillSession(sandbox, lock: lock, self)
        let world = drill.closedWorld(self)
        do {
            try await enter(world, folder: folder, observer: DrillObserver(drill: drill))
        } catch {
            await drill.close()
            throw error
        }
        self.drill = drill
    }

    /// Leaves the drill; its sandbox stays.
    package func leaveDrill() async {
        guard let drill else { return }
        self.drill = nil
        await leave()
        await drill.close()
    }

    /// Goes into the drill in whose `work` the current folder is, so that no session there reaches the real world.
    ///
    /// - Throws: As `begin`.
    package func joinDrillOfCurrentFolder() async throws {
        guard drill == nil, let folder = dependencies.drills?.folder, let current = CurrentFolder.path,
            let sandbox = folder.sandbox(holding: current)
        else { return }
        try await begin(sandbox, in: current)
        if let drill {
            output.note(
                "this is the drill \(drill.drill.name): nothing here reaches the real world"
                    .wrapped(to: width - "note: ".count)
            )
        }
    }

    /// Says in one line that a drill was left, where one was.
    package func mentionLeftDrills() async {
        guard drill == nil, let started = try? await startedDrills(), let latest = started.first else { return }
        // What a session is in is not left.
        let left = started.filter { !$0.isInUse }
        let first = left.first ?? latest
        let text: String
        if left.isEmpty {
            text = "another session is in the drill \(first.state.drill.printable): 'drill resume' joins it"
        } else if left.count > 1 {
            text = "\(left.count) drills were left: 'drill resume' goes on, 'drill stop' removes them"
        } else if first.isReached {
            text = "the drill \(first.state.drill.printable) is done: 'drill stop' removes its files"
        } else {
            text =
                "the drill \(first.state.drill.printable) is unfinished: 'drill resume' goes on, 'drill stop' removes it"
        }
        output.talk(text.wrapped(to: width))
    }

    /// The messages to the learner since the last call, in lines that fit.
    package func takeDrillMessages() -> [String] {
        (drill?.takeMessages() ?? []).map { ">> \($0.printableLines)".wrapped(to: width, indent: "   ") }
    }

    /// Shows the messages to the learner.
    package func showDrillMessages() {
        for message in takeDrillMessages() { output.question(message) }
    }
}
