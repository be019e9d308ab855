package import Backups
import Files

/// While a drill holds, a session lives in its world. What was found in one world means nothing in another one.
extension Session {
    /// The closed world that the session lives in.
    package var world: ClosedWorld? { dependencies.world }

    /// Moves into a closed world: its home, its environment, its servers. Only variables come along.
    ///
    /// - Parameters:
    ///   - folder: The process's current folder from now on.
    ///   - observer: Keeps what the session does, from the next command on until it leaves.
    /// - Throws: `SystemError` where that can't be; then nothing has changed.
    package func enter(
        _ world: ClosedWorld,
        folder: String,
        observer: (any CommandObserver)? = nil
    ) async throws {
        await recorder.catchUp(in: self)
        let real = if let realPlace { realPlace } else { RealPlace(try CurrentFolder(), recorder, observers) }
        try CurrentFolder.change(to: folder)
        realPlace = real
        observers = real.observers + [observer].compactMap(\.self)
        dependencies = dependencies.inside(world)
        forgetAll(recordingWith: Recorder())
    }

    /// Moves back into the real world, to the folder where the session was before.
    package func leave() async {
        guard world != nil else { return }
        await recorder.catchUp(in: self)
        dependencies = dependencies.outside
        forgetAll(recordingWith: realPlace?.recorder ?? recorder)
        guard let real = realPlace else { return }
        realPlace = nil
        observers = real.observers
        do {
            try real.folder.restore()
        } catch {
            output.warning("cannot return to the folder that was the current one before the drill: \(error)")
        }
    }

    /// What is restored when a session leaves its world.
    @MainActor
    final class RealPlace {
        let folder: CurrentFolder
        /// A runbook has commands of one world only.
        let recorder: Recorder
        let observers: [any CommandObserver]

        init(_ folder: consuming CurrentFolder, _ recorder: Recorder, _ observers: [any CommandObserver]) {
            self.folder = folder
            self.recorder = recorder
            self.observers = observers
        }
    }
}
