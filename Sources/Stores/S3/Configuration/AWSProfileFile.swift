import Text

/// What stands in one of the AWS tools' two files, `~/.aws/config` or `~/.aws/credentials`.
///
/// Read as the AWS CLI reads them, with Python's configparser: `name = value` or `name: value` under `[section]`; lines
/// that begin with `#` or `;` are comments, and what stands behind a value is part of it; a line that is indented more
/// than the name above it continues that value, or is a setting nested in it where that value is empty. A section
/// that comes twice is one, and of two values the later one counts.
package struct AWSProfileFile: Sendable, SecretKeeping {
    /// The two files write the names of profiles differently.
    package enum Kind: Sendable {
        /// `[default]` and `[profile x]`, and other sections.
        case config
        /// `[x]`: nothing but profiles.
        case credentials
    }

    package enum Section: Sendable, Hashable {
        case profile(String)
        case session(String)
        case services(String)
        /// One that means nothing here.
        case other(String)
    }

    private var sections: [Section: AWSSettings] = [:]

    /// A file that is not there.
    package init() {}

    /// - Throws: `AWSProfileFileError`, which names the first line that is something else.
    package init(_ text: String, kind: Kind) throws(AWSProfileFileError) {
        var section: Section?
        var setting: (name: String, indentation: Int)?
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() {
            let content = line.trimmed
            guard let first = content.first, first != "#", first != ";" else { continue }
            let indentation = line.prefix { $0.isWhitespace }.count
            do throws(LineError) {
                if let section, let setting, indentation > setting.indentation {
                    try sections[section, default: AWSSettings()].extend(setting.name, with: content)
                } else if first == "[" {
                    let named = try Self.section(content, kind: kind)
                    sections[named] = sections[named] ?? AWSSettings()
                    section = named
                    setting = nil
                } else {
                    guard let section else { throw LineError(reason: "is before the first section") }
                    let (name, value) = try Self.setting(content)
                    sections[section, default: AWSSettings()][name.lowercased()] = value
                    setting = (name.lowercased(), indentation)
                }
            } catch {
                throw AWSProfileFileError(line: index + 1, reason: error.reason)
            }
        }
    }

    /// What stands in a section; `nil` where there is none.
    package subscript(_ section: Section) -> AWSSettings? { sections[section] }

    /// The profiles that have a section of their own.
    package var profileNames: Set<String> {
        Set(sections.keys.compactMap { if case .profile(let name) = $0 { name } else { nil } })
    }

    package var description: String { "profiles \(profileNames.sorted())" }

    // MARK: - Lines

    private static func section(_ line: Substring, kind: Kind) throws(LineError) -> Section {
        guard let end = line.lastIndex(of: "]") else { throw LineError(reason: "has no ']' at its end") }
        let header = line[..<end].dropFirst().trimmed
        if kind == .credentials { return .profile(String(header)) }
        let words = ShellWords.split(header) ?? []
        switch (words.first, words.count) {
        case ("default", 1): return .profile("default")
        case ("profile", 2): return .profile(words[1])
        case ("sso-session", 2): return .session(words[1])
        case ("services", 2): return .services(words[1])
        default: return .other(String(header))
        }
    }

    /// - Parameter marks: What may stand between the name and the value.
    fileprivate static func setting(
        _ line: Substring,
        marks: Set<Character> = ["=", ":"]
    ) throws(LineError) -> (name: String, value: String) {
        guard let mark = line.firstIndex(where: marks.contains), mark > line.startIndex else {
            throw LineError(reason: "is neither a [section] nor a 'name = value'")
        }
        return (String(line[..<mark].trimmed), String(line[line.index(after: mark)...].trimmed))
    }
}

/// The settings of one section, by their names in lower case.
package struct AWSSettings: Sendable, SecretKeeping {
    private var values: [String: String] = [:]
    private var nested: [String: [String: String]] = [:]

    /// A value; `nil` where it is empty, too.
    package fileprivate(set) subscript(_ name: String) -> String? {
        get { values[name].flatMap { $0.isEmpty ? nil : $0 } }
        set { values[name] = newValue }
    }

    /// A value of the settings nested under a name: of `s3 =`, indented, `addressing_style = path`.
    package subscript(_ name: String, _ nestedName: String) -> String? { nested[name]?[nestedName] }

    fileprivate mutating func extend(_ name: String, with line: Substring) throws(LineError) {
        if let value = self[name] {
            values[name] = "\(value)\n\(line)"
        } else {
            let (nestedName, value) = try AWSProfileFile.setting(line, marks: ["="])
            nested[name, default: [:]][nestedName] = value
        }
    }

    /// Takes over what others say; on a clash theirs counts.
    mutating func merge(_ others: AWSSettings) {
        values.merge(others.values) { $1 }
        nested.merge(others.nested) { $1 }
    }

    package var description: String { "settings \(Set(values.keys).union(nested.keys).sorted())" }
}

/// A line that can't be read. It is not quoted: there may be a secret in it.
package struct AWSProfileFileError: Error {
    package var line: Int
    /// What goes behind `line 3`: `has no ']' at its end`.
    package var reason: String
}

private struct LineError: Error {
    var reason: String
}
