import Backups
import Language

/// The words of a command that decrypts, as they were given. No shell reads them.
struct DecryptionWords: Sendable {
    private let words: [Word]

    /// - Throws: `UsageError`.
    init(_ text: String) throws(UsageError) {
        do throws(Diagnostic) {
            words = try Word.words(of: text)
        } catch {
            throw UsageError(error.message, hint: error.hint)
        }
        if words.isEmpty { throw UsageError("a command can't be empty", hint: "write: --decrypt 'age -d -i key.txt'") }
    }

    /// - Parameter home: What a `~` stands for.
    func command(home: String?) -> DecryptionCommand {
        DecryptionCommand(words: words.map { $0.text(home: home) { _ in .unset } ?? "" })
    }

    fileprivate func line(home: String?) -> String {
        command(home: home).words.map { PathText.shellQuoted($0) }.joined(separator: " ")
    }
}

extension ValueKind where Value == DecryptionWords {
    static var decryption: ValueKind { ValueKind("a command") { text throws(UsageError) in try DecryptionWords(text) } }
}

extension Session {
    /// The words as they can be typed in a shell, without secrets.
    func line(of words: DecryptionWords) -> String {
        dependencies.commands.secretLine.masking(words.line(home: dependencies.home))
    }

    /// What decodes packed backups and, where a command is given, encrypted ones.
    func codecs(decryptingWith words: DecryptionWords?) -> [any Codec] {
        guard let words else { return dependencies.codecs }
        return dependencies.codecs.decrypting(with: words.command(home: dependencies.home))
    }
}
