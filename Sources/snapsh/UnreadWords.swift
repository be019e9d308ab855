import Language
import Shell
import Text

/// What follows a script on the command line and is no value for a parameter: `foo`, `--cluster foo`. What it was meant
/// to be, the parameters of the script say.
struct UnreadWords {
    let words: [String]
    /// The names that have a value.
    let given: Set<String>

    /// What is said to it.
    ///
    /// - Parameters:
    ///   - script: What runs the script on the command line.
    ///   - parameters: Those of the script.
    func message(script: String, _ parameters: [ScriptParameter]) -> FailureMessage {
        let word = words.first ?? ""
        let sentence =
            word.hasPrefix("-")
            ? "snapsh has no option '\(optionName(word))'"
            : "'\(word.printable)' is not a value for a parameter: write NAME=VALUE"
        return FailureMessage(
            code: "command-line",
            sentence,
            hint: nearestOption(to: word, parameters).map { "did you mean '\($0)'?" }
                ?? "write: " + line(script, parameters),
            exitCode: .mistake
        )
    }

    private func optionName(_ word: String) -> String { String(word.prefix { $0 != "=" }) }

    private func nearestOption(to word: String, _ parameters: [ScriptParameter]) -> String? {
        let name = optionName(word)
        if !name.hasPrefix("--") || parameters.contains(where: { "--\($0.name)" == name }) { return nil }
        return Suggestion.nearest(to: name, among: Request.optionNames)
    }

    /// The command line with the values where they belong, as far as that is certain.
    private func line(_ script: String, _ parameters: [ScriptParameter]) -> String {
        var values = namedValues(parameters)
        let missing = parameters.filter { $0.defaultText == nil && !$0.isSecret && !given.contains($0.name) }
        if values.isEmpty, words.count == 1, !words[0].hasPrefix("-"), missing.count == 1 {
            values[missing[0].name] = words[0]
        }
        let shown = parameters.filter { !given.contains($0.name) }.map { parameter in
            guard let value = values[parameter.name], !parameter.isSecret, !SecretName.isSecret(parameter.name.utf8)
            else {
                return parameter.usage
            }
            return "\(parameter.name)=\(Word.shown(value))"
        }
        return (["snapsh", script] + shown).joined(separator: " ")
    }

    /// The values that were written as those of options.
    private func namedValues(_ parameters: [ScriptParameter]) -> [String: String] {
        var values: [String: String] = [:]
        for (index, word) in words.enumerated() where word.hasPrefix("--") {
            let name = optionName(word)
            let key = String(name.dropFirst(2))
            guard parameters.contains(where: { $0.name == key }) else { continue }
            let next = index + 1 < words.count && !words[index + 1].hasPrefix("-") ? words[index + 1] : nil
            values[key] = name == word ? next : String(word.dropFirst(name.count + 1))
        }
        return values
    }
}
