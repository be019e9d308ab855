import CLibEdit
import Files
import Glibc
import Text

/// The line editor of the process, on its terminal, whatever standard input and output are.
///
/// libedit does the editing; completion, history and pastes are ours. Only one exists at a time: libedit has static
/// buffers, and signals go to the process. Between two lines the terminal has its normal modes.
@MainActor
package final class LineEditor {
    /// Finds the completions at the cursor, an offset into the line's UTF-8, when Tab is pressed.
    package typealias Completer = @MainActor (_ line: String, _ cursor: Int) -> LineCompletion

    /// The result of reading a line.
    package enum Input: Sendable, Equatable {
        /// A line, without its newline.
        case line(String)
        /// Ctrl-C: the line was dropped.
        case interrupted
        /// Ctrl-D on an empty line, a lost terminal, or a signal to end: `Interrupts.received` says which.
        case endOfFile
        /// The terminal can no longer be read.
        case failed(TerminalError)
    }

    /// libedit's callbacks are C functions, which carry no object.
    private static var current: LineEditor?

    var recall: HistoryRecall
    var search: HistorySearch?
    var prompt = Prompt("")
    private let complete: Completer
    /// What to do instead of a paste that is too long.
    private let pasteHint: String
    /// The remaining lines of a paste, each offered at its own prompt.
    private var pastedLines: [String] = []
    /// What there is to say while a line is typed: asked for after `notify`.
    package var notices: @MainActor () -> [String] = { [] }
    /// The text that the next prompt starts with.
    private var prefill: String?

    /// Opens the terminal, reads `~/.editrc` (or `$EDITRC`), and then binds the keys that the shell needs.
    ///
    /// - Parameters:
    ///   - history: The lines of earlier sessions, oldest first.
    ///   - pasteHint: what to do instead of a paste that is too long, as the second half of a sentence.
    ///   - complete: Handles Tab; it runs while the user waits.
    package init(
        history: [String],
        pasteHint: String,
        complete: @escaping Completer
    ) throws(TerminalError) {
        guard Self.current == nil else { throw .editorInUse }
        recall = HistoryRecall(history)
        self.pasteHint = pasteHint
        self.complete = complete
        let error = clibedit_open("snapsh", Self.startupFile) { event in
            MainActor.assumeIsolated { LineEditor.current?.handle(event) ?? CLIBEDIT_BEEP }
        }
        guard error == 0 else { throw .cannotOpenTerminal(reason: SystemError(code: error).description) }
        Self.current = self
    }

    /// Restores the terminal. After this, reading a line returns `.endOfFile`.
    package func close() {
        guard Self.current === self else { return }
        clibedit_close()
        Self.current = nil
    }

    /// Reads a line of any length; blocks the main thread.
    ///
    /// Of a paste of several lines, the first stays in the editor, and each further one starts the next call:
    /// nothing runs before Enter is pressed. Ctrl-C drops them all.
    package func readLine(prompt: Prompt) -> Input {
        // A request to end stays valid even if the program asks for another line.
        if let signal = Interrupts.received, signal != .interrupt { return .endOfFile }
        guard Self.current === self else { return .endOfFile }
        self.prompt = prompt
        show(prompt)
        recall.restart()
        search = nil
        prefill = pastedLines.isEmpty ? nil : pastedLines.removeFirst()
        if prefill != nil { clibedit_queue_paste() }
        let input = Interrupts.withoutWatcher { Self.readLine() }
        if case .line = input { return input }
        pastedLines = []
        return input
    }

    /// Drops input typed while a command ran, and whatever follows without a pause.
    ///
    /// For an interrupted command: if the Ctrl-C was part of a paste, the rest of the paste must not run.
    package func dropTypedAhead() {
        guard Self.current === self else { return }
        clibedit_drop_typed_ahead()
    }

    /// Has `notices` asked while a line is read, from any thread; at other times it does nothing.
    package nonisolated static func notify() { clibedit_notify() }

    /// Makes other lines the history of this session, oldest first.
    package func replaceHistory(with lines: [String]) {
        recall = HistoryRecall(lines)
    }

    /// Adds a line to the history of this session, unless it is blank or repeats the last one.
    package func remember(_ line: String) {
        recall.remember(line)
    }

    /// `$EDITRC`, or `.editrc` in the home directory; `nil` without both.
    private static var startupFile: String? {
        if let path = getenv("EDITRC") { return String(cString: path) }
        return getenv("HOME").map { String(cString: $0) + "/.editrc" }
    }

    private static func readLine() -> Input {
        var line: UnsafePointer<UInt32>?
        var count = 0
        var error: Int32 = 0
        switch clibedit_read(&line, &count, &error) {
        case CLIBEDIT_LINE:
            return .line(String(scalars: UnsafeBufferPointer(start: line, count: count)))
        case CLIBEDIT_INTERRUPTED:
            return .interrupted
        case CLIBEDIT_FAILED:
            return .failed(.cannotReadTerminal(reason: SystemError(code: error).description))
        default:
            clibedit_print("\r\n", 2)
            return .endOfFile
        }
    }

    /// Shows a prompt with the next refresh.
    func show(_ prompt: Prompt) {
        clibedit_set_prompt(prompt.encoded.zeroTerminatedScalars)
    }
}

