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
        let parsed: (script: Script, findings: [Diagnostic])
        do {
            parsed = try await read(script)
        } catch let finding as Diagnostic {
            output.failure(FailureMessage(finding, environment.commands), showingPlace: true)
            return .mistake
        } catch let error as ScriptFileError {
            var message = FailureMessage(error, environment.commands)
            if case .file(let word) = script, case .missing = error {
                message.hint = await NearestName.hint(for: word, environment.commands)
            }
            output.failure(message)
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
            (program, findings) = try await Interpreter.check(parsed, context)
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
            report(findings, of: script, named: parsed.script.source.name)
            return .mistake
        }
        do throws(ParameterFileError) {
            for name in program.secretParameters.sorted() { try values[name]?.requireOneLine(of: name) }
        } catch {
            report(error)
            return .mistake
        }
        if request.checksOnly { return .success }
        var stepper: Stepper?
        if request.asksAtEachStep {
            guard let ask = environment.ask else {
                output.failure(.noTerminalForSteps)
                return .mistake
            }
            stepper = Stepper(parsed, context, ask: ask)
        }

        let echoesCommands =
            switch script {
            case .text, .command: false
            case .file, .standardInput: true
            }
        do {
            let interpreter = Interpreter(session, echoesCommands: echoesCommands, stepper: stepper)
            try await Interrupts.run { try await interpreter.run(program) }
            return .success
        } catch {
            let message = FailureMessage(error, environment.commands)
            output.failure(message, showingPlace: script.hasPlaces)
            return message.exitCode
        }
    }

    private func read(_ script: Request.Script) async throws -> (script: Script, findings: [Diagnostic]) {
        switch script {
        case .file(let path):
            Parser.parse(try await BlockingWork.run(at: Place(folderOf: path)) { try ScriptFile.read(path) })
        case .command(let words):
            (Script(words: words, name: "the command line", shown: Self.shown), [])
        case .text(let text):
            Parser.parse(SourceFile(name: "-c", text: text))
        case .standardInput:
            Parser.parse(
                try await BlockingWork.run(at: Place(description: "standard input")) {
                    try ScriptFile.read(0, name: "standard input")
                }
            )
        }
    }

    /// A word of the command line as findings show it.
    private static func shown(_ word: String) -> String {
        // An option needs no quotes.
        let isPlainOption = word.hasPrefix("-") && Invocation.quoted("x" + word) == "x" + word
        return isPlainOption ? word : Invocation.quoted(word)
    }

    private func report(_ error: ParameterFileError) {
        output.failure(
            FailureMessage(code: "parameter.unusable", error.description, hint: error.hint, exitCode: .mistake)
        )
    }

    private func report(_ findings: [Diagnostic], of script: Request.Script, named name: String) {
        for finding in findings.prefix(Self.shownFindings) {
            output.failure(FailureMessage(finding, environment.commands), showingPlace: script.hasPlaces)
        }
        if !script.hasPlaces { return }
        let isAll = findings.count < Parser.maxFindingCount
        let count = findings.count == 1 ? "1 mistake" : "\(isAll ? "" : "at least ")\(findings.count) mistakes"
        let rest = findings.count > Self.shownFindings ? ", of which the first \(Self.shownFindings) are shown" : ""
        let sentence = "\(count) in \(name.printable)\(rest): nothing was run"
        output.failure(FailureMessage(code: "script.not-run", sentence, exitCode: .mistake))
    }
}

extension Request.Script {
    /// Whether a failure must say which of many commands it is of.
    fileprivate var hasPlaces: Bool {
        if case .command = self { false } else { true }
    }
}

extension FailureMessage {
    fileprivate static let noTerminalForSteps = FailureMessage(
        code: "step.no-terminal",
        "cannot ask before each command: there is no terminal",
        hint: "a script from standard input is no terminal either: name its file",
        exitCode: .mistake
    )
}
