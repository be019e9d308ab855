import Audit
import Backups
import Blocking
import Files
import FoundationEssentials
package import Language
import Text

/// A failure as it is reported: words for people, a code for programs.
package struct FailureMessage: Error {
    /// The stable code for programs: `store.not-found`.
    package var code: String
    /// One sentence: *cannot ‹verb› ‹thing›: ‹reason›*.
    package var sentence: String
    /// The next step, where one is certain.
    package var hint: String?
    /// The same with its lines, which are of another language at another place.
    private var step: NextStep?
    private var sources: [SourceDeclaration] = []
    /// The parameters of the script that decide it.
    private var parameters: [String] = []
    /// What was tried, a line each.
    package var tried: [String] = []
    /// The place of the command in a script.
    package var place: Place?
    /// The line of the script, with a mark under the place.
    var excerpt: String?
    /// The exit code of the program.
    package var exitCode: ExitCode
    /// When it was reported, where messages have times.
    var time: Date?

    /// A place in a script; lines and columns count from 1.
    package struct Place: Sendable, Encodable {
        package var file: String
        package var line: Int
        package var column: Int
    }

    package init(code: String, _ sentence: String, hint: String? = nil, exitCode: ExitCode) {
        self.code = code
        // Whatever text from outside an error quotes, it moves no cursor.
        self.sentence = sentence.printableLines.withoutEmptyEnd
        self.hint = hint?.printableLines
        self.exitCode = exitCode
    }

    /// - Parameter commands: All commands; the values of their secret options are hidden.
    package init(_ finding: Diagnostic, _ commands: CommandTable) {
        self.init(code: finding.code, finding.message, hint: finding.hint, exitCode: .mistake)
        place = Place(finding.span, in: finding.source)
        excerpt = finding.excerpt(commands.secretLine)
    }

    /// - Parameters:
    ///   - error: Any thrown error.
    ///   - commands: All commands, for the next steps.
    package init(_ error: any Error, _ commands: CommandTable) {
        let exitCode = ExitCode(error)
        switch error {
        case let failure as CommandFailure:
            self.init(failure.error, commands)
            place = Place(failure.span, in: failure.source)
            // Without credentials or a connection, another name is of no use.
            if self.exitCode == .notFound || code == "volume.unusable" || code == "s3.no-such-bucket" {
                parameters = failure.parameters
            }
            hint = naming(parameters, before: hint)
        case let finding as Diagnostic:
            self.init(finding, commands)
        case let failure as any UserError:
            let step = (failure as? any Hinting)?.hint ?? failure.nextStep
            self.init(code: failure.code, failure.description, hint: step?.text(commands.sources), exitCode: exitCode)
            (self.step, sources) = (step, commands.sources)
            tried = failure.tried.map(\.printable)
        case let error as ScriptFileError:
            self.init(code: error.code, error.description, hint: error.hint, exitCode: .mistake)
        case let mistake as UsageError:
            self.init(code: mistake.code, mistake.message, hint: mistake.hint, exitCode: exitCode)
        case let unmet as UnmetExpectation:
            self.init(code: unmet.code, unmet.message, hint: unmet.hint?.text(commands.sources), exitCode: exitCode)
            (step, sources) = (unmet.hint, commands.sources)
        case let silent as NotAnswering:
            self.init(PathFailure(path: silent.path, reason: silent.description), commands)
        case let error as TranscriptError:
            self.init(ReportFailure.transcript(error), commands)
        case is CancellationError:
            self.init(code: "interrupted", "interrupted", exitCode: exitCode)
        case is QuitByUser:
            self.init(code: "step.quit", "stopped before this command, as you asked", exitCode: exitCode)
        case let error as SystemError:
            self.init(code: "system", "cannot continue: \(error)", exitCode: exitCode)
        default:
            self.init(code: "unexpected", "cannot continue: \(error)", exitCode: exitCode)
        }
    }

    /// The sentence and the hint as a person reads them, with the place where there are many commands.
    package func text(showingPlace: Bool) -> String { text(showingPlace: showingPlace, on: nil) { $0 } }

    /// - Parameters:
    ///   - screen: Lays out lines on a terminal; the excerpt is left as it is, for the mark below it.
    ///   - mask: Hides secrets.
    func text(showingPlace: Bool, on screen: ScreenText?, masking mask: (String) -> String) -> String {
        func lines(_ text: String, hang: Int) -> String {
            screen?.text(mask(text), hang: hang) ?? Copyable.unmarked(mask(text))
        }
        let place = showingPlace ? place.map { "\($0.file):\($0.line):\($0.column): " } ?? "" : ""
        var parts = [lines(place + sentence, hang: 2)]
        if let excerpt { parts.append(mask(excerpt)) }
        if let hint { parts.append(lines("    hint: " + Self.markingCommand(in: hint), hang: 6)) }
        if !tried.isEmpty { parts += ["    tried:"] + tried.map { lines("      \($0)", hang: 8) } }
        return parts.joined(separator: "\n")
    }

    /// A hint with its command marked, where it ends in one.
    private static func markingCommand(in hint: String) -> String {
        let starts = ["write: ", ": snapsh ", ": !"].compactMap { lead -> String.Index? in
            guard let range = hint.firstRange(of: lead) else { return nil }
            return hint.index(range.lowerBound, offsetBy: lead == "write: " ? lead.count : 2)
        }
        // What shows the form of a command is no line to copy.
        guard let start = starts.min(), !hint.contains("\n"), !hint[start...].contains("[") else { return hint }
        return hint[..<start] + Copyable.marked(String(hint[start...]))
    }

    /// The same with a hint whose lines work at another place than the prompt.
    func standing(at offers: Offers) -> FailureMessage {
        var message = self
        message.hint =
            if let step {
                naming(parameters, before: step.text(sources, offers).printableLines)
            } else {
                hint.map(offers.namingHelp(in:))
            }
        return message
    }

    /// A hint that says first which parameters are to be given, where there are some.
    private func naming(_ parameters: [String], before hint: String?) -> String? {
        if parameters.isEmpty { return hint }
        let given =
            "it comes from what the script was given: " + parameters.map { "\($0)=VALUE" }.joined(separator: ", ")
        return [given, hint].compactMap(\.self).joined(separator: "; ")
    }
}

