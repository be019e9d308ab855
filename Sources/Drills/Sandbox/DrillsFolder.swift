import Files
import Glibc
import Text

/// Where the sandboxes of all drills are, and the results.
///
/// One rule makes cleaning certain: all that a drill makes is in its sandbox, which is made first. One that no session
/// holds and that is not complete was left by a kill.
package struct DrillsFolder: Sendable {
    /// Absolute; its last folder is ours alone.
    package let path: String

    /// - Parameters:
    ///   - stateHome: `XDG_STATE_HOME` (XDG Base Directory Specification 0.8).
    /// - Returns: `nil` where there is neither that nor a home.
    package init?(home: String?, stateHome: String?) {
        if let stateHome, stateHome.hasPrefix("/") {
            path = stateHome + "/snapsh/drills"
        } else if let home, home.hasPrefix("/") {
            path = home + "/.local/state/snapsh/drills"
        } else {
            return nil
        }
    }

    package init(path: String) { self.path = path }

    /// The results of all drills that were played here.
    package var resultsFile: String { "\(path)/results.jsonl" }
    /// Which files were proven by `drill test`.
    package var provenFile: String { "\(path)/proven.jsonl" }

    /// Where files of learners are that outlive their drills. No sandbox has such a name: each ends with its seed.
    var keptFolder: String { "\(path)/kept" }

    /// Makes the folder of a new sandbox, and locks it. May block.
    ///
    /// - Parameter drill: Its name.
    /// - Throws: `WorldError`.
    package func newSandbox(of drill: String, seed: UInt64) throws(WorldError) -> (sandbox: Sandbox, lock: SandboxLock)
    {
        try makeFolders()
        let root = Self.resolved(path)
        for number in 0..<100 {
            let suffix = number == 0 ? "" : "-\(number)"
            let sandbox = Sandbox(folder: "\(root)/\(drill)-\(String(seed, radix: 16))\(suffix)")
            guard mkdir(sandbox.folder, 0o700) == 0 else {
                if errno == EEXIST { continue }
                throw .cannotWrite(path: sandbox.folder, reason: SystemError(code: errno).description)
            }
            guard let lock = SandboxLock.take(sandbox) else { continue }
            return (sandbox, lock)
        }
        throw .cannotWrite(path: path, reason: "no name is free for the drill")
    }

    private func makeFolders() throws(WorldError) {
        var made = ""
        for part in PathParts.names(in: path) {
            made += "/\(part)"
            if mkdir(made, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
                throw .cannotWrite(path: made, reason: SystemError(code: errno).description)
            }
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// All sandboxes, whatever state they are in. May block.
    package var sandboxes: [Sandbox] {
        let root = Self.resolved(path)
        let names = (try? FolderTree.names(in: root)) ?? []
        return names.filter { !Self.ownNames.contains($0) }
            .map { Sandbox(folder: "\(root)/\($0)") }
            .filter { sandbox in
                var status = stat()
                return lstat(sandbox.folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            }
    }

    /// The sandbox whose `work` a folder is or lies in.
    ///
    /// - Parameter folder: Absolute, without links.
    package func sandbox(holding folder: String) -> Sandbox? {
        let root = Self.resolved(path) + "/"
        guard folder.hasPrefix(root) else { return nil }
        let parts = folder.dropFirst(root.count).split(separator: "/", maxSplits: 2)
        guard parts.count >= 2, parts[1] == "work" else { return nil }
        return Sandbox(folder: root + parts[0])
    }

    private static let ownNames: Set = ["results.jsonl", "proven.jsonl", "kept"]
}
