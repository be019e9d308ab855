public import Foundation
import Testing

/// The built program, run as its users run it, with a home and an environment of its own.
public struct Program: Sendable {
    public struct Outcome: Sendable {
        public var exitCode: Int32
        public var output: String
        public var talk: String

        /// The lines of `--json` before the last, which says how the run ended.
        public var records: [Substring] {
            output.split(separator: "\n").filter { !$0.contains(#""kind":"end""#) }
        }
    }

    /// The folder that it runs in; its home is there, too.
    public let folder: TemporaryFolder

    /// Longer than this no run of a test takes, in seconds.
    public static let timeLimit: TimeInterval = 60

    /// The binary, and the words before it that change who runs it.
    private let words: [String]
    /// Where the binary lies that others may run, too.
    private let openFolder: TemporaryFolder?

    public init() throws {
        folder = try TemporaryFolder()
        words = [Self.path]
        openFolder = nil
    }

    /// A program that permissions hold for: run by nobody where the tests run as root, else by who runs the tests.
    public static func unprivileged() throws -> Program {
        guard geteuid() == 0 else { return try Program() }
        let nobody = "65534"
        // The build folder may be closed to others.
        let openFolder = try TemporaryFolder()
        let binary = openFolder.path("snapsh")
        // Not by this process: children that start meanwhile would have the copy open for writing, and it could not be
        // run.
        guard try SystemTool.run(["cp", path, binary]).exitCode == 0 else {
            throw PartFailure("cannot copy the program to \(binary)")
        }
        let folder = try TemporaryFolder()
        for path in [openFolder.path, binary, folder.path] {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: folder.path)
        return Program(
            folder: folder,
            words: ["setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups", binary],
            openFolder: openFolder
        )
    }

    private init(folder: TemporaryFolder, words: [String], openFolder: TemporaryFolder) {
        self.folder = folder
        self.words = words
        self.openFolder = openFolder
    }

    /// A prefix that runs it from a script of the system's shell, where it is called `"$@"`.
    public static func shell(_ script: String) -> [String] { ["sh", "-c", script, "sh"] }

    /// The program lies beside the tests that were built with it, unless `SNAPSH_PROGRAM` names another one: a release.
    public static let path =
        ProcessInfo.processInfo.environment["SNAPSH_PROGRAM"]
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("snapsh").path

    /// What the program says that it prints under `--json`.
    public static let schema: Result<JSONSchemaValidator, any Error> = Result {
        try JSONSchemaValidator(try SystemTool.run([path, "--json", "help", "json"]).output)
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - prefix: A command that runs it, such as `setpriv …`.
    public func run(
        _ arguments: [String],
        input: String = "",
        prefix: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let running = try start(arguments, input: input, prefix: prefix, environment: environment)
        return try running.wait(timeLimit: Self.timeLimit)
    }

    /// Starts it, and leaves it running.
    public func start(
        _ arguments: [String],
        input: String = "",
        prefix: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Running {
        let words = prefix + words + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = [
            "HOME": folder.path, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb",
        ].merging(environment) { $1 }
        // Files, not pipes: what nobody reads can't block the program.
        let streams = try TemporaryFolder()
        process.standardInput = FileHandle(forReadingAtPath: try streams.write(input.utf8, to: "input"))
        process.standardOutput = FileHandle(forWritingAtPath: try streams.write([], to: "output"))
        process.standardError = FileHandle(forWritingAtPath: try streams.write([], to: "talk"))
        try process.run()
        // What is piped on, or written raw, is not looked at.
        let isValidated =
            prefix.isEmpty && arguments.contains("--json")
            && !["--raw", "--sarif", "--version", "--"].contains(where: arguments.contains)
        return Running(process: process, streams: streams, isValidated: isValidated)
    }

    /// A run that has not been waited for.
    public struct Running {
        public let process: Process
        let streams: TemporaryFolder
        /// Whether its output must be as its schema says.
        let isValidated: Bool

        /// Waits until something has come about while it runs, at most as long as any run may take.
        ///
        /// - Returns: Whether it came about.
        public func wait(until condition: () -> Bool) -> Bool {
            let deadline = Date(timeIntervalSinceNow: Program.timeLimit)
            while process.isRunning, Date() < deadline {
                if condition() { return true }
                usleep(200)
            }
            return condition()
        }

        /// What it wrote to standard output so far.
        public func output() throws -> String { String(decoding: try streams.read("output"), as: UTF8.self) }

        /// What it wrote to standard error so far.
        public func talk() throws -> String { String(decoding: try streams.read("talk"), as: UTF8.self) }

        /// Sends a signal, unless it has ended.
        public func send(_ signal: Int32) {
            if process.isRunning { kill(process.processIdentifier, signal) }
        }

        /// Waits for its end; what takes longer than the limit (in seconds) is killed.
        public func wait(timeLimit: TimeInterval = Program.timeLimit) throws -> Outcome {
            let deadline = Date(timeIntervalSinceNow: timeLimit)
            while process.isRunning, Date() < deadline { usleep(2000) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            let outcome = Outcome(
                exitCode: process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus,
                output: String(decoding: try streams.read("output"), as: UTF8.self),
                talk: String(decoding: try streams.read("talk"), as: UTF8.self)
            )
            if isValidated, process.terminationReason == .exit {
                for problem in try Program.schema.get().problems(in: outcome.output, exitCode: outcome.exitCode) {
                    Issue.record("\(problem)\n\(outcome.output)")
                }
            }
            return outcome
        }
    }
}
