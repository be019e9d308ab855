extension SecretText {
    /// What someone else wrote, with `***` also for what looks like a secret key or a token.
    package static func maskingTokens(_ text: String) -> String {
        // Base64, plain or as URLs have it. Roles, paths and hosts are neither, or shorter, or in small letters.
        masking(text).replacing(/[A-Za-z0-9+\/=]{40,}|[A-Za-z0-9_.\-]{40,}/) { match in
            let text = match.output
            let isRandom = text.contains(where: \.isNumber) && text.contains(where: \.isUppercase)
            return isRandom && text.contains(where: \.isLowercase) ? mask[...] : text
        }
    }
}
