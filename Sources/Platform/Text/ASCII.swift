extension UInt8 {
    /// Whether it is `0` to `9`.
    package var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether it is a letter from A to Z, of either case, or a digit.
    package var isASCIIAlphanumeric: Bool { isASCIIDigit || (0x61...0x7A).contains(self | 0x20) }

    /// The value of `0` to `9`, `a` to `f` and `A` to `F`; `nil` for other bytes.
    package var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether it is `0` to `9`, `a` to `f` or `A` to `F`.
    package var isHexadecimalDigit: Bool { hexadecimalDigit != nil }
}
