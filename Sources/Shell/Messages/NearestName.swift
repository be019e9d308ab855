import Blocking
import Language
import Text

/// What a word of the command line was meant to be that is neither a command nor a file.
package enum NearestName {
    /// That there is none of that name, with the nearest command and the nearest file beside it, or how to see what there is.
    ///
    /// - Parameter rest: What follows on the command line, and is of no use to a script.
    package static func message(
        for word: String,
        _ rest: [String],
        _ error: ScriptFileError,
        _ commands: CommandTable
    ) async -> FailureMessage {
        let parts = PathParts(word)
        let isBare = parts.lead.isEmpty && !word.contains(".") && word.printable == word
        return FailureMessage(
            code: error.code,
            isBare ? "cannot run '\(word.printable)': it is neither a command nor a file" : error.description,
            hint: await hint(for: parts, [word] + rest, commands),
            exitCode: .mistake
        )
    }

    private static func hint(for parts: PathParts, _ words: [String], _ commands: CommandTable) async -> String {
        let (folder, name) = (parts.lead, parts.name)
        let command = folder.isEmpty ? Suggestion.nearest(to: name, among: commands.firstWords) : nil
        let names = try? await BlockingWork.hurrying(.seconds(1)) {
            try await PathText.names(in: folder.isEmpty ? "." : folder, startingWith: "")
        }
        let files = (names ?? []).filter { !$0.isFolder && $0.name.printable == $0.name }.map(\.name)
        // The ending of a script is often left out.
        let script = files.first { $0 == "\(name).snapsh" }
        if script == nil, folder.isEmpty, let line = lineInOtherWords(words, commands) { return "write: \(line)" }
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
