import Files
import Glibc
import Text

extension DrillsFolder {
    /// Removes what drills have left that no session is in, in whatever state it is. May block.
    ///
    /// - Parameter name: Of the one sandbox that is meant, or of its drill; all where none is given.
    /// - Returns: What was removed: the state of each, `nil` where it had none.
    /// - Throws: `WorldError`.
    @discardableResult
    package func removeLeftovers(named name: String? = nil) throws(WorldError) -> [SandboxState?] {
        var removed: [SandboxState?] = []
        for sandbox in sandboxes {
            guard let lock = SandboxLock.take(sandbox) else { continue }
            let state = sandbox.state
            if let name, sandbox.name != name, state?.drill != name { continue }
            try remove(sandbox, keepingWorkAs: nil)
            removed.append(state)
            _ = lock
        }
        return removed
    }

    /// A free path for the `work` of a sandbox whose files are kept: those of an earlier one stay. May block.
    package func placeForWork(of sandbox: Sandbox) -> String {
        let place = "\(path)/kept-\(sandbox.name)"
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
