import Text
import YAML

/// The forms of names, paths and placeholders.
extension DrillReading {
    /// A name of lower-case letters, digits and `-`.
    func name(_ text: PlacedText?, of key: FormKey) -> String? {
        guard let text else { return nil }
        guard Self.isName(text.text) else {
            find(
                text.node,
                "'\(text.text.shortened)' can't be \(key.name == "id" ? "an id" : "a name")",
                hint: "a name has up to 40 of a-z, 0-9 and '-', and begins with a letter"
            )
            return nil
        }
        return text.text
    }

    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count <= 40 && bytes.first.map(\.isLowercaseLetter) == true && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy(\.isPartOfName)
    }

    /// Whether it is one label of a host's name (RFC 1123, 2.1): that of a cluster is a part of its service's.
    static func isHostLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        // CLUSTER-backup-sidecar is the label.
        return (1...40).contains(bytes.count) && bytes.allSatisfy(\.isPartOfName)
            && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
    }

    /// A path within the folder `work`.
    func pathInWork(_ text: PlacedText?) -> String? {
        guard let text else { return nil }
        if text.text.hasPrefix("/") {
            find(
                text.node,
                "'\(text.text.shortened)' must lie in the folder work",
                hint: "write it without '/' at the beginning"
            )
            return nil
        }
        return requirePlainPath(text) ? text.text : nil
    }

    /// An absolute path, or one within the folder `work`.
    func pathAnywhere(_ text: PlacedText?) -> String? {
        guard let text else { return nil }
        var inner = text
        if text.text.hasPrefix("/") { inner.text.removeFirst() }
        return requirePlainPath(inner) ? text.text : nil
    }

    private func requirePlainPath(_ text: PlacedText) -> Bool {
        for path in expansions(of: text.text) {
            let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { Substring($0) }
            guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), path.utf8.count <= 200 else {
                find(
                    text.node,
                    "'\(text.text.shortened)' is no plain path",
                    hint: "a path has names between '/', none of them '.' or '..'"
                )
                return false
            }
        }
        return true
    }

    // MARK: - Placeholders

    /// The texts that it may become, by the values of `choose`.
    func expansions(of text: String) -> [String] {
        var texts = [text]
        for name in Set(Placeholder.names(in: text)).sorted() {
            guard let values = choices[name], texts.count * values.count <= 256 else { continue }
            texts = texts.flatMap { text in values.map { Placeholder.filled(text, with: [name: $0]) } }
        }
        return texts
    }

    /// The longest text that it may become.
    func longest(_ text: String) -> String {
        var values = choices.compactMapValues { $0.max { $0.count < $1.count } }
        for id in backups.keys {
            for field in BackupField.allCases { values["\(id).\(field.rawValue)"] = field.sample }
        }
        return Placeholder.filled(text, with: values)
    }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isPartOfName: Bool { isLowercaseLetter || isASCIIDigit || self == UInt8(ascii: "-") }
}
