import Text

/// Names that a store kept with the escapes of a URL.
enum PercentSigns {
    /// A text with `%3A` read as `:` and `%2B` as `+`.
    static func colonAndPlus(in text: Substring) -> Substring {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            let digits = String(Substring(rest.prefix(2))).lowercased()
            switch (byte, digits) {
            case (UInt8(ascii: "%"), "3a"): bytes.append(UInt8(ascii: ":"))
            case (UInt8(ascii: "%"), "2b"): bytes.append(UInt8(ascii: "+"))
            default:
                bytes.append(byte)
                continue
            }
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)[...]
    }
}
