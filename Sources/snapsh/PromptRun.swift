import Language
import Shell
import Terminal
import Text

/// The interactive session: one line after the other, until `exit` or Ctrl-D.
@MainActor
final class PromptRun {
    private let session: Session
    private let commands: CommandTable
    private let output: Output
    private let editor: LineEditor
    private let usesColor: Bool
    private let typed: TypedLines
    private let unfinished: UnfinishedText
    private var secrets: RememberedSecrets
    private let transcript: TranscriptWriter?

    /// The earlier lines that a backslash joins to the one being typed.
    @MainActor
    private final class UnfinishedText {
        var text = ""
    }

    /// - Throws: `TerminalError` if there is no terminal.
    init(
        dependencies: ShellDependencies,
        output: Output,
        historyFile: HistoryFile?,
        transcript: TranscriptWriter?,
        usesColor: Bool
    ) async throws(TerminalError) {
        let typed = await TypedLines(historyFile, output)
        let unfinished = UnfinishedText()
        var dependencies = dependencies
        dependencies.history = { typed.lines }
        dependencies.notifyPrompt = { LineEditor.notify() }
        let session = Session(dependencies: dependencies, output: output)
        let completer = Completer(session)
        editor = try LineEditor(
            history: typed.lines,
            pasteHint: "write it to a file and run 'source FILE'"
        ) { line, cursor in
            let start = line.utf8.index(line.startIndex, offsetBy: cursor)
            let completion = completer.complete(unfinished.text + String(line[..<start]))
            let wordStart = completion.start - unfinished.text.utf8.count
            // A word that begins on an earlier line can't be completed.
            guard wordStart >= 0 else { return .none }
            return LineCompletion(
                replacing: wordStart..<cursor,
                with: completion.candidates.map { .init(insert: $0, suffix: $0.canGoOn ? "" : " ") }
            )
        }
        editor.notices = { session.takeDrillMessages() }
        self.session = session
        self.transcript = transcript
        if let transcript { session.observers.append(transcript) }
        commands = dependencies.commands
        secrets = RememberedSecrets(dependencies.commands.secretLine)
        self.output = output
        self.usesColor = usesColor
        self.typed = typed
        self.unfinished = unfinished
    }

    /// Reads and runs lines.
    ///
    /// - Returns: The exit code of the program.
    func run() async -> Int32 {
        defer { editor.close() }
        await transcript?.begin(script: "prompt", in: session)
        var exitCode = ExitCode.failed.rawValue
        do {
            try await session.joinDrillOfCurrentFolder()
            await readAndRun()
            exitCode = self.exitCode
        } catch {
            // A session that begins in a drill's folder never reaches the real world.
            output.failure(FailureMessage(error, commands))
        }
        await session.leaveDrill()
        await transcript?.end(exitCode: exitCode, message: nil, in: session)
        return exitCode
    }

    private func readAndRun() async {
        output.talk("snapsh \(Version.current): 'help' lists the commands, Tab completes, Ctrl-D ends")
        await session.mentionLeftDrills()
        while !session.isFinished {
            session.showDrillMessages()
            if await typed.follow(session) { editor.replaceHistory(with: typed.lines) }
            guard let text = readCommand() else { break }
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            guard let text = recalled(text) else { continue }
            guard let text = secrets.restoring(text.joiningLines) else {
                output.failure(
                    FailureMessage(
                        code: "prompt.secret-not-kept",
                        "cannot run this line: its secret was not kept, only asterisks",
                        hint: "type the secret again in the place of ***",
                        exitCode: .mistake
                    )
                )
                continue
            }
            await remember(text)
            await run(text)
            switch Interrupts.received {
            case nil: break
            case .interrupt: editor.dropTypedAhead()
            case .hangUp, .terminate: return
            }
        }
    }

    /// The line that `!N` and `!!` name, which is shown; any other line as it is.
    ///
    /// - Returns: `nil`, with a message, where there is no such line.
    private func recalled(_ text: String) -> String? {
        guard let number = HistoryRecall.number(in: text, lineCount: typed.lines.count) else { return text }
        guard typed.lines.indices.contains(number - 1) else {
            let count = typed.lines.count
            output.failure(
                FailureMessage(
                    code: "prompt.no-such-line",
                    "cannot run line \(number): " + (count == 0 ? "nothing was typed yet" : "there are \(count) lines"),
                    hint: "list them: history",
                    exitCode: .mistake
                )
            )
            return nil
        }
        let line = typed.lines[number - 1]
        output.talk(Copyable.marked(line.printable))
        return line
    }

    private var exitCode: Int32 {
        if let signal = Interrupts.received, signal != .interrupt { return signal.exitCode }
        return session.requestedExitCode ?? ExitCode.success.rawValue
    }

    /// A line, with the lines that a final backslash joins to it; `nil` if the user wants to end.
    private func readCommand() -> String? {
        var text = ""
        while true {
            unfinished.text = text.joiningLines
            let prompt =
                text.isEmpty ? ["snapsh", session.summary].filter { !$0.isEmpty }.joined(separator: " ") + ">" : "...>"
            switch editor.readLine(prompt: Prompt(prompt, isColored: usesColor)) {
            case .line(let line):
                text += line
                let findings = Parser.parse(SourceFile(name: "prompt", text: text)).findings
                guard findings.contains(where: \.isIncomplete) else { return text }
                text += "\n"
            case .interrupted:
                text = ""
            case .endOfFile:
                return nil
            case .failed(let error):
                output.failure(FailureMessage(code: "prompt.terminal", error.description, exitCode: .failed))
                return nil
            }
        }
    }

    private func remember(_ text: String) async {
        let line = secrets.remember(text)
        editor.remember(line)
        await typed.remember(line)
    }

    private func run(_ text: String) async {
        let source = SourceFile(name: "prompt", text: text)
        let session = session
        do {
            // Ctrl-C cancels the line's task, not the prompt's. The check may wait, too: for a file that is sourced.
            let line = Task {
                try await Interrupts.run {
                    let (program, findings) = try await Interpreter.check(source, in: session)
                    if findings.isEmpty { try await Interpreter(session).run(program) }
                    return findings
                }
            }
            let findings = try await line.value
            for finding in findings {
                // The caret under the line shows the place.
                output.failure(FailureMessage(finding, commands), showingPlace: finding.source !== source)
            }
        } catch {
            output.failure(FailureMessage(error, commands))
        }
    }
}

extension String {
    /// Whether more of the same word follows a candidate: a folder, quoted or not, or the thing that a fact is of.
    fileprivate var canGoOn: Bool {
        hasSuffix("/") || hasSuffix("(") || contains("(") && !contains(")") || hasSuffix("/'") || hasSuffix("/\"")
    }
}
