import Crypto

/// What a client must show to be answered. It is printed nowhere.
public struct Token: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// So many characters can't be guessed by asking.
    public static let leastCount = 16

    /// Kept instead of the token: two digests take the same time to compare, whatever is in them.
    private let digest: SHA256.Digest

    /// - Returns: `nil` for what is too short, or what no header can carry.
    public init?(_ text: String) {
        guard text.utf8.count >= Self.leastCount, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        digest = SHA256.hash(data: Array(text.utf8))
    }

    /// Whether the header `Authorization` shows it (RFC 6750, section 2.1).
    func isShown(by authorization: String?) -> Bool {
        guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return false }
        return SHA256.hash(data: Array(parts[1].utf8)) == digest
    }

    public var description: String { "a token" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
