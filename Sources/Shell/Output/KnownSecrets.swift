import Text

/// The values that a session knows to be secret: wherever one would be written, in whatever form, `***` stands instead.
struct KnownSecrets: Sendable {
    private var secrets: [SecretForms] = []

    mutating func add(_ secret: some StringProtocol) {
        // Most texts are made printable before they come here.
        for form in [String(secret), String(secret).printable] {
            let bytes = Array(form.utf8)
            guard bytes.count >= SecretForms.minByteCount, !secrets.contains(where: { $0.secret == bytes }) else {
                continue
            }
            secrets.append(SecretForms(bytes))
        }
    }

    /// Adds a header such as `Authorization: Bearer TOKEN`: the whole value, and the token alone.
    mutating func add(header: String) {
        let value = header.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } } ?? ""
        add(header)
        add(value)
        if let token = value.split(separator: " ").last { add(token) }
    }

    func masking(_ text: String) -> String {
        if secrets.isEmpty { return text }
        let bytes = Array(text.utf8)
        return SecretText.masking(text, SecretText.merged(secrets.flatMap { $0.ranges(in: bytes) }))
    }
}
