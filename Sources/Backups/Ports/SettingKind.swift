import Text

/// What a setting's value is: how its text is read, and what it names.
public struct SettingKind<Value: Sendable>: Sendable {
    /// What a value is called in sentences, with its article: `a URL`.
    public let name: String
    public let meaning: SettingMeaning
    /// - Throws: `SettingError` where a text is no such value.
    public let parse: @Sendable (String) throws(SettingError) -> Value

    public init(
        _ name: String,
        meaning: SettingMeaning = .text,
        parse: @escaping @Sendable (String) throws(SettingError) -> Value
    ) {
        self.name = name
        self.meaning = meaning
        self.parse = parse
    }

    /// The same without its type.
    var erased: SettingKind<any Sendable> {
        let parse = parse
        return SettingKind<any Sendable>(name, meaning: meaning) { text throws(SettingError) in try parse(text) }
    }
}

/// What a value names, for completion, and for what must not be shown.
public enum SettingMeaning: Sendable, Equatable {
    case text
    /// One of a few names.
    case oneOf([String])
    case file
    case folder
    /// A Kubernetes namespace.
    case namespace
    /// A password or a token: it is shown nowhere.
    case secret
}

/// Why a text is no value of a setting.
public struct SettingError: Error, Equatable {
    /// A sentence.
    public var message: String
    public var nextStep: NextStep?

    public init(_ message: String, nextStep: NextStep? = nil) {
        self.message = message
        self.nextStep = nextStep
    }
}

// MARK: - Kinds that several sources have

extension SettingKind where Value == String {
    public static var text: SettingKind { SettingKind("a text") { text throws(SettingError) in text } }

    /// Text that is shown nowhere.
    public static var secret: SettingKind {
        SettingKind("a text", meaning: .secret) { text throws(SettingError) in text }
    }

    /// A file that is read.
    public static var file: SettingKind { path(.file) }

    /// A folder that is read.
    public static var folder: SettingKind { path(.folder) }

    private static func path(_ meaning: SettingMeaning) -> SettingKind {
        SettingKind("a path", meaning: meaning) { text throws(SettingError) in
            if text.isEmpty { throw SettingError("an empty name can't be used here") }
            if text == "~" {
                throw SettingError("'~' alone is not a place", nextStep: "write ~/ for the home directory")
            }
            return text
        }
    }

    /// A Kubernetes namespace.
    public static var namespace: SettingKind {
        SettingKind("a namespace's name", meaning: .namespace) { text throws(SettingError) in
            guard ClusterName.canBePart(text) else {
                throw SettingError("'\(text.printable)' can't be a namespace's name")
            }
            return text
        }
    }

    /// A URL of HTTP.
    ///
    /// - Parameter placeForSecrets: Where passwords go, which a URL must not have: it is shown and kept.
    public static func url(placeForSecrets: NextStep) -> SettingKind {
        SettingKind("a URL") { text throws(SettingError) in
            let shown = SecretText.masking(text)
            if shown != text {
                throw SettingError(
                    "a URL can't hold a password or a signature here: '\(shown.printable)'",
                    nextStep: placeForSecrets
                )
            }
            if text.hasPrefix("http://") || text.hasPrefix("https://") { return text }
            let host = text.contains("://") || text.isEmpty ? "host:9000" : text.printable
            throw SettingError(
                "'\(text.printable)' is not a URL",
                nextStep: "write it as https://\(host), or with http://"
            )
        }
    }
}
