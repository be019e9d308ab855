import Text

/// The values that a session knows to be secret: wherever one would be written, `***` stands instead.
struct KnownSecrets: Sendable {
    private var texts: Set<String> = []
    /// A shorter one would be found in ordinary words.
    private static let leastByteCount = 4

    /// Takes a value, and of a header such as `Authorization: Bearer TOKEN` what is sent and the token alone.
    mutating func add(_ secret: String) {
        let value = secret.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } } ?? ""
        let token = value.split(separator: " ").last ?? ""
        for text in [secret[...], value, token] where text.utf8.count >= Self.leastByteCount {
            texts.insert(String(text))
        }
    }

    func masking(_ text: String) -> String {
        // The longest first: one may be a part of another.
        texts.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { $0.replacing($1, with: SecretText.mask) }
    }
}
