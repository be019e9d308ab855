import Blocking
import Glibc
import Language
import Parameters
import Shell
import Terminal
import Text

/// Runs one script from its text to an exit code.
@MainActor
struct ScriptRun {
    let request: Request
    let dependencies: ShellDependencies
    let output: Output

    /// - Returns: The exit code of the program.
    func run(_ script: Request.Script) async -> Int32 {
        if request.printsSARIF || !request.furtherScripts.isEmpty {
            return await CheckRun(request: request, dependencies: dependencies, output: output).run(script).rawValue
        }
        let given: GivenParameters
        do throws(UnusableParameters) {
            given = try await GivenParameters(
                words: request.parameters,
                file: request.parameterFile,
                environment: dependencies.processEnvironment
            )
        } catch {
            for problem in error.problems { output.report(problem) }
            return ExitCode.mistake.rawValue
        }
        let session = Session(
            dependencies: dependencies,
            output: output,
            confirmed: request.confirmed,
            isDryRun: request.isDryRun
        )
        let transcript: TranscriptWriter?
        do throws(FailureMessage) {
            // What is only checked does not run.
            transcript = try await TranscriptWriter.opened(request.isRun ? request.transcript : nil, dependencies)
        } catch {
            output.failure(error)
            return error.exitCode.rawValue
        }
        if let transcript { session.observers.append(transcript) }
        await transcript?.begin(script: script.name, in: session)
        var result = ExitCode.failed
        do {
            if request.isRun { try await session.joinDrillOfCurrentFolder() }
            result = await run(script, given, in: session)
        } catch {
            // A script that begins in a drill's folder never reaches the real world.
            output.failure(FailureMessage(error, dependencies.commands))
        }
        await session.leaveDrill()
        let exitCode = Self.number(result, session)
        guard let transcript else { return exitCode }
        let reason = exitCode == 0 ? nil : output.lastFailure?.sentence
        await transcript.end(exitCode: exitCode, message: reason, in: session)
        return exitCode == 0 && transcript.hasFailed ? ExitCode.failed.rawValue : exitCode
    }

    /// What the program ends with.
    private static func number(_ exitCode: ExitCode, _ session: Session) -> Int32 {
        if exitCode == .interrupted, let signal = Interrupts.received { return signal.exitCode }
        if exitCode == .success, let requested = session.requestedExitCode { return requested }
        return exitCode.rawValue
    }

