import Files
import Glibc
import Text

extension DrillsFolder {
    /// Removes what drills have left that no session is in, in whatever state it is. May block.
    ///
    /// - Parameter name: Of the one sandbox that is meant, or of its drill; all where none is given.
    /// - Returns: What was removed.
    /// - Throws: `WorldError`.
    package func removeLeftovers(named name: String? = nil) throws(WorldError) -> [RemovedDrill] {
        var removed: [RemovedDrill] = []
        for sandbox in sandboxes {
            // The lock of one that is not meant is not touched: a session may just go into it.
            if let name, sandbox.name != name, sandbox.state?.drill != name { continue }
            guard let lock = SandboxLock.take(sandbox) else { continue }
            defer { withExtendedLifetime(lock) {} }
            let drill = RemovedDrill(state: sandbox.state, progress: DrillProgress(SandboxLog(of: sandbox).events))
            try remove(sandbox, keepingWorkAs: nil)
            removed.append(drill)
        }
        return removed
    }

    /// A free path for the `work` of a sandbox whose files are kept: those of an earlier one stay. May block.
    package func placeForWork(of sandbox: Sandbox) -> String {
        mkdir(keptFolder, 0o700)
        let place = "\(keptFolder)/\(sandbox.name)"
        var (free, number) = (place, 1)
        while access(free, F_OK) == 0 {
            number += 1
            free = "\(place)-\(number)"
        }
        return free
    }

    /// Removes a sandbox that this process has locked, and ends the etcds that run on its data. May block.
    ///
    /// - Parameter kept: The path that `work` gets; `nil` where it is removed, too.
    /// - Throws: `WorldError`.
    package func remove(_ sandbox: Sandbox, keepingWorkAs kept: String?) throws(WorldError) {
        LeftProcesses.end(usingFilesIn: sandbox.folder)
        do throws(SystemError) {
            if let kept { try systemCall { rename(sandbox.work, kept) } }
            // What is removed by half is not complete any more.
            for name in ["state.json", "ports.json"] { unlink("\(sandbox.folder)/\(name)") }
            try FolderTree.remove(sandbox.folder)
        } catch {
            throw .cannotWrite(path: sandbox.folder, reason: error.description)
        }
    }
}

/// What a removed sandbox was.
package struct RemovedDrill: Sendable {
    /// `nil` where it was never complete.
    package let state: SandboxState?
    package let progress: DrillProgress
}
