package import Files
import Glibc

/// What a recovery may end with in `work`: a snapshot file, or a data directory.
package struct WorkResult: Sendable, Hashable, Comparable {
    /// Within `work`.
    package var path: String
    private var isData: Bool
    /// Changes with the content.
    private var mark: FileMark?

    package var subject: Condition.Subject { isData ? .data(path) : .file(path) }

    package static func < (a: Self, b: Self) -> Bool { a.path < b.path }

    /// All of them, to a depth of three folders. May block.
    ///
    /// - Throws: `SystemError`.
    package static func all(in work: String) throws(SystemError) -> Set<WorkResult> {
        var found: Set<WorkResult> = []
        try collect(work, "", depth: 0, &found)
        return found
    }

    private static let maxDepth = 3

    private static func collect(_ work: String, _ folder: String, depth: Int, _ found: inout Set<WorkResult>)
        throws(SystemError)
    {
        for name in try FolderTree.names(in: "\(work)/\(folder)") where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var status = stat()
            guard lstat("\(work)/\(path)", &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                let database = "\(work)/\(path)/member/snap/db"
                if let mark = FileMark(path: database) {
                    found.insert(WorkResult(path: path, isData: true, mark: mark))
                } else if depth < maxDepth {
                    try collect(work, path, depth: depth + 1, &found)
                }
            case S_IFREG:
                // Notes and records of a runbook are no result.
                if isSnapshot("\(work)/\(path)") {
                    found.insert(WorkResult(path: path, isData: false, mark: FileMark(path: "\(work)/\(path)")))
                }
            default: break
            }
        }
    }

    /// Whether a file begins as a bbolt database does (bbolt v1.3.3 `db.go`, `magic`), or pretends to by its name.
    private static func isSnapshot(_ path: String) -> Bool {
        if path.hasSuffix(".db") || path.hasSuffix(".backup") || path.hasSuffix(".snap") { return true }
        guard let head = try? FileRange.read(0..<20, of: path) else { return false }
        return Array(head[16..<20]) == [0xED, 0xDA, 0x0C, 0xED]
    }
}
