import Backups
import CLinux
import Codecs
import DirectoryStore
import FoundationEssentials
import Glibc
import Layouts
import S3Store
import Shell
import SidecarClient
import Terminal
import Text

/// The program: command line, wiring, exit code.
@main
struct Snapsh {
    @MainActor
    static func main() async {
        // Files are read in pieces of some 256 KiB, thousands of them one after the other.
        clinux_keep_freed_memory()
        let request: Request
        do throws(CommandLineReply) {
            request = try Request(
                CommandLine.arguments.dropFirst(),
                commands: commands.firstWords,
                hasTerminal: TerminalInfo.isTerminal(STDIN_FILENO)
            )
        } catch {
            answer(error)
            exit((error.mistake == nil ? ExitCode.success : .mistake).rawValue)
        }
        let usesColor =
            TerminalInfo.isTerminal(STDERR_FILENO) && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
        let output = Output(
            // SARIF is one document, with nothing behind it.
            format: request.printsJSON && !request.printsSARIF ? .json : .text,
            at: request.script == nil ? .prompt : .shell,
            isQuiet: request.isQuiet,
            usesColor: usesColor
        )
        output.width = width
        do throws(TerminalError) {
            exit(output.end(try await run(request, output, usesColor: usesColor)))
        } catch {
            let hint = "without a terminal, name a script or a command: snapsh FILE, or snapsh COMMAND"
            output.failure(FailureMessage(code: "prompt.terminal", "\(error)", hint: hint, exitCode: .failed))
            exit(output.end(ExitCode.failed.rawValue))
        }
    }

    private static func width(_ channel: Output.Channel) -> Int? {
        TerminalInfo.widthIfTerminal(channel == .data ? STDOUT_FILENO : STDERR_FILENO)
    }

    /// Prints the reply to the command line itself.
    @MainActor
    private static func answer(_ reply: CommandLineReply) {
        if let text = reply.text {
            try? Output.writeToDescriptor(.data, Array((SecretText.masking(text) + "\n").utf8))
        }
        guard let mistake = reply.mistake else { return }
        let output = Output(format: CommandLine.arguments.contains("--json") ? .json : .text, at: .shell)
        output.width = width
        output.failure(mistake)
        _ = output.end(ExitCode.mistake.rawValue)
    }

    @MainActor
    private static func run(
        _ request: Request,
        _ output: Output,
        usesColor: Bool
    ) async throws(TerminalError) -> Int32 {
        // Among objects there is no place for a line of text.
        let isLogOfObjects = request.printsJSON && !TerminalInfo.isTerminal(STDERR_FILENO)
        let dependencies = dependencies(showsProgress: !request.isQuiet && !isLogOfObjects)
        if let script = request.script {
            return await ScriptRun(request: request, dependencies: dependencies, output: output).run(script)
        }
        let transcript: TranscriptWriter?
        do throws(FailureMessage) {
            transcript = try await TranscriptWriter.opened(request.transcript, dependencies)
        } catch {
            output.failure(error)
            return error.exitCode.rawValue
        }
        let historyPath = HistoryFile.usualPath(home: variable("HOME"), stateHome: variable("XDG_STATE_HOME"))
        return try await PromptRun(
            dependencies: dependencies,
            output: output,
            historyFile: historyPath.map(HistoryFile.init),
            transcript: transcript,
            usesColor: usesColor
        ).run()
    }

    private static let commands = CommandTable(sources: SourceRegistry.all)

    private static func dependencies(showsProgress: Bool) -> ShellDependencies {
        var dependencies = ShellDependencies(
            home: variable("HOME"),
            processEnvironment: ProcessInfo.processInfo.environment,
            sources: SourceRegistry.all,
            serve: { options, source, cluster, onListening, report in
                try await Serving.run(options, source, cluster, onListening: onListening, report: report)
            },
            checkServing: { options, report in try await Serving.check(options, report: report) },
            codecs: CodecRegistry.all,
            progress: { label, totalByteCount in
                guard showsProgress else { return NoProgress() }
                return ProgressLine(totalBytes: totalByteCount, label: label)
            },
            ask: ask
        )
        dependencies.lineWidth = { TerminalInfo.width(STDOUT_FILENO) }
        dependencies.drills = .program(home: dependencies.home, environment: dependencies.processEnvironment)
        return dependencies
    }

    /// Absent without a terminal.
    private static var ask: ShellDependencies.Ask? {
        guard TerminalInfo.isTerminal(STDIN_FILENO), TerminalInfo.isTerminal(STDERR_FILENO) else { return nil }
        return { question, isSecret in try await Question.read(question, showsTyped: !isSecret) }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

extension ProgressLine: ProgressDisplay {
    package func update(doneByteCount: Int64) { update(doneBytes: doneByteCount) }
    package func resume(from doneByteCount: Int64) { resume(fromBytes: doneByteCount) }
}
