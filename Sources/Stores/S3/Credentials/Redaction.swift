import Text

extension String {
    /// What someone else wrote, on one line, with everything hidden that looks secret, and of that no more than the
    /// last 300 characters.
    var withoutSecrets: String {
        let words = split { $0.isWhitespace }.joined(separator: " ")
        return String(SecretText.maskingTokens(words).suffix(300)).printable
    }
}
