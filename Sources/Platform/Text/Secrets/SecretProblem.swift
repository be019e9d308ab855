/// Why a text can be no password and no token.
package enum SecretProblem: Sendable, Equatable {
    case empty
    case tooShort
    case severalLines
    case control
    /// A character that can't be seen: a byte order mark, a space without width.
    case invisible(Unicode.Scalar)

    /// - Returns: `nil` where a text can be a secret.
    package init?(of text: String) {
        let scalars = text.unicodeScalars
        if text.isEmpty {
            self = .empty
        } else if scalars.contains(where: { ["\n", "\r"].contains($0) }) {
            self = .severalLines
        } else if scalars.contains(where: { $0.properties.generalCategory == .control }) {
            self = .control
        } else if let scalar = scalars.first(where: \.isInvisible) {
            self = .invisible(scalar)
        } else if text.utf8.count < SecretForms.minByteCount {
            self = .tooShort
        } else {
            return nil
        }
    }

    /// The second half of a sentence.
    package var reason: String {
        switch self {
        case .empty: "the value is empty"
        case .tooShort:
            "the value is shorter than \(SecretForms.minByteCount) bytes: so short a text stands in ordinary words,"
                + " and snapsh could not hide it"
        case .severalLines: "the value has more than one line"
        case .control: "the value has a control character in it"
        case .invisible(let scalar):
            "the value has an invisible character in it (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isInvisible: Bool {
        [.format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}
