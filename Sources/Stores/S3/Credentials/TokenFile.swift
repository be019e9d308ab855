import Blocking
import Text

/// A file with nothing but a token in it.
enum TokenFile {
    /// - Returns: The token, without blanks and line ends around it.
    /// - Throws: `ProviderError.broken` where it can't be read, and `CancellationError`.
    static func token(in name: String, home: String?) async throws -> String {
        let text: String?
        do {
            if let path = SmallFile.path(name, home: home) {
                text = try await BlockingWork.smallFile(at: path) { try SmallFile.text(of: path) }
            } else {
                text = nil
            }
        } catch let error as SmallFileError {
            throw ProviderError.broken("cannot read the token in \(name): \(error.reason)")
        } catch let error as NotAnswering {
            throw ProviderError.broken("cannot read the token in \(name): \(error)")
        }
        guard let text else { throw ProviderError.broken("cannot read the token in \(name): there is no such file") }
        return String(text.trimmed)
    }
}