extension LineEditor {
    private func handle(_ event: clibedit_event) -> clibedit_answer {
        switch event {
        case CLIBEDIT_COMPLETE: completeWord()
        case CLIBEDIT_PASTE: paste()
        case CLIBEDIT_LONG_PASTE: refuseLongPaste()
        case CLIBEDIT_PREVIOUS: showRecalled(recall.older(than: EditedLine.current.text))
        case CLIBEDIT_NEXT: showRecalled(recall.newer())
        case CLIBEDIT_SEARCH: beginSearch()
        case CLIBEDIT_CAPTURED: goOnSearching()
        case CLIBEDIT_NOTICE: showNotices()
        default: CLIBEDIT_BEEP
        }
    }

    private func showRecalled(_ line: String?) -> clibedit_answer {
        guard let line else { return CLIBEDIT_BEEP }
        EditedLine.replaceAll(with: line)
        return CLIBEDIT_REFRESH
    }

    private func paste() -> clibedit_answer {
        if let text = prefill {
            prefill = nil
            EditedLine.insert(text)
            return CLIBEDIT_REFRESH
        }
        var count = 0
        let bytes = UnsafeBufferPointer(start: clibedit_pasted(&count), count: count)
        var lines = PastedText.lines(bytes)
        guard !lines.isEmpty else { return CLIBEDIT_BEEP }
        EditedLine.insert(lines.removeFirst())
        pastedLines.insert(contentsOf: lines, at: 0)
        return CLIBEDIT_REFRESH
    }

    private func refuseLongPaste() -> clibedit_answer {
        let limit = Int(CLIBEDIT_PASTE_LIMIT).byteCountText
        let text = "cannot paste: that is more than \(limit); \(pasteHint)\r\n"
        clibedit_print_below(text, text.utf8.count)
        return CLIBEDIT_BEEP
    }

    /// Above the line that is being typed, which stays as it is.
    private func showNotices() -> clibedit_answer {
        let text = notices().map { $0.replacing("\n", with: "\r\n") + "\r\n" }.joined()
        if !text.isEmpty { clibedit_print_below(text, text.utf8.count) }
        return CLIBEDIT_REFRESH
    }

    private func completeWord() -> clibedit_answer {
        let line = EditedLine.current
        let completion = complete(line.text, line.cursor)
        let start = completion.replaced.lowerBound
        switch completion.action(typed: line.typed(from: start)) {
        case .nothing:
            return CLIBEDIT_BEEP
        case .replace(let text):
            let usesNextSpace = text.last == " " && line.isBeforeSpace
            line.replace(from: start, with: usesNextSpace ? String(text.dropLast()) : text)
            if usesNextSpace { clibedit_move(1) }
        case .list(let candidates):
            let texts = candidates.map { $0.insert.escaped { clibedit_can_print($0.value) != 0 } }
            let rows = CandidateList.rows(texts, width: Int(clibedit_terminal_columns()))
            let text = rows.map { $0 + "\r\n" }.joined()
            clibedit_print_below(text, text.utf8.count)
        }
        return CLIBEDIT_REFRESH
    }
}
