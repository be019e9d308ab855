import Blocking
import Text

/// A parameter's value, and where it was given.
package struct ParameterValue: Sendable, Equatable {
    package let text: String
    package let origin: Origin

    package enum Origin: Sendable, Equatable {
        /// On the command line, where others on this machine see it.
        case word
        /// The whole content of a file.
        case file(String)
        /// One of the values in a file of parameters.
        case entry(String)
        /// A variable of the environment.
        case environment(String)
        /// Typed at the terminal.
        case terminal
    }

    package init(_ text: String, from origin: Origin) {
        self.text = text
        self.origin = origin
    }

    /// The value that a word of the command line gives. A file may be a pipe, which is written to whenever its other end
    /// likes.
    ///
    /// - Parameter word: What stands after `NAME=`: `TEXT`, `@FILE`, or `@@TEXT` for a text that begins with `@`.
    /// - Throws: `ParameterError` where the file can't be read.
    static func given(_ word: String, of name: String) async throws(ParameterError) -> ParameterValue {
        guard word.hasPrefix("@") else { return ParameterValue(word, from: .word) }
        let rest = String(word.dropFirst())
        if rest.hasPrefix("@") { return ParameterValue(rest, from: .word) }
        do throws(ContentProblem) {
            if rest.isEmpty { throw .notNamed }
            let content = try await ValueFile.read(rest)
            return ParameterValue(try content.value(), from: .file(rest))
        } catch {
            throw .unreadableValue(name, file: rest, reason: error.reason)
        }
    }

    /// Refuses what can be no password and no token.
    ///
    /// - Throws: `ParameterError` where it has several lines or a control character.
    package func requireOneLine(of name: String) throws(ParameterError) {
        let isControl = { (byte: UInt8) in byte < 0x20 || byte == 0x7F }
        guard text.utf8.contains(where: isControl) else { return }
        let hasLines = text.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        throw .notOneLine(name, origin, hasLines: hasLines)
    }
}
