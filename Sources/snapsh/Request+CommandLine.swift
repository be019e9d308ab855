import Language
import Shell

extension Request {
    /// Reads the command line: flags and words in any order, after `--` words only. All that follows the name of a
    /// command is that command's.
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
                if pinFile != nil { throw .mistake("'--pin' is for a script, and '\(argument)' is a command") }
                try requireThatFlagsFit()
                readCommand(argument, Array(rest))
                return
            }
            switch argument {
            case "-c":
                guard text == nil else { throw .mistake("'-c' is given twice") }
                guard let next = rest.popFirst() else { throw .mistake("missing value for '-c <TEXT>'") }
                text = next
            case "--check": checksOnly = true
            case "--sarif": printsSARIF = true
            case "--confirmed":
                guard let next = rest.popFirst() else { throw .mistake("missing value for '--confirmed <TEXT>'") }
                confirmed.append(next)
            case "--params":
                guard parameterFile == nil else { throw .mistake("'--params' is given twice") }
                guard let next = rest.popFirst() else { throw .mistake("missing value for '--params <FILE>'") }
                parameterFile = next
            case "--dry-run": isDryRun = true
            case "--pin":
                guard pinFile == nil else { throw .mistake("'--pin' is given twice") }
                guard let next = rest.popFirst() else { throw .mistake("missing value for '--pin <FILE>'") }
                pinFile = next
            case "--step": asksAtEachStep = true
            case "--transcript":
                guard transcript == nil else { throw .mistake("'--transcript' is given twice") }
                guard let next = rest.popFirst() else { throw .mistake("missing value for '--transcript <FILE>'") }
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
                    throw .unknownOption(argument)
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
            throw .mistake("'--sarif' is for a check", hint: "write: snapsh --check --sarif FILE …")
        }
        if isDryRun, checksOnly || asksAtEachStep {
            throw .mistake("'\(checksOnly ? "--check" : "--step")' and '--dry-run' can't be used together")
        }
        if pinFile != nil, !isDryRun { throw .mistake("'--pin' goes with '--dry-run'") }
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
            throw .mistake("there is no script to check", hint: "name one: snapsh --check FILE")
        } else if let option = optionForScripts {
            throw .mistake("'\(option)' is for a script", hint: "name one: snapsh \(option) FILE")
        }
        for (word, isOption) in words {
            if checksOnly, isOption { throw .unknownOption(word) }
            if checksOnly, !word.contains("="), text == nil {
                let further = Script(word: word)
                // It can be read once.
                if further == .standardInput, ([script] + furtherScripts).contains(further) {
                    throw .mistake("'-' is given twice")
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
                throw .mistake("'\(name)' is given twice")
            }
        }
    }
}

/// The program's reply to the command line itself.
struct CommandLineReply: Error {
    /// What was asked for; `nil` where something is wrong with the command line.
    var text: String?
    var mistake: FailureMessage?

    fileprivate static func data(_ text: String) -> CommandLineReply { .init(text: text) }

    fileprivate static func mistake(
        _ sentence: String,
        hint: String = "'snapsh --help' explains the command line"
    ) -> CommandLineReply {
        .init(mistake: FailureMessage(code: "command-line", sentence, hint: hint, exitCode: .mistake))
    }

    fileprivate static func unknownOption(_ word: String) -> CommandLineReply {
        let name = String(word.prefix { $0 != "=" })
        let meant = optionsElsewhere[name] ?? Suggestion.nearest(to: name, among: Request.optionNames).map { "'\($0)'" }
        return mistake(
            "snapsh has no option '\(name)'",
            hint: meant.map { "did you mean \($0)?" } ?? "'snapsh --help' lists those that it has"
        )
    }

    /// What options are here that other tools have.
    private static let optionsElsewhere = [
        "-n": "'--check', which only looks at a script, or '--dry-run', which also asks the sources",
        "-q": "'--quiet'", "-s": "'--quiet'", "-v": "'--version'", "-V": "'--version'", "-j": "'--json'",
        "-x": "'--step', which asks before each command", "-e": "'-c TEXT'", "-p": "'--params FILE'",
        "-y": "'--confirmed TEXT'", "--yes": "'--confirmed TEXT'", "--lint": "'--check'", "--validate": "'--check'",
        "--syntax-check": "'--check'", "--output": "'--json'", "-o": "'--json'",
    ]
}
