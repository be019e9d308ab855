package import Snapshot
import Text

/// A revision of etcd's store, which rises by one with every transaction; 0 or more.
public struct Revision: Sendable, Hashable {
    /// The number itself, never negative.
    public let value: Int64

    /// - Returns: `nil` where the number is negative: etcd counts in an Int64 and up from 0.
    public init?(_ value: Int64) {
        guard value >= 0 else { return nil }
        self.value = value
    }

    /// The revision of what is in a snapshot, which is never below 1.
    package init(of contents: SnapshotContents) {
        value = contents.revision
    }

    /// Reads the 16 hexadecimal digits of a backup's name; `nil` for anything else, and beyond an Int64.
    public init?(sixteenDigits text: Substring) {
        // Listings read hundreds of thousands of names: no generic parser here.
        var value: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            guard let digit = byte.hexadecimalDigit, count < 16 else { return nil }
            value = value << 4 | UInt64(digit)
            count += 1
        }
        guard count == 16, let value = Int64(exactly: value) else { return nil }
        self.init(value)
    }

    /// Reads what people type: `15`, `0xf`, or the 16 hexadecimal digits as they stand in a name.
    ///
    /// Sixteen digits are always hexadecimal, also where they could be decimal.
    public init?(_ text: some StringProtocol) {
        if text.utf8.count == 16, !text.hasPrefix("0x"), !text.hasPrefix("0X") {
            self.init(sixteenDigits: Substring(text))
            return
        }
        let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
        let digits = isHexadecimal ? text.dropFirst(2) : text[...]
        guard let first = digits.utf8.first, first.isHexadecimalDigit,
            let value = Int64(digits, radix: isHexadecimal ? 16 : 10)
        else { return nil }
        self.init(value)
    }

    /// The 16 hexadecimal digits that stand in a backup's name.
    public var sixteenDigits: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Revision: CustomStringConvertible {
    /// Both ways to write it: `15 (0xf)`.
    public var description: String {
        "\(value) (0x\(String(value, radix: 16)))"
    }
}

extension Revision: Comparable {
    public static func < (a: Revision, b: Revision) -> Bool { a.value < b.value }
}