extension FailureMessage.Place: Equatable, CustomStringConvertible {
    init(_ command: BoundCommand) {
        self.init(command.span, in: command.source)
    }

    /// `recover.snapsh:4:1`.
    package var description: String { "\(file):\(line):\(column)" }

    init(_ span: Span, in source: SourceFile) {
        let (line, column) = source.position(at: span.start)
        self.init(file: source.name.printable, line: line, column: column)
    }
}

extension FailureMessage: Encodable {
    private enum CodingKeys: CodingKey {
        case kind, code, message, hint, tried, place, exit, time
    }

    /// `{"kind":"error","code":…,"message":…,"hint":…,"place":{"file":…,"line":…,"column":…},"exit":…}`; the hint and
    /// the place, and `tried`, only where there are any.
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode("error", forKey: .kind)
        try fields.encode(code, forKey: .code)
        try fields.encode(sentence, forKey: .message)
        try fields.encodeIfPresent(hint, forKey: .hint)
        if !tried.isEmpty { try fields.encode(tried, forKey: .tried) }
        try fields.encodeIfPresent(place, forKey: .place)
        try fields.encode(exitCode.rawValue, forKey: .exit)
        try fields.encodeIfPresent(time, forKey: .time)
    }
}

extension String {
    /// The sentence without what leads to a name or a reason that is empty: servers give empty ones, too.
    var withoutEmptyEnd: String {
        var text = self[...]
        while true {
            if text.hasSuffix(" ''") {
                text = text.dropLast(3)
            } else if let last = text.last, " :;,".contains(last) {
                text = text.dropLast()
            } else {
                return String(text)
            }
        }
    }
}
