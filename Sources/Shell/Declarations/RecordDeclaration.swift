/// A record that a command prints under `--json`, one object a line. `help json` and its JSON Schema come from it, and
/// the tests validate all output by it.
struct RecordDeclaration: Sendable {
    /// The value of its field `kind`, which no other record has.
    let kind: String
    let summary: String
    /// All but `kind`.
    let fields: [RecordField]
    /// Whether it has fields beside these.
    var isOpen = false

    init(_ kind: String, _ summary: String, _ fields: [RecordField]) {
        self.kind = kind
        self.summary = summary
        self.fields = fields
    }
}

/// A field of a record, or of an object in one.
struct RecordField: Sendable {
    let name: String
    let type: FieldType
    let summary: String
    /// Whether it may be absent.
    let isOptional: Bool

    /// - Parameter name: With a `?` at its end where the field may be absent.
    private init(_ name: String, _ type: FieldType, _ summary: String) {
        isOptional = name.hasSuffix("?")
        self.name = isOptional ? String(name.dropLast()) : name
        self.type = type
        self.summary = summary
    }

    static func text(_ name: String, _ summary: String) -> Self { .init(name, .text, summary) }
    static func texts(_ name: String, _ summary: String) -> Self { .init(name, .list(.text), summary) }
    static func yesNo(_ name: String, _ summary: String) -> Self { .init(name, .yesNo, summary) }
    static func time(_ name: String, _ summary: String) -> Self { .init(name, .time, summary) }
    static func seconds(_ name: String, _ summary: String) -> Self { .init(name, .number, "\(summary), in seconds") }
    static func number(_ name: String, _ summary: String) -> Self { .init(name, .number, summary) }
    static func count(_ name: String, _ summary: String) -> Self { .init(name, .count, summary) }
    static func bytes(_ name: String, _ summary: String) -> Self { .init(name, .count, "\(summary), in bytes") }
    static func oneOf(_ name: String, _ texts: [String], _ summary: String) -> Self {
        .init(name, .oneOf(texts), summary)
    }
    /// A number, a yes or no, or a text, as the thing is that it is of.
    static func value(_ name: String, _ summary: String) -> Self { .init(name, .value, summary) }
    static func object(_ name: String, _ summary: String, _ fields: [RecordField]) -> Self {
        .init(name, .object(fields), summary)
    }
    static func objects(_ name: String, _ summary: String, _ fields: [RecordField]) -> Self {
        .init(name, .list(.object(fields)), summary)
    }
}

/// What a field holds: numbers are numbers, durations seconds, and times RFC 3339.
indirect enum FieldType: Sendable {
    case text
    case oneOf([String])
    /// A whole number.
    case count
    case number
    case yesNo
    case time
    case value
    case list(FieldType)
    case object([RecordField])

    /// In `help json`.
    var name: String {
        switch self {
        case .text: "text"
        case .oneOf(let texts): texts.joined(separator: " | ")
        case .count: "whole number"
        case .number: "number"
        case .yesNo: "true | false"
        case .time: "time"
        case .value: "number, true | false, or text"
        case .list(.text): "texts"
        case .list(let type): "list of \(type.name)s"
        case .object: "object"
        }
    }
}
