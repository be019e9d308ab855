import Text

/// An etcd version: `3.1`, `3.1.0` or `3.5.0-rc.1`.
public struct EtcdVersion: Sendable, Hashable {
    /// The first number: 3 in `3.1.0`.
    public var major: Int
    /// The second number: 1 in `3.1.0`.
    public var minor: Int
    /// Absent in `3.1`, which stands for every patch of that minor version.
    public var patch: Int?
    /// What follows the numbers, with its sign: `-rc.1`, `+git`; mostly empty.
    public var suffix: String

    public init(major: Int, minor: Int, patch: Int? = nil, suffix: String = "") {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.suffix = suffix
    }

    /// Reads `3.1`, `3.1.0`, `v3.1.0` or `3.1.0-rc.1`.
    public init?(_ text: String) { self.init(text[...]) }

    /// Reads the same from a part of a text.
    public init?(_ text: Substring) {
        var rest = text.utf8
        guard rest.count <= 64 else { return nil }
        func takes(_ sign: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: sign) else { return false }
            rest = rest.dropFirst()
            return true
        }
        func number() -> Int? {
            var number = 0
            var digitCount = 0
            while let byte = rest.first, byte.isASCIIDigit {
                guard digitCount < 6 else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
                digitCount += 1
                rest.removeFirst()
            }
            return digitCount > 0 ? number : nil
        }
        _ = takes("v")
        guard let major = number(), takes("."), let minor = number() else { return nil }
        var patch: Int?
        if takes(".") {
            patch = number()
            guard patch != nil else { return nil }
        }
        let suffix = Substring(rest)
        if let sign = suffix.first {
            guard patch != nil, sign == "-" || sign == "+", suffix.count > 1,
                suffix.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-+.".contains($0)) })
            else { return nil }
        }
        self.init(major: major, minor: minor, patch: patch, suffix: String(suffix))
    }

    /// Whether a backup of this version can be restored into `target`: major and minor are the same, or the one before.
    ///
    /// The rule of the etcd operator (v0.3.3 `pkg/backup/version.go`), where 2.3 is the one before 3.0.
    public func isRestorable(into target: EtcdVersion) -> Bool {
        if major == target.major { return minor == target.minor || minor == target.minor - 1 }
        return (major, minor) == (2, 3) && (target.major, target.minor) == (3, 0)
    }

    /// Whether `other` is this version, or a patch of it where this one names no patch.
    public func covers(_ other: EtcdVersion) -> Bool {
        guard major == other.major, minor == other.minor else { return false }
        return patch == nil || patch == other.patch && suffix == other.suffix
    }
}

extension EtcdVersion: CustomStringConvertible {
    public var description: String {
        "\(major).\(minor)" + (patch.map { ".\($0)" } ?? "") + suffix
    }
}

extension EtcdVersion: Comparable {
    public static func < (a: EtcdVersion, b: EtcdVersion) -> Bool {
        let numbers = ((a.major, a.minor, a.patch ?? 0), (b.major, b.minor, b.patch ?? 0))
        guard numbers.0 == numbers.1 else { return numbers.0 < numbers.1 }
        // A pre-release comes before the release that it leads to (semver.org, rule 11).
        let ranks = (a.suffix.hasPrefix("-") ? 0 : 1, b.suffix.hasPrefix("-") ? 0 : 1)
        return ranks == (ranks.0, ranks.0) ? a.suffix < b.suffix : ranks.0 < ranks.1
    }
}
