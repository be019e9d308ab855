/// Every command, in the order that `help` shows them.
package enum CommandTable {
    package static let all: [CommandDeclaration] = [
        .use, .useService, .useS3, .usePV, .clusters, .cluster, .target, .ls, .pick, .info, .get, .verify, .status,
        .keys, .diff, .hashkv, .restore, .serve,
        .expect, .param, .set, .echo, .source,
        .help, .history, .exit, .shellEscape,
    ]

    /// The first words of all commands, each once.
    static let firstWords: [String] = all.map { $0.words[0] }.reduce(into: []) { names, name in
        if !names.contains(name) { names.append(name) }
    }

    private static let byFirstWord = Dictionary(grouping: all) { $0.words[0] }

    /// The commands that begin with a word: `use` and `use pv` for `use`.
    static func commands(named word: String) -> [CommandDeclaration] {
        byFirstWord[word] ?? []
    }
}
