import Blocking
import Language
import Shell
import Terminal
import Text

/// Runs one script from its text to an exit code.
@MainActor
struct ScriptRun {
    /// Findings beyond this many are counted, not shown.
    private static let shownFindings = 100

    let request: Request
    let environment: ShellDependencies
    let output: Output

    /// - Returns: What the program ends with.
    func run(_ script: Request.Script) async -> Int32 {
        var values: [String: ParameterValue] = [:]
        do throws(ParameterFileError) {
            for (name, word) in request.parameters { values[name] = try await ParameterValue.given(word, of: name) }
        } catch {
            report(error)
            return ExitCode.mistake.rawValue
        }
        let session = Session(
            environment: environment,
            output: output,
            parameters: values.mapValues(\.text),
            confirmed: request.confirmed
        )
        let exitCode = await run(script, values, in: session)
        if exitCode == .interrupted, let signal = Interrupts.received { return signal.exitCode }
        if exitCode == .success, let requested = session.requestedExitCode { return requested }
        return exitCode.rawValue
    }

    private func run(
        _ script: Request.Script,
        _ values: [String: ParameterValue],
        in session: Session
    ) async -> ExitCode {
        let source: SourceFile
        do {
            source = try await read(script)
        } catch let finding as Diagnostic {
            output.failure(FailureMessage(finding, environment.commands), showingPlace: true)
            return .mistake
        } catch let error as ScriptFileError {
            output.failure(FailureMessage(error, environment.commands))
            return .mistake
        } catch is CancellationError {
            return .interrupted
        } catch let silent as NotAnswering {
            let message = FailureMessage(silent, environment.commands)
            output.failure(message)
            return message.exitCode
        } catch {
            let sentence = "cannot read the script: \(error)"
            output.failure(FailureMessage(code: "script.unreadable", sentence, exitCode: .mistake))
            return .mistake
        }

        let context = Checker.CheckContext(
            environment,
            parameters: values.mapValues(\.text),
            needsParameterValues: !request.checksOnly,
            confirmed: request.confirmed
        )
        let (program, findings): (Shell.Program, [Diagnostic])
        do {
            // A script that this one includes may lie where nothing answers.
            (program, findings) = try await BlockingWork.run(at: Place(description: "a script")) {
                Checker.check(source, context)
            }
        } catch {
            output.failure(FailureMessage(error, environment.commands))
            return ExitCode(error)
        }
        session.hide(program.secretParameters)
        for name in program.secretParameters.sorted() where values[name].map({ $0.path == nil }) == true {
            output.warning(
                "the value of '\(name)' is on the command line, where others on this machine see it ('ps'):"
                    + " give it from a file, \(name)=@FILE"
            )
        }
        guard findings.isEmpty else {
            report(findings, of: source)
            return .mistake
        }
        do throws(ParameterFileError) {
            for name in program.secretParameters.sorted() { try values[name]?.requireOneLine(of: name) }
        } catch {
            report(error)
            return .mistake
        }
        if request.checksOnly { return .success }

        var echoesCommands = true
        if case .text = script { echoesCommands = false }
        do {
            let interpreter = Interpreter(session, echoesCommands: echoesCommands)
            try await Interrupts.run { try await interpreter.run(program) }
            return .success
        } catch {
            let message = FailureMessage(error, environment.commands)
            output.failure(message, showingPlace: true)
            return message.exitCode
        }
    }

    private func read(_ script: Request.Script) async throws -> SourceFile {
        switch script {
        case .file(let path):
            try await BlockingWork.run(at: Place(folderOf: path)) { try ScriptFile.read(path) }
        case .text(let text):
            SourceFile(name: "-c", text: text)
        case .standardInput:
            try await BlockingWork.run(at: Place(description: "standard input")) {
                try ScriptFile.read(0, name: "standard input")
            }
        }
    }

    private func report(_ error: ParameterFileError) {
        output.failure(
            FailureMessage(code: "parameter.unusable", error.description, hint: error.hint, exitCode: .mistake)
        )
    }

    private func report(_ findings: [Diagnostic], of source: SourceFile) {
        for finding in findings.prefix(Self.shownFindings) {
            output.failure(FailureMessage(finding, environment.commands), showingPlace: true)
        }
        let isAll = findings.count < Parser.maxFindingCount
        let count = findings.count == 1 ? "1 mistake" : "\(isAll ? "" : "at least ")\(findings.count) mistakes"
        let rest = findings.count > Self.shownFindings ? ", of which the first \(Self.shownFindings) are shown" : ""
        let sentence = "\(count) in \(source.name.printable)\(rest): nothing was run"
        output.failure(FailureMessage(code: "script.not-run", sentence, exitCode: .mistake))
    }
}
