import Glibc

/// A secret in each form that it may stand in a text: as it is, percent-encoded in any way, or within base64.
package struct SecretForms: Sendable, Equatable {
    /// In UTF-8.
    package let secret: [UInt8]
    /// A shorter secret would be found in ordinary words.
    package static let minByteCount = 4
    /// What base64 has of it, wherever it stands in what is encoded; the longest first.
    private let base64: [[UInt8]]
    /// As a form sends it, where that differs.
    private let withPlus: [UInt8]?

    package init(_ secret: [UInt8]) {
        self.secret = secret
        base64 = Self.base64Parts(of: secret)
        let hasBlank = secret.contains(UInt8(ascii: " "))
        withPlus = hasBlank ? secret.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 } : nil
    }

    /// Where it stands in a text, in no order; two may overlap.
    package func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found = bytes.occurrences(of: secret)
        if let withPlus { found += bytes.occurrences(of: withPlus) }
        for part in base64 { found += bytes.occurrences(of: part).map { Self.widened($0, in: bytes) } }
        if bytes.contains(UInt8(ascii: "%")) {
            let (decoded, starts) = Self.percentDecoded(bytes)
            for form in [secret] + [withPlus].compactMap(\.self) {
                found += decoded.occurrences(of: form).map { starts[$0.lowerBound]..<starts[$0.upperBound] }
            }
        }
        return found
    }

    // MARK: - Percent encoding

    /// The bytes that a text stands for, and where each of them begins in it, its end included.
    private static func percentDecoded(_ bytes: [UInt8]) -> (bytes: [UInt8], starts: [Int]) {
        var decoded: [UInt8] = []
        var starts: [Int] = []
        var index = 0
        while index < bytes.count {
            starts.append(index)
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return (decoded, starts + [bytes.count])
    }

    // MARK: - Base64

    /// Shorter ones would be found in ordinary words.
    private static let minPartByteCount = 4

    /// Three bytes become four characters, so that what a secret becomes depends on how many bytes stand before it. Of
    /// each of the three cases, the characters that the secret alone decides, in both alphabets (RFC 4648).
    private static func base64Parts(of secret: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        for offset in 0..<3 {
            let bits = 8 * (offset + secret.count)
            let first = (8 * offset + 5) / 6
            let count = bits / 6 - first
            guard count >= minPartByteCount else { continue }
            let bytes = [UInt8](repeating: 0, count: offset) + secret
            for alphabet in [standard, urlSafe] {
                let part = (first..<(first + count)).map { alphabet[sixBits(of: bytes, at: $0 * 6)] }
                if !parts.contains(part) { parts.append(part) }
            }
        }
        return parts.sorted { $0.count > $1.count }
    }

    private static func sixBits(of bytes: [UInt8], at bit: Int) -> Int {
        let pair = Int(bytes[bit / 8]) << 8 | (bit / 8 + 1 < bytes.count ? Int(bytes[bit / 8 + 1]) : 0)
        return pair >> (10 - bit % 8) & 0x3F
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standard = Array("\(letters)+/".utf8)
    private static let urlSafe = Array("\(letters)-_".utf8)

    /// With the characters on both sides that a part of the secret decides.
    private static func widened(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        let isPart = { (byte: UInt8) in standard.contains(byte) || urlSafe.contains(byte) || byte == UInt8(ascii: "=") }
        var (start, end) = (range.lowerBound, range.upperBound)
        if start > 0, isPart(bytes[start - 1]) { start -= 1 }
        while end < min(bytes.count, range.upperBound + 3), isPart(bytes[end]) { end += 1 }
        return start..<end
    }
}

extension UInt8 {
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension [UInt8] {
    /// Each place where a run of bytes stands, without those that overlap an earlier one.
    fileprivate func occurrences(of part: [UInt8]) -> [Range<Int>] {
        guard let first = part.first, count >= part.count else { return [] }
        var found: [Range<Int>] = []
        withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var index = 0
            while index + part.count <= bytes.count,
                let next = memchr(base + index, Int32(first), bytes.count - part.count - index + 1)
            {
                index = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(next))
                if memcmp(base + index, part, part.count) == 0 {
                    found.append(index..<(index + part.count))
                    index += part.count
                } else {
                    index += 1
                }
            }
        }
        return found
    }
}
