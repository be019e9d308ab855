import Files
import Glibc
import Subprocess
import SystemPackage

/// A program that is run to its end, with nothing to read, in a process group of its own, and without any open file of
/// ours.
package enum ChildProcess {
    package struct Outcome: Sendable {
        /// As sh counts: 128 and more for a signal.
        package var exitCode: Int32
        package var output: [UInt8]
        package var errors: [UInt8]
    }

    /// What is kept of each of the two streams, in bytes; the rest is read and dropped.
    private static let maxByteCount = 64 << 10

    /// - Parameters:
    ///   - words: The program, looked for in `PATH`, and its arguments.
    ///   - folder: Its current folder; this process's where none is given.
    /// - Returns: `nil` where it took too long; then it and what it started are killed, as they are where the task is
    ///   cancelled.
    /// - Throws: `SystemError` where it can't be started, and `CancellationError`.
    package static func run(
        _ words: [String],
        environment: [String: String],
        folder: String? = nil,
        timeLimit: Duration
    ) async throws -> Outcome? {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await runToItsEnd(words, environment, folder) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            // Whoever is second is cancelled, and with that the program killed.
            defer { group.cancelAll() }
            let outcome = try await group.next() ?? nil
            try Task.checkCancellation()
            return outcome
        }
    }

    private static func runToItsEnd(
        _ words: [String],
        _ environment: [String: String],
        _ folder: String?
    ) async throws -> Outcome {
        let program = words.first ?? ""
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(executablePathOverride: program, remainingValues: Array(words.dropFirst())),
                environment: .custom(variables(environment)),
                workingDirectory: folder.map { FilePath($0) },
                platformOptions: options,
                input: .none,
                output: .sequence,
                error: .sequence
            ) { execution in
                // Both are read to their end, for a full pipe would stop the program.
                async let errors = start(of: execution.standardError)
                return (output: try await start(of: execution.standardOutput), errors: try await errors)
            }
            return Outcome(
                exitCode: exitCode(result.terminationStatus),
                output: result.closureResult.output,
                errors: result.closureResult.errors
            )
        } catch let error as SubprocessError {
            throw SystemError(code: error.underlyingError?.rawValue ?? ENOENT)
        }
    }

    static func start(of stream: SubprocessOutputSequence) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in stream {
            piece.withUnsafeBytes { bytes += $0.prefix(maxByteCount - bytes.count) }
        }
        return bytes
    }

    /// Without those whose names no shell could read, which the library refuses.
    private static func variables(_ environment: [String: String]) -> [Environment.Key: String] {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment where !name.isEmpty && name.utf8.first.map({ $0 < 0x30 || $0 > 0x39 }) == true
        {
            variables[Environment.Key(stringLiteral: name)] = value
        }
        return variables
    }

    static func exitCode(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
