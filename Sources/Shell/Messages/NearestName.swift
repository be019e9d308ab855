import Blocking
import Language
import Text

/// What a word of the command line was meant to be that is no command, and no script that can be read.
package enum NearestName {
    /// Why it is none, with the nearest command and the nearest file beside it, or the line for what it is.
    ///
    /// - Parameters:
    ///   - rest: What follows on the command line, and is of no use to a script.
    ///   - error: Why it can't be read.
    package static func message(
        for word: String,
        _ rest: [String],
        _ error: ScriptFileError,
        _ commands: CommandTable
    ) async -> FailureMessage {
        let line = await line(for: word, error, commands)
        guard case .missing = error, line == nil else {
            return FailureMessage(code: error.code, error.description, hint: line, exitCode: .mistake)
        }
        let parts = PathParts(word)
        let isBare = parts.lead.isEmpty && !word.contains(".") && word.printable == word
        return FailureMessage(
            code: error.code,
            isBare ? "cannot run '\(word.printable)': it is neither a command nor a file" : error.description,
            hint: await hint(for: parts, [word] + rest, commands),
            exitCode: .mistake
        )
    }

    /// How what was given instead of a script is used: a folder, a place of a source, a large file.
    private static func line(for word: String, _ error: ScriptFileError, _ commands: CommandTable) async -> String? {
        switch error {
        case .missing:
            if let first = word.split(separator: " ").first, first.count < word.count,
                !commands.commands(named: String(first)).isEmpty
            {
                return "write: snapsh -c \(Word.quoted(word))"
            }
            guard let owner = commands.all.first(where: { $0.owns(word) }), word.contains("://") else { return nil }
            return "write: " + [.source].wholeRun(of: "ls", commands, using: "\(owner.name) \(Word.quoted(word))")
        case .unreadable:
            guard (try? await PathText.isFolder(word)) == true else { return error.hint }
            return "backups in a folder: "
                + [.source].wholeRun(of: "ls", commands, using: "use pv \(Word.quoted(word))")
        case .tooLarge:
            let status = "what is in a snapshot file is shown by: snapsh status \(Word.shown(word))"
            return [error.hint, status].compactMap(\.self).joined(separator: "; ")
        }
    }

    private static func hint(for parts: PathParts, _ words: [String], _ commands: CommandTable) async -> String {
        if words == ["version"] { return "write: snapsh --version" }
        if let line = HelpSubject.topicLine(for: words, commands) { return "write: snapsh \(line)" }
        let (folder, name) = (parts.lead, parts.name)
        let command = folder.isEmpty ? Suggestion.nearest(to: name, among: commands.firstWords) : nil
        let names = try? await BlockingWork.hurrying(.seconds(1)) {
            try await PathText.names(in: folder.isEmpty ? "." : folder, startingWith: "")
        }
        let files = (names ?? []).filter { !$0.isFolder && $0.name.printable == $0.name }.map(\.name)
        // The ending of a script is often left out.
        let script = files.first { $0 == "\(name).snapsh" }
        if script == nil, folder.isEmpty {
            if let line = await lineForScript(words) { return "write: \(line)" }
            if let line = lineInOtherWords(words, commands) { return "write: \(line)" }
            if case .absent(let sentence, let hint)? = ForeignWord.row(for: words)?.meaning {
                return "\(sentence); \(hint)"
            }
        }
        let file = script ?? Suggestion.nearest(to: name, among: files)
        switch (command, file) {
        // What follows is for a command.
        case (let command?, _) where words.count > 1:
            let line = ([command] + words.dropFirst().map { Word.shownArgument($0) }).joined(separator: " ")
            return "write: snapsh \(line)"
        case (let command?, let file?): return "did you mean the command '\(command)', or the file '\(file)'?"
        case (let command?, nil): return "did you mean the command '\(command)'?"
        case (nil, let file?): return "did you mean the file '\(folder)\(file)'?"
        case (nil, nil):
            return folder.isEmpty ? "'snapsh help' lists the commands" : "name a script that is there"
        }
    }

    /// The line for a script whose name follows what is to be done with it: `run x.snapsh`, `check x.snapsh`.
    private static func lineForScript(_ words: [String]) async -> String? {
        guard words.count > 1, case .command(let name, _)? = ForeignWord.row(for: words)?.meaning else { return nil }
        let rest = words.dropFirst().map { Word.shownArgument($0) }.joined(separator: " ")
        switch name {
        case CommandDeclaration.source.name: return "snapsh \(rest)"
        case CommandDeclaration.verify.name: return await isScript(words[1]) ? "snapsh --check \(rest)" : nil
        default: return nil
        }
    }

    /// Whether a file is a script, by its name or by how it begins.
    private static func isScript(_ path: String) async -> Bool {
        if path.isScriptName { return true }
        let source = try? await BlockingWork.hurrying(.seconds(1)) {
            try await BlockingWork.run(at: Place(folderOf: path)) { try ScriptFile.read(path) }
        }
        return source?.bytes.starts(with: "#!".utf8) == true
    }

    /// The line for words of other tools.
    private static func lineInOtherWords(_ words: [String], _ commands: CommandTable) -> String? {
        if let command = commands.commands(named: words[0]).first { return "snapsh \(command.name)" }
        let script = Script(words: words, name: "", shown: Word.shownArgument)
        guard let command = script.chains.first?.first,
            let line = ForeignWord.line(for: command, in: script.source, commands)
        else { return nil }
        let isChain = line.text.contains("; ")
        return isChain ? "snapsh -c \(Word.quoted(line.text))" : line.needs.wholeRun(of: line.text, commands)
    }
}
