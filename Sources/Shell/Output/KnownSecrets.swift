import Text

/// The values that a session knows to be secret: wherever one would be written, `***` stands instead.
struct KnownSecrets: Sendable {
    /// In UTF-8, the longest first: one may be a part of another.
    private var secrets: [[UInt8]] = []
    /// A shorter one would be found in ordinary words.
    private static let minByteCount = 4

    mutating func add(_ secret: some StringProtocol) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= Self.minByteCount, !secrets.contains(bytes) else { return }
        secrets.append(bytes)
        secrets.sort { $0.count > $1.count }
    }

    /// Takes a header such as `Authorization: Bearer TOKEN`: what is sent, and the token alone.
    mutating func add(header: String) {
        let value = header.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } } ?? ""
        add(header)
        add(value)
        if let token = value.split(separator: " ").last { add(token) }
    }

    func masking(_ text: String) -> String {
        secrets.reduce(text) { $0.replacingBytes($1, with: SecretText.mask) }
    }
}

extension String {
    /// Byte by byte, whatever characters they are parts of.
    fileprivate func replacingBytes(_ bytes: [UInt8], with replacement: String) -> String {
        let all = Array(utf8)
        let ranges = all.ranges(of: bytes)
        if ranges.isEmpty { return self }
        var result: [UInt8] = []
        var position = 0
        for range in ranges {
            result += all[position..<range.lowerBound]
            result += replacement.utf8
            position = range.upperBound
        }
        return String(decoding: result + all[position...], as: UTF8.self)
    }
}
