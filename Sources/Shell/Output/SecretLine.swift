import Language
import Text

/// Hides secrets in lines of the language wherever they are shown or stored, even in lines with mistakes:
/// the values of secret options and of variables whose name says that they are secret, headers with a
/// secret, and whatever `SecretText` finds.
package struct SecretLine: Sendable {
    /// Options with a secret value, besides those whose name says so: `--header`.
    private let options: Set<String>
    /// Options without a value, whatever their names say: `--secret`.
    private let flags: Set<String>
    /// The commands that give a value to a variable: `set`, `param`.
    private let namingCommands: [String]
    /// Options of other programs whose value is secret if it contains a colon: curl's `-u user:password`.
    private static let optionsWithColon = ["-u", "--user", "-H"]
    /// Secret headers, besides those that begin with `x-` and are named like a secret.
    private static let headers = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

    /// - Parameter commands: The values of their secret options are hidden.
    init(_ commands: [CommandDeclaration]) {
        let secret = commands.flatMap(\.options).filter { $0.value?.kind.isSecret == true }
        options = Set(secret.map { "--\($0.name)" } + secret.compactMap { $0.short.map { "-\($0)" } })
        flags = Set(commands.flatMap(\.options).filter { $0.value == nil }.map { "--\($0.name)" })
        namingCommands = commands.filter { [.declaresParameter, .setsVariable].contains($0.staticEffect) }.map(\.name)
    }

    /// The text with `***` for each secret.
    package func masking(_ text: String) -> String {
        SecretText.masking(text, ranges(in: Array(text.utf8)))
    }

    /// The bytes with an asterisk for each byte of a secret: offsets stay valid.
    package func hiding(_ bytes: [UInt8]) -> [UInt8] {
        var shown = bytes
        for range in ranges(in: bytes) {
            for index in range { shown[index] = UInt8(ascii: "*") }
        }
        return shown
    }

    /// The ranges of the secrets, ascending and disjoint.
    package func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        // A range inside a secret is hidden with it.
        for (index, byte) in bytes.enumerated() where found.last.map({ $0.upperBound <= index }) != false {
            let range: Range<Int>? =
                switch byte {
                case UInt8(ascii: "-") where index == 0 || !bytes[index - 1].isOptionByte:
                    optionValue(in: bytes, at: index)
                case UInt8(ascii: "="): variableValue(in: bytes, after: index)
                case UInt8(ascii: ":"):
                    Self.headerValue(in: bytes, after: index) ?? Self.passwordValue(in: bytes, after: index)
                default: nil
                }
            if let range { found.append(range) }
        }
        return SecretText.merged(found + SecretText.ranges(in: bytes))
    }

    // MARK: - Options

    /// The range of the value of the option that begins there.
    private func optionValue(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        let name = bytes[start...].prefix { $0.isOptionByte }
        let text = String(decoding: name, as: UTF8.self)
        let needsColon = Self.optionsWithColon.contains(text)
        let isNamedSecret = text.hasPrefix("--") && !flags.contains(text) && SecretName.isSecret(name)
        let isSecret = options.contains(text) || isNamedSecret
        guard isSecret || needsColon, let value = Self.wordRange(in: bytes, after: name.endIndex) else { return nil }
        if needsColon, !bytes[value].contains(UInt8(ascii: ":")) { return nil }
        return Self.isVariable(bytes[value]) ? nil : value
    }

    // MARK: - Variables

    /// The value in `set NAME = VALUE` and `param NAME = VALUE`, if the name is that of a secret.
    private func variableValue(in bytes: [UInt8], after equals: Int) -> Range<Int>? {
        let before = bytes[..<equals].suffix(200)
        guard equals > 0, bytes[equals - 1].isBlank, let end = before.lastIndex(where: { !$0.isBlank }) else {
            return nil
        }
        let name = before[...end].reversed().prefix { $0.isNameByte }.reversed()
        let rest = before[..<(end + 1 - name.count)]
        guard let commandEnd = rest.lastIndex(where: { !$0.isBlank }), commandEnd < rest.endIndex - 1 else {
            return nil
        }
        let command = rest[...commandEnd]
        guard namingCommands.contains(where: command.hasSuffix), SecretName.isSecret(name),
            let value = Self.wordRange(in: bytes, after: equals + 1)
        else { return nil }
        return Self.isVariable(bytes[value]) ? nil : value
    }

    // MARK: - Headers

    /// What follows `Authorization:` up to the end of its quotes or line.
    private static func headerValue(in bytes: [UInt8], after colon: Int) -> Range<Int>? {
        let name = bytes[..<colon].suffix(64).reversed().prefix { $0.isNameByte || $0 == UInt8(ascii: "-") }.reversed()
        let text = String(decoding: name, as: UTF8.self).lowercased()
        guard headers.contains(text) || text.hasPrefix("x-") && SecretName.isSecret(name) else { return nil }
        var start = colon + 1
        while start < bytes.count, bytes[start].isBlank { start += 1 }
        var end = start
        while end < bytes.count, !"'\"\n\r".utf8.contains(bytes[end]) { end += 1 }
        return isVariable(bytes[start..<end]) ? nil : start..<end
    }

    /// What follows `pass:`, as openssl takes a password (openssl-passphrase-options(1)), up to the end of its word.
    private static func passwordValue(in bytes: [UInt8], after colon: Int) -> Range<Int>? {
        let name = bytes[..<colon].suffix(5).reversed().prefix { $0.isNameByte }.reversed()
        guard name.elementsEqual("pass".utf8) else { return nil }
        let value = bytes[(colon + 1)...].prefix { !$0.isBlank && !"'\"\n\r".utf8.contains($0) }
        return value.isEmpty || isVariable(value) ? nil : value.indices
    }

    // MARK: - Words

    private static let maxVariableByteCount = 1000

    /// Whether a variable is the only secret in a word, as in `"Authorization: Bearer $token"`.
    private static func isVariable(_ word: ArraySlice<UInt8>) -> Bool {
        if word.count > maxVariableByteCount { return false }
        let text = String(decoding: word, as: UTF8.self)
        return text.wholeMatch(of: /"?(?:[A-Za-z0-9\-]+: *)?(?:[A-Za-z]+ +)?\$(?:\w+|\{[\w.]+\})"?/) != nil
    }

    /// The next word, across line ends that a backslash joins.
    private static func wordRange(in bytes: [UInt8], after end: Int) -> Range<Int>? {
        var position = end
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
            position += 1
        } else {
            while position < bytes.count {
                if bytes[position].isBlank {
                    position += 1
                } else if bytes[position...].starts(with: "\\\n".utf8) {
                    position += 2
                } else {
                    break
                }
            }
            // A longer word that only begins like the option.
            if position == end { return nil }
        }
        let start = position
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                position += 1
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if " \t\n\r;|&".utf8.contains(byte) {
                break
            }
            position += 1
        }
        return start < position ? start..<min(position, bytes.count) : nil
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == .tab }

    fileprivate var isOptionByte: Bool { isNameByte || self == UInt8(ascii: "-") }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ word: String) -> Bool {
        guard reversed().starts(with: word.utf8.reversed()) else { return false }
        let before = dropLast(word.utf8.count).last
        return before.map { $0.isBlank || $0 == .newline || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "&") } ?? true
            || before == UInt8(ascii: "|")
    }
}
