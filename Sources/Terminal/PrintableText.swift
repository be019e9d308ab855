import CLibEdit

extension StringProtocol {
    /// The text with all that has no width of its own escaped: control, format and combining characters, and what
    /// is no character yet.
    var printableInColumns: String {
        escaped { clibedit_width($0.value) > 0 }
    }

    /// The text with everything escaped that `canPrint` refuses: `\n`, `\u{1b}`.
    func escaped(unless canPrint: (Unicode.Scalar) -> Bool) -> String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where canPrint(scalar): text.unicodeScalars.append(scalar)
            default: text += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return text
    }

    /// The terminal's columns that a printable text takes.
    var columnCount: Int {
        unicodeScalars.reduce(0) { $0 + $1.columnCount }
    }
}

extension Unicode.Scalar {
    /// ASCII's and C1's control characters, which no line of ours may contain unasked.
    var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value)
    }

    fileprivate var columnCount: Int {
        max(0, Int(clibedit_width(value)))
    }
}
