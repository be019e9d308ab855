import Language

extension Request {
    /// Reads the command line: flags and words in any order, after `--` words only. All that follows the name of a command
    /// is that command's.
    ///
    /// - Parameters:
    ///   - arguments: The command line without the program's name.
    ///   - commands: The first words of the commands that there are.
    /// - Throws: `CommandLineReply` if there is something to print instead: help, the version, a mistake.
    init(
        _ arguments: some Collection<String>,
        commands: [String],
        hasTerminal: Bool
    ) throws(CommandLineReply) {
        var words: [(text: String, isOption: Bool)] = []
        var text: String?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if text == nil, words.isEmpty, commands.contains(argument) {
                if pinFile != nil { throw .mistake("'--pin' is for a script, and '\(argument)' is a command.") }
                try requireThatFlagsFit()
                readCommand(argument, Array(rest))
                return
            }
            switch argument {
            case "-c":
                guard text == nil else { throw .mistake("'-c' is given twice.") }
                guard let next = rest.popFirst() else { throw .mistake("Missing value for '-c <TEXT>'.") }
                text = next
            case "--check": checksOnly = true
            case "--sarif": printsSARIF = true
            case "--confirmed":
                guard let next = rest.popFirst() else { throw .mistake("Missing value for '--confirmed <TEXT>'.") }
                confirmed.append(next)
            case "--params":
                guard parameterFile == nil else { throw .mistake("'--params' is given twice.") }
                guard let next = rest.popFirst() else { throw .mistake("Missing value for '--params <FILE>'.") }
                parameterFile = next
            case "--dry-run": isDryRun = true
            case "--pin":
                guard pinFile == nil else { throw .mistake("'--pin' is given twice.") }
                guard let next = rest.popFirst() else { throw .mistake("Missing value for '--pin <FILE>'.") }
                pinFile = next
            case "--step": asksAtEachStep = true
            case "--transcript":
                guard transcript == nil else { throw .mistake("'--transcript' is given twice.") }
                guard let next = rest.popFirst() else { throw .mistake("Missing value for '--transcript <FILE>'.") }
                transcript = next
            case "--json": printsJSON = true
            case "--quiet": isQuiet = true
            case "--version": throw .data("snapsh \(Version.current)")
            case "-h", "--help": asksForHelp = true
            case "--":
                words += rest.map { ($0, false) }
                rest = rest[rest.endIndex...]
            default:
                let isOption = argument.hasPrefix("-") && argument != "-"
                // An option after a script may be meant for that.
                if isOption, text == nil, words.isEmpty {
                    let meant = Suggestion.nearest(to: argument, among: Self.optionNames)
                    throw .mistake("Unknown option '\(argument)'.\(meant.map { " Did you mean '\($0)'?" } ?? "")")
                }
                words.append((argument, isOption))
            }
        }
        if asksForHelp, text == nil, words.isEmpty { throw .data(CommandLineHelp.text) }
        try requireThatFlagsFit()
        try read(text, words[...], hasTerminal: hasTerminal)
    }

    /// The options of the program, for what was mistyped.
    static let optionNames = [
        "--check", "--sarif", "--confirmed", "--params", "--dry-run", "--pin", "--step", "--transcript", "--json",
        "--quiet",
        "--version", "--help",
    ]

    /// Of a script and of a command.
    private func requireThatFlagsFit() throws(CommandLineReply) {
        if printsSARIF, !checksOnly {
            throw .mistake("'--sarif' is for a check: write 'snapsh --check --sarif FILE …'.")
        }
        if isDryRun, checksOnly || asksAtEachStep {
            throw .mistake("'\(checksOnly ? "--check" : "--step")' and '--dry-run' can't be used together.")
        }
        if pinFile != nil, !isDryRun { throw .mistake("'--pin' goes with '--dry-run'.") }
    }

    /// The words of a command, without the flags that hold on either side of its name.
    private mutating func readCommand(_ name: String, _ words: [String]) {
        let own = words.prefix { $0 != "--" }
        if own.contains("--json") { printsJSON = true }
        if own.contains("--quiet") { isQuiet = true }
        if asksForHelp || own.contains("--help") || own.contains("-h") {
            // The command prints it: the program's own help is not asked for.
            asksForHelp = false
            script = .command(["help", name])
            return
        }
        script = .command([name] + own.filter { !["--json", "--quiet"].contains($0) } + words.dropFirst(own.count))
    }

    /// One of the options that are given and make sense for a script only, as it is written.
    private var optionForScripts: String? {
        if isDryRun { return "--dry-run" }
        if asksAtEachStep { return "--step" }
        if parameterFile != nil { return "--params FILE" }
        return confirmed.isEmpty ? nil : "--confirmed TEXT"
    }

    /// The script to run, and the values of its parameters.
    private mutating func read(
        _ text: String?,
        _ words: ArraySlice<(text: String, isOption: Bool)>,
        hasTerminal: Bool
    ) throws(CommandLineReply) {
        var words = words
        if let text {
            script = .text(text)
        } else if let file = words.popFirst() {
            script = Script(word: file.text)
        } else if !hasTerminal {
            script = .standardInput
        } else if checksOnly {
            throw .mistake("There is no script to check: name one, as in 'snapsh --check FILE'.")
        } else if let option = optionForScripts {
            throw .mistake("'\(option)' is for a script: name one, as in 'snapsh \(option) SCRIPT'.")
        }
        for (word, isOption) in words {
            if checksOnly, isOption { throw .mistake("Unknown option '\(word)'.") }
            if checksOnly, !word.contains("="), text == nil {
                let further = Script(word: word)
                // It can be read once.
                if further == .standardInput, ([script] + furtherScripts).contains(further) {
                    throw .mistake("'-' is given twice.")
                }
                furtherScripts.append(further)
                continue
            }
            guard !isOption, let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                unreadWords.append(word)
                continue
            }
            let name = String(word[..<equals])
            guard parameters.updateValue(String(word[word.index(after: equals)...]), forKey: name) == nil else {
                throw .mistake("'\(name)' is given twice.")
            }
        }
    }
}

/// The program's reply to the command line itself.
struct CommandLineReply: Error {
    var text: String
    /// What is wrong with the command line, as a sentence; `nil` if nothing is.
    var mistake: String?
    /// The usage of the command line.
    static var hint: String { "\(CommandLineHelp.usage)\n  See 'snapsh --help' for more information." }

    fileprivate static func data(_ text: String) -> CommandLineReply { .init(text: text) }

    fileprivate static func mistake(_ sentence: String) -> CommandLineReply {
        .init(text: "Error: \(sentence)\n\(hint)", mistake: sentence)
    }
}
