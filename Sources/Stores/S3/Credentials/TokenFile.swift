import Text

/// A file with nothing but a token in it.
enum TokenFile {
    /// - Returns: The token, without blanks and line ends around it.
    static func token(in name: String, home: String?) throws(ProviderError) -> String {
        let text: String?
        do {
            text = try SmallFile.path(name, home: home)
                .flatMap { path throws(SmallFileError) in try SmallFile.text(of: path) }
        } catch {
            throw .broken("cannot read the token in \(name): \(error.reason)")
        }
        guard let text else { throw .broken("cannot read the token in \(name): there is no such file") }
        return String(text.trimmed)
    }
}
