import Backups

extension String {
    /// What someone else wrote, on one line, with everything hidden that looks like a secret key or a token, and of
    /// that no more than the last 300 characters.
    var withoutSecrets: String {
        let words = split { $0.isWhitespace }.joined(separator: " ")
        // Base64, plain or as URLs have it. Roles, paths and hosts are neither, or shorter, or in small letters.
        let hidden = words.replacing(/[A-Za-z0-9+\/=]{40,}|[A-Za-z0-9_.\-]{40,}/) { match in
            let text = match.output
            let isRandom = text.contains(where: \.isNumber) && text.contains(where: \.isUppercase)
            return isRandom && text.contains(where: \.isLowercase) ? "(hidden)" : String(text)
        }
        return String(hidden.suffix(300)).printable
    }
}
