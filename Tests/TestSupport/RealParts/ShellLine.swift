/// A line of the system's shell that runs beside the tests. What it starts is killed with this object.
public final class ShellLine: Sendable {
    private let process: ChildProcess
    public let line: String

    /// - Parameter folder: Where it runs.
    public init(_ line: String, in folder: TemporaryFolder) throws {
        self.line = line
        process = try ChildProcess(["sh", "-c", "cd \(folder.path) && exec \(line)"])
    }

    /// What it said so far.
    public func said() -> String { process.said() }
}
