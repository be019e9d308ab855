import Language

/// A word that other tools and shells have for a command, and what is said where someone types it here.
///
/// What is taken as it is stands in the declarations, as their other words. All else is a row of this table.
struct ForeignWord: Sendable {
    /// The first words of a line, as they are typed there: `snapshot status`.
    let words: [String]
    let meaning: Meaning

    enum Meaning: Sendable, Equatable {
        /// A command here, which takes the words that follow.
        ///
        /// - Parameter alone: The command that is meant where no word follows.
        case command(String, alone: String? = nil)
        /// A program of the system.
        case program
        /// What snapsh does not have or do, and the way to it.
        case absent(String, hint: String)
        /// A part of something that is absent, which was reported where it begins.
        case part(of: String)
    }

    init(_ words: String, _ meaning: Meaning) {
        self.words = words.split(separator: " ").map(String.init)
        self.meaning = meaning
    }

    static let all: [ForeignWord] =
        named("list backups snapshots dir ll", .command("ls"))
        + named("download fetch pull copy", .command("get"))
        + named("show inspect describe stat", .command("status", alone: "info"))
        + named("check validate test", .command("verify"))
        + named("select choose", .command("pick"))
        + named("latest newest", .command("pick max"))
        + named("connect open", .command("use"))
        + named("compare cmp", .command("diff"))
        + named("hash", .command("hashkv"))
        + named("run include import .", .command("source"))
        + named("export let var", .command("set"))
        + named("print printf", .command("echo"))
        + named("assert [ [[", .command("expect"))
        + named("return", .command("exit"))
        + ["find backups", "find clusters", "search", "locate", "discover"].map { ForeignWord($0, searchesNothing) }
        + ["list clusters", "show clusters"].map { ForeignWord($0, .command("clusters")) }
        + ["list backups", "show backups"].map { ForeignWord($0, .command("ls")) }
        + ["", "etcdctl ", "etcdutl "].flatMap { tool in
            [
                ForeignWord(tool + "snapshot status", .command("status")),
                ForeignWord(tool + "snapshot restore", .command("restore")),
                ForeignWord(tool + "snapshot save", makesNoBackup),
            ]
        }
        + [ForeignWord("etcdutl hashkv", .command("hashkv"))]
        + ["aws s3", "aws s3api", "s3cmd", "s5cmd", "mc ls", "mc cp", "rclone"].map { ForeignWord($0, readsBuckets) }
        + named("save backup", makesNoBackup)
        + named("delete remove prune", .absent("snapsh deletes no backup", hint: "'help' lists what it does"))
        + named("upload put push", .absent("snapsh writes into no source", hint: "'help' lists what it does"))
        + named(
            "for while until foreach",
            .absent(
                "there are no loops",
                hint: "let a shell repeat the script: for name in a b; do snapsh FILE cluster=$name; done"
            )
        )
        + named("do done", .part(of: "for"))
        + named(
            "if case switch",
            .absent(
                "there are no conditions but '&&' and '||'",
                hint: "as in: expect pick.age < 24h && get out.db || echo 'too old'"
            )
        )
        + named("then else elif fi esac", .part(of: "if"))
        + named(
            "function def",
            .absent("there are no functions", hint: "put the commands into a file, and write: source FILE")
        )
        + named(
            "cd pushd chdir",
            .absent(
                "snapsh stays in the folder where it was started",
                hint: "write paths from there, or end it and start it in the other folder"
            )
        )
        + named("snapsh", .absent("this is snapsh already", hint: "leave its name out"))
        + named(
            "version",
            .absent("the prompt begins with the version", hint: "in the system's shell: snapsh --version")
        )
        + named(
            "aws awk bash cat chmod chown clear cp curl date df du etcd etcdctl etcdutl file find findmnt grep gunzip gzip"
                + " head journalctl kubectl less lsblk mkdir more mount mv nano ping ps pwd rm rsync scp sed sh"
                + " sha256sum sleep ssh sudo systemctl tail tar touch umount unzip vi vim wget",
            .program
        )

    private static let makesNoBackup = Meaning.absent(
        "snapsh makes no backup itself",
        hint: "of a live member: etcdctl snapshot save FILE; from the backup service: get --fresh"
    )

    private static let readsBuckets = Meaning.absent(
        "snapsh reads buckets itself",
        hint: "write: use s3 BUCKET/PREFIX; ls"
    )

    private static let searchesNothing = Meaning.absent(
        "snapsh looks for backups where you say",
        hint: "in the usual folders of this machine: use pv /; elsewhere: use pv DIR, or use s3 BUCKET; then: clusters"
    )

    private static func named(_ names: String, _ meaning: Meaning) -> [ForeignWord] {
        names.split(separator: " ").map { ForeignWord(String($0), meaning) }
    }

    /// Whether a command begins a loop, and so would set a variable.
    static func isLoop(_ name: String) -> Bool { row(for: [name])?.meaning == row(for: ["for"])?.meaning }

