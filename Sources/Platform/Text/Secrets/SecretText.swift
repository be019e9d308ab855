import Glibc

/// Hides what is secret in a text by its form, wherever it is from: a user and a password in a URL, signatures and
/// tokens in its query, and `NAME=VALUE` where the name says that the value is secret.
package enum SecretText {
    /// What stands in the place of a secret.
    package static let mask = "***"

    /// The text with `***` for each secret.
    package static func masking(_ text: String) -> String {
        mayHaveSecrets(text) ? masking(text, ranges(in: Array(text.utf8))) : text
    }

    /// The text with `***` for what is secret in whole URLs only: names and paths in data stay as they are.
    package static func maskingURLs(in text: String) -> String {
        mayHaveSecrets(text) ? masking(text, ranges(in: Array(text.utf8), onlyInURLs: true)) : text
    }

    /// Whether one of the signs is in it that stand by a secret: a long listing is passed over quickly.
    private static func mayHaveSecrets(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            guard let start = bytes.baseAddress else { return false }
            return "@=".utf8.contains { memchr(start, Int32($0), bytes.count) != nil }
        } ?? true
    }

    /// The text with `***` for each range of its UTF-8 that is not hidden already.
    package static func masking(_ text: String, _ ranges: [Range<Int>]) -> String {
        if ranges.isEmpty { return text }
        let bytes = Array(text.utf8)
        var masked: [UInt8] = []
        var position = 0
        for range in ranges where !isMask(bytes[range]) {
            masked += bytes[position..<range.lowerBound]
            masked += mask.utf8
            position = range.upperBound
        }
        return String(decoding: masked + bytes[position...], as: UTF8.self)
    }

    /// Whether it is a secret that was hidden before.
    package static func isMask(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Where secrets stand, in rising order and apart from each other.
    package static func ranges(in bytes: [UInt8], onlyInURLs: Bool = false) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var word = Word(start: 0)
        for (index, byte) in bytes.enumerated() {
            if byte.isBlankOrControl {
                word = Word(start: index + 1)
                continue
            }
            guard byte == UInt8(ascii: "@") || byte == UInt8(ascii: "="),
                found.last.map({ $0.upperBound <= index }) != false
            else { continue }
            if byte == UInt8(ascii: "=") {
                if let range = valueRange(in: bytes, after: index, onlyInURLs) { found.append(range) }
            } else if word.signCount < maxSignCount, index - word.start <= maxURLByteCount {
                word.signCount += 1
                if let range = userRange(in: bytes, bytes[word.start..<index], onlyInURLs) { found.append(range) }
            }
        }
        return merged(found)
    }

    /// A run without blanks, and how many `@` in it were looked at.
    private struct Word {
        var start: Int
        var signCount = 0
    }

    /// More in one word are no URL.
    private static let maxSignCount = 64
    /// How far behind its word's start an `@` may stand.
    private static let maxURLByteCount = 4096

    /// The ranges in rising order, those that touch as one.
    package static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}

// MARK: - User and password

