import CLibEdit

extension StringProtocol {
    /// The text with all characters without a width escaped: control, format and combining characters, and
    /// unassigned ones.
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
    /// The control characters of ASCII and C1, which our output must not contain.
    var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value)
    }

    fileprivate var columnCount: Int {
        max(0, Int(clibedit_width(value)))
    }
}