    private static let byFirstWord = Dictionary(grouping: all) { $0.words[0] }

    /// The row that fits most of the words of a line.
    static func row(for line: [String]) -> ForeignWord? {
        guard let first = line.first else { return nil }
        return byFirstWord[first]?.filter { line.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    }
}

extension ForeignWord {
    /// The name of the command that a line in other words means.
    static func name(meantBy command: Command) -> String? {
        let words = command.leadingWords
        guard let row = row(for: words), case .command(let name, let alone) = row.meaning else { return nil }
        return command.arguments.count < row.words.count ? alone ?? name : name
    }

    /// What to type for a command in other words, with the words that follow it where the command takes them, and what
    /// that needs first.
    static func line(
        for command: Command,
        in source: SourceFile,
        _ commands: CommandTable
    ) -> (text: String, needs: [Need])? {
        guard let row = row(for: command.leadingWords), let name = name(meantBy: command) else { return nil }
        if let remote = command.leadingWords.lazy.compactMap({ RemoteFile($0) }).first { return (remote.line, []) }
        let arguments = command.arguments.dropFirst(row.words.count - 1)
        var meant = command
        let names = name.split(separator: " ").map(String.init)
        meant.name = names[0]
        meant.arguments = names.dropFirst().map { .word(Word($0, command.nameSpan)) } + arguments
        var binder = Binder(source, commands, isTyped: false)
        guard let bound = binder.bind(meant) else {
            let declaration = commands.commands(named: name).first
            return (declaration?.briefUsage ?? name, declaration?.needs ?? [])
        }
        guard let first = arguments.first else { return (name, bound.declaration.needs) }
        let rest = source.bytes[first.span.start..<command.span.end]
        return (
            name + " " + commands.secretLine.masking(String(decoding: rest, as: UTF8.self)), bound.declaration.needs
        )
    }

    /// What is said to a command that there is not.
    struct Reply {
        var message: String
        var hint: String
        /// Whether it is about what the language does not have.
        var isOfLanguage = false
    }

    /// - Parameter isTyped: Whether it was typed at the prompt, where programs of the system can be run.
    static func answer(
        to command: Command,
        in source: SourceFile,
        _ commands: CommandTable,
        isTyped: Bool
    ) -> Reply {
        let unknown = "unknown command '\(command.name)'"
        if let script = command.scriptToCheck {
            let line = "snapsh --check \(Word.shown(script))"
            return Reply(message: unknown, hint: isTyped ? "write: !\(line)" : "in the system's shell: \(line)")
        }
        if let variable = EnvironmentVariable(setBy: command) { return variable.reply(isTyped: isTyped) }
        if let line = line(for: command, in: source, commands) {
            return Reply(message: unknown, hint: "write: \(line.text)")
        }
        switch row(for: command.leadingWords)?.meaning {
        case .absent(let sentence, let hint):
            return Reply(message: sentence, hint: hint, isOfLanguage: true)
        case .part(let whole):
            guard case .absent(let sentence, let hint)? = row(for: [whole])?.meaning else { break }
            return Reply(message: sentence, hint: hint, isOfLanguage: true)
        case .program:
            let text = String(decoding: source.bytes[command.span.start..<command.span.end], as: UTF8.self)
            return Reply(
                message: unknown,
                hint: isTyped
                    ? "write: !\(commands.secretLine.masking(text))"
                    : "a script runs no programs of the system: run it before snapsh, or after it"
            )
        case .command, nil: break
        }
        let hint =
            HelpSubject.topicLine(for: command.leadingWords, commands).map { "write: \($0)" }
            ?? Suggestion.hint(for: command.name, among: commands.firstWords) ?? hint(forUnknown: command, commands)
            ?? "'help' lists the commands"
        return Reply(message: unknown, hint: hint)
    }

    /// What was meant by a line that begins with an assignment or a file.
    private static func hint(forUnknown command: Command, _ commands: CommandTable) -> String? {
        let name = command.name
        if let assignment = Assignment(name) { return assignment.hint(CommandDeclaration.set.name, commands) }
        guard command.arguments.isEmpty else { return nil }
        if name.isScriptName || name.hasPrefix("./") { return "write: source \(Word.quoted(name))" }
        return name.hasSuffix(".db") ? "write: status \(Word.quoted(name))" : nil
    }
}

extension String {
    /// Whether a file of this name is a script.
    var isScriptName: Bool { hasSuffix(".snapsh") }
}

extension Command {
    /// The script after a word that elsewhere means to check it.
    fileprivate var scriptToCheck: String? {
        let words = leadingWords
        guard words.count == 2, words[1].isScriptName, ForeignWord.name(meantBy: self) == CommandDeclaration.verify.name
        else { return nil }
        return words[1]
    }

    /// Its name and the words after it, up to an option or a word with a variable.
    var leadingWords: [String] {
        [name]
            + arguments.lazy.map { if case .word(let word) = $0 { word.literal } else { nil } }.prefix { $0 != nil }
            .compactMap(\.self)
    }
}