    private func run(
        _ script: Request.Script,
        _ given: GivenParameters,
        in session: Session
    ) async -> ExitCode {
        let parsed: (script: Script, findings: [Diagnostic])
        do {
            parsed = try await read(script)
        } catch var finding as Diagnostic {
            if case .file(let path) = script {
                finding.hint = finding.hint.map {
                    "\($0); what is in a snapshot file is shown by: snapsh status \(Word.shown(path))"
                }
            }
            let message = FailureMessage(finding, dependencies.commands)
            output.failure(message, showingPlace: true, isAskedFor: request.checksOnly)
            return .mistake
        } catch let error as ScriptFileError {
            var message = FailureMessage(error, dependencies.commands)
            if case .file(let word) = script {
                let values = request.parameters.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
                message = await NearestName.message(
                    for: word,
                    request.unreadWords + values,
                    error,
                    dependencies.commands
                )
            }
            output.failure(message, isAskedFor: request.checksOnly)
            return .mistake
        } catch is CancellationError {
            return .interrupted
        } catch let silent as NotAnswering {
            let message = FailureMessage(silent, dependencies.commands)
            output.failure(message)
            return message.exitCode
        } catch {
            let sentence = "cannot read the script: \(error)"
            output.failure(FailureMessage(code: "script.unreadable", sentence, exitCode: .mistake))
            return .mistake
        }

        let context = CheckContext(
            // In a drill's folder they are those of the drill.
            session.dependencies,
            // At a terminal each that is missing is asked for.
            needsParameterValues: !request.checksOnly && dependencies.ask == nil,
            reportsUnusedParameters: request.checksOnly,
            confirmed: request.confirmed
        )
        var parameters: ScriptParameters
        do {
            parameters = try await ScriptParameters(given, of: parsed, context)
            if !request.unreadWords.isEmpty {
                let unread = UnreadWords(words: request.unreadWords, given: Set(parameters.values.keys))
                output.failure(unread.message(script: script.word, parameters.declared))
                return .mistake
            }
            if request.isRun, let ask = dependencies.ask,
                ScriptParameters.problems(given, for: [parameters]).isEmpty
            {
                try await parameters.askForRest(ask, output)
            }
            session.give(parameters.context.parameters)
            if request.asksForHelp {
                try output.showHelp(of: parsed.script.source, runBy: script.word, parameters.declared)
                return .success
            }
        } catch let error as ParameterError {
            output.report(error)
            return .mistake
        } catch {
            output.failure(FailureMessage(error, dependencies.commands))
            return ExitCode(error)
        }
        let (program, findings) = (parameters.program, parameters.findings)
        session.hide(program.secretParameters)
        for name in program.secretParameters.sorted() where parameters.values[name]?.origin == .word {
            output.warning(
                "the value of '\(name)' is on the command line, where others on this machine see it ('ps'):"
                    + " give it from a file, \(name)=@FILE"
            )
        }
        let problems = ScriptParameters.problems(given, for: [parameters])
        for problem in problems { output.report(problem) }
        output.report(
            findings,
            in: parsed.script.source.name.printable,
            isAll: findings.count < Parser.maxFindingCount,
            isAskedFor: request.checksOnly,
            showsPlaces: script.hasPlaces,
            dependencies.commands
        )
        guard findings.isEmpty, problems.isEmpty else { return .mistake }
        if request.checksOnly {
            output.reportSound(parsed.script.source.name, needing: parameters.missing)
            return .success
        }
        var stepper: Stepper?
        if request.asksAtEachStep {
            guard let ask = dependencies.ask else {
                output.failure(.noTerminalForSteps(of: script))
                return .mistake
            }
            stepper = Stepper(parsed, parameters.context, ask: ask)
        }

        let echoesCommands =
            switch script {
            case .text, .command: false
            case .file, .standardInput: true
            }
        output.echoesCommands = echoesCommands && !request.isQuiet
        // At a terminal, a person sees when it is.
        if echoesCommands, !TerminalInfo.isTerminal(STDERR_FILENO) { output.becomeLog(dependencies.now) }
        do {
            let pinFile = request.pinFile
            let recorder = pinFile.map { _ in PinRecorder(givenParameters: parameters.values.keys) }
            let interpreter = Interpreter(
                session,
                echoesCommands: echoesCommands,
                stepper: stepper,
                recorder: recorder
            )
            let (source, checked) = (parsed.script.source, parameters.context)
            try await Interrupts.run {
                if let pinFile { try await NewTextFile.checkThatItIsFree(pinFile) }
                try await interpreter.run(program)
                if let pinFile, (session.requestedExitCode ?? 0) == 0 {
                    try await recorder?.write(program, source, checked, to: pinFile, in: session)
                }
            }
            if request.isDryRun {
                let rest = pinFile == nil ? "nothing was written" : "nothing else was written"
                output.talk("this was a dry run: \(rest), and no new backup was requested")
            }
            return .success
        } catch {
            let message = FailureMessage(error, dependencies.commands)
            output.failure(message, showingPlace: script.hasPlaces)
            return message.exitCode
        }
    }

    /// - Throws: `ScriptFileError`, `Diagnostic`, `NotAnswering`, `CancellationError`.
    func read(_ script: Request.Script) async throws -> (script: Script, findings: [Diagnostic]) {
        switch script {
        case .file(let path):
            Parser.parse(try await BlockingWork.run(at: Place(folderOf: path)) { try ScriptFile.read(path) })
        case .command(let words):
            (Script(words: words, name: script.name, shown: Word.shownArgument), [])
        case .text(let text):
            Parser.parse(SourceFile(name: script.name, text: text))
        case .standardInput:
            Parser.parse(
                try await BlockingWork.run(at: Place(description: "standard input")) {
                    try ScriptFile.read(0, name: script.name)
                }
            )
        }
    }
}

extension FailureMessage {
    fileprivate static func noTerminalForSteps(of script: Request.Script) -> FailureMessage {
        FailureMessage(
            code: "step.no-terminal",
            "cannot ask before each command: there is no terminal",
            hint: script == .standardInput
                ? "the script comes from standard input: name its file instead"
                : "run it at a terminal; '--dry-run' says what it would do, and asks nothing",
            exitCode: .mistake
        )
    }
}
