import Foundation

/// A tool of the system that a test needs, such as `sha256sum`.
public enum SystemTool {
    /// Runs it to its end, and returns its exit code and what it printed.
    public static func run(_ words: [String], in folder: TemporaryFolder? = nil) throws -> (
        exitCode: Int32, output: String
    ) {
        let streams = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.path) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: try streams.write([], to: "output"))
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try streams.read("output"), as: UTF8.self))
    }

    /// Whether file systems can be mounted here that nobody else sees.
    public static let canMount = (try? run(mountPrefix + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]))?.exitCode == 0

    /// Runs what follows with mounts of its own.
    public static let mountPrefix =
        geteuid() == 0 ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"]
}
