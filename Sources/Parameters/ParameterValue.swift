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

    /// The value that a word of the command line gives. A file may be a pipe, which is written to whenever its other
    /// end likes.
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
    /// - Throws: `ParameterError.unusableSecret`.
    package func requireSecret(of name: String) throws(ParameterError) {
        if let problem = SecretProblem(of: text) { throw .unusableSecret(name, origin, problem) }
    }
}
