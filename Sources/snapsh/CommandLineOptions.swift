import ArgumentParser

/// What can be said on the command line.
struct CommandLineOptions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapsh",
        abstract: "Finds, lists, picks, downloads and verifies the backups of etcd clusters.",
        usage: """
            snapsh                          a prompt
            snapsh FILE [NAME=VALUE …]      runs a script
            snapsh -c 'TEXT' [NAME=VALUE …] runs a text
            snapsh < FILE                   runs standard input
            """,
        discussion: """
            At the prompt, 'help' lists the commands. A script is checked as a whole before \
            any of it runs; it stops at the first command that fails. Exit codes: 0 fine, \
            1 a command failed, 2 the script or the command line is wrong, 3 an 'expect' did \
            not hold, 4 no such cluster, backup or file, 5 not a sound snapshot, 6 a source \
            can't be reached, 130 interrupted.
            """,
        version: "snapsh \(Version.current)"
    )

    @Option(name: .customShort("c"), help: ArgumentHelp("Run this text as a script.", valueName: "TEXT"))
    var text: String?

    @Flag(help: "Parse and check the script, and run nothing.")
    var check = false

    @Flag(help: "Print listings and results as JSON, one object a line.")
    var json = false

    @Flag(help: "Leave out notes and what commands did; listings, warnings and errors stay.")
    var quiet = false

    @Argument(
        help: ArgumentHelp(
            "A script, '-' for standard input, and values for the script's parameters; NAME=@FILE reads one from a file.",
            valueName: "FILE"
        )
    )
    var words: [String] = []
}

extension Request {
    /// - Parameter arguments: The command line without the program's name; the process's own where none is given.
    /// - Throws: `CommandLineReply` where there is something to say instead: help, the version, a mistake.
    init(_ arguments: [String]? = nil, hasTerminal: Bool) throws(CommandLineReply) {
        do {
            try self.init(CommandLineOptions.parse(arguments), hasTerminal: hasTerminal)
        } catch {
            throw CommandLineReply(
                text: CommandLineOptions.fullMessage(for: error),
                isMistake: !CommandLineOptions.exitCode(for: error).isSuccess
            )
        }
    }

    private init(_ options: CommandLineOptions, hasTerminal: Bool) throws(ValidationError) {
        checksOnly = options.check
        printsJSON = options.json
        isQuiet = options.quiet
        var words = options.words[...]
        if let text = options.text {
            script = .text(text)
        } else if let file = words.popFirst() {
            script = file == "-" ? .standardInput : .file(file)
        } else if !hasTerminal {
            script = .standardInput
        } else if options.check {
            throw ValidationError("There is no script to check: name one, as in 'snapsh --check FILE'.")
        }
        for word in words {
            guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                throw ValidationError("'\(word)' is not a value for a parameter: write NAME=VALUE.")
            }
            let name = String(word[..<equals])
            guard parameters.updateValue(String(word[word.index(after: equals)...]), forKey: name) == nil else {
                throw ValidationError("'\(name)' is given twice.")
            }
        }
    }
}

/// What the command line itself is answered with.
struct CommandLineReply: Error {
    var text: String
    var isMistake: Bool
}

/// The program's own version.
enum Version {
    static let current = "0.1.0"
}
