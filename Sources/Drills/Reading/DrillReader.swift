import YAML

/// Reads a drill from its file.
package enum DrillReader {
    /// - Parameters:
    ///   - contents: The names of the snapshots that the program carries.
    ///   - hasFile: Whether there is a file that a backup's content names: `./FILE`, from the folder of the drill's
    ///     file.
    ///   - saysVersion: Whether such a file says which etcd wrote it.
    /// - Returns: All that is wrong with it, in the order of the file. The drill is `nil` where something that it needs
    ///   is missing or unreadable; it is right only where there are no findings.
    package static func read(
        _ bytes: [UInt8],
        contents: [String] = Catalog.snapshots.map(\.name),
        hasFile: (String) -> Bool = { _ in true },
        saysVersion: (String) -> Bool = { _ in true }
    ) -> (drill: Drill?, findings: [DrillFinding]) {
        let tree = YAMLTree(bytes)
        let reading = DrillReading(bytes, contents: contents)
        for problem in tree.problems {
            reading.findings.append(
                DrillFinding(line: problem.line, column: problem.column, message: problem.reason, hint: problem.hint)
            )
        }
        if let root = tree.root {
            let drill = reading.drill(root)
            for file in reading.contentFiles where !hasFile(file.text) {
                reading.find(
                    file.node,
                    "there is no file '\(file.text.shortened)'",
                    hint: "it lies beside the drill's file, or in a folder there"
                )
            }
            for file in reading.filesWithoutVersion where !saysVersion(file.text) {
                reading.find(
                    file.node,
                    "the file '\(file.text.shortened)' does not say which etcd wrote it",
                    hint: "write the version beside it: 'etcd: 3.4.23'"
                )
            }
            return (drill, reading.sortedFindings)
        }
        if tree.problems.isEmpty {
            reading.findings.append(
                DrillFinding(
                    line: 1,
                    column: 1,
                    message: "the file is empty",
                    hint: "'help drills' shows a whole drill"
                )
            )
        }
        return (nil, reading.sortedFindings)
    }
}