extension SecretText {
    /// What stands between `://`, or the word's start, and the `@` that follows the word.
    private static func userRange(in bytes: [UInt8], _ word: ArraySlice<UInt8>, _ onlyInURLs: Bool) -> Range<Int>? {
        guard let scheme = word.lastRange(of: Array("://".utf8)) else {
            return onlyInURLs ? nil : userRange(withoutScheme: word, bytes)
        }
        let rest = word[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".utf8.contains($0) }
        if rest.isEmpty || hasEndOfText(rest) { return nil }
        if authority.count == rest.count { return rest.indices }
        // A password with a slash in it looks like a port that is no number.
        guard let colon = authority.firstIndex(of: UInt8(ascii: ":")), authority.first != UInt8(ascii: "[") else {
            return nil
        }
        let port = authority[(colon + 1)...]
        return port.isEmpty || port.allSatisfy(\.isASCIIDigit) ? nil : rest.indices
    }

    /// `user:password` before an `@`, as where someone forgot the scheme.
    private static func userRange(withoutScheme word: ArraySlice<UInt8>, _ bytes: [UInt8]) -> Range<Int>? {
        let text = word[(word.lastIndex { "'\"`=(,".utf8.contains($0) }.map { $0 + 1 } ?? word.startIndex)...]
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex, colon < text.endIndex - 1,
            !text.contains(UInt8(ascii: "/")),
            text[..<colon].allSatisfy({ $0.isASCIIAlphanumeric || "._%+~-".utf8.contains($0) })
        else { return nil }
        // A container's image may be named by its digest.
        let host = bytes[(text.endIndex + 1)...].prefix(7)
        guard let first = host.first, first.isASCIIAlphanumeric || first == UInt8(ascii: "["),
            !host.elementsEqual("sha256:".utf8)
        else { return nil }
        return text.indices
    }

    /// Whether a quote in it ends a text, so that what follows is no part of the same URL.
    private static func hasEndOfText(_ bytes: ArraySlice<UInt8>) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { "'\"`".utf8.contains($0) && ",:;)]}".utf8.contains($1) }
    }
}

// MARK: - Named values

extension SecretText {
    private static let maxNameByteCount = 64

    /// The value after the `=` of `NAME=VALUE`.
    private static func valueRange(in bytes: [UInt8], after equals: Int, _ onlyInURLs: Bool) -> Range<Int>? {
        var start = equals
        while start > max(0, equals - maxNameByteCount), bytes[start - 1].isNameByte { start -= 1 }
        let isInURL = start > 0 && "?&#;".utf8.contains(bytes[start - 1])
        guard start < equals, isInURL || !onlyInURLs, SecretName.isSecret(bytes[start..<equals], isInURL: isInURL)
        else { return nil }
        let value = equals + 1
        // `@FILE` and `$name` say where the secret is.
        guard value < bytes.count, bytes[value] != UInt8(ascii: "$"), !isFileName(bytes[value...]) else { return nil }
        if "'\"".utf8.contains(bytes[value]) {
            let end = bytes[(value + 1)...].firstIndex { $0 == bytes[value] || $0 == UInt8(ascii: "\n") }
            return value + 1..<(end ?? bytes.count)
        }
        var end = value
        while end < bytes.count, !bytes[end].isBlankOrControl, !endsText(bytes, at: end),
            !isInURL || !"&#".utf8.contains(bytes[end])
        {
            end += 1
        }
        return value..<end
    }

    /// `@FILE`, but not `@@TEXT`.
    private static func isFileName(_ value: ArraySlice<UInt8>) -> Bool {
        value.first == UInt8(ascii: "@") && value.dropFirst().first != UInt8(ascii: "@")
    }

    /// Whether a quote or a bracket stands there that ends the text, and is no part of the value.
    private static func endsText(_ bytes: [UInt8], at index: Int) -> Bool {
        guard "'\"`<>):".utf8.contains(bytes[index]) else { return false }
        if bytes[index] == UInt8(ascii: ":") { return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: " ") }
        guard index + 1 < bytes.count else { return true }
        return bytes[index + 1].isBlankOrControl || ",:;.)]}&|'\"".utf8.contains(bytes[index + 1])
    }
}

extension UInt8 {
    fileprivate var isBlankOrControl: Bool { self <= 0x20 || self == 0x7F }

    fileprivate var isNameByte: Bool { isASCIIAlphanumeric || "_-.%".utf8.contains(self) }
}

extension ArraySlice<UInt8> {
    fileprivate func lastRange(of bytes: [UInt8]) -> Range<Int>? {
        guard count >= bytes.count else { return nil }
        for start in stride(from: endIndex - bytes.count, through: startIndex, by: -1)
        where self[start..<(start + bytes.count)].elementsEqual(bytes) {
            return start..<(start + bytes.count)
        }
        return nil
    }
}
