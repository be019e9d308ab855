import Testing

/// Holds a document against SARIF 2.1.0: of the schema (OASIS, `sarif-schema-2.1.0.json`) those parts that snapsh
/// writes, with their required fields, types, limits and allowed values. A field that is not listed here is refused.
struct SARIFValidator {
    private(set) var problems: [String] = []

    private indirect enum Schema: Sendable {
        case string(allowed: [String]? = nil)
        /// A relative reference, as is asked for beyond the schema.
        case relativeReference
        case integer(least: Int)
        case array(Schema)
        /// An object whose fields are all of one kind.
        case map(Schema)
        case object([String: Schema], required: [String])
    }

    private static let message = Schema.object(["text": .string()], required: ["text"])
    private static let level = Schema.string(allowed: ["none", "note", "warning", "error"])

    private static let rule = Schema.object(
        [
            "id": .string(), "shortDescription": message,
            "defaultConfiguration": .object(["level": level], required: []),
        ],
        required: ["id"]
    )

    private static let artifact = Schema.object(
        ["uri": .relativeReference, "uriBaseId": .string(), "description": message],
        required: []
    )

    private static let region = Schema.object(
        [
            "startLine": .integer(least: 1), "startColumn": .integer(least: 1), "endLine": .integer(least: 1),
            "endColumn": .integer(least: 1),
        ],
        required: ["startLine"]
    )

    private static let result = Schema.object(
        [
            "ruleId": .string(), "level": level, "message": message, "partialFingerprints": .map(.string()),
            "locations": .array(
                .object(
                    [
                        "physicalLocation": .object(
                            ["artifactLocation": artifact, "region": region],
                            required: ["artifactLocation"]
                        )
                    ],
                    required: []
                )
            ),
        ],
        required: ["message"]
    )

    private static let run = Schema.object(
        [
            "tool": .object(
                [
                    "driver": .object(
                        ["name": .string(), "version": .string(), "rules": .array(rule)],
                        required: ["name"]
                    )
                ],
                required: ["driver"]
            ),
            "results": .array(result), "columnKind": .string(allowed: ["utf16CodeUnits", "unicodeCodePoints"]),
            "originalUriBaseIds": .map(artifact),
        ],
        required: ["tool"]
    )

    private static let log = Schema.object(
        ["$schema": .string(), "version": .string(allowed: ["2.1.0"]), "runs": .array(run)],
        required: ["version", "runs"]
    )

    /// - Parameter document: What `JSONSerialization` makes of it.
    init(_ document: Any) {
        check(document, Self.log, "")
    }

    private mutating func check(_ value: Any, _ schema: Schema, _ place: String) {
        switch schema {
        case .string(let allowed):
            guard let text = value as? String else { return problems.append("\(place) is no text") }
            if let allowed, !allowed.contains(text) { problems.append("\(place) can't be \(text)") }
        case .relativeReference:
            guard let text = value as? String else { return problems.append("\(place) is no text") }
            let isReference = text.wholeMatch(of: /(?:[A-Za-z0-9._~\/-]|%[0-9A-F]{2})+/) != nil
            if !isReference || text.hasPrefix("/") { problems.append("\(place) is no relative reference: \(text)") }
        case .integer(let least):
            guard let number = value as? Int else { return problems.append("\(place) is no whole number") }
            if number < least { problems.append("\(place) is \(number)") }
        case .array(let schema):
            guard let items = value as? [Any] else { return problems.append("\(place) is no array") }
            for (index, item) in items.enumerated() { check(item, schema, "\(place)[\(index)]") }
        case .map(let schema):
            guard let fields = value as? [String: Any] else { return problems.append("\(place) is no object") }
            for (name, field) in fields { check(field, schema, "\(place).\(name)") }
        case .object(let schemas, let required):
            guard let fields = value as? [String: Any] else { return problems.append("\(place) is no object") }
            for name in required where fields[name] == nil { problems.append("\(place) lacks \(name)") }
            for (name, field) in fields {
                guard let schema = schemas[name] else {
                    problems.append("\(place) has \(name)")
                    continue
                }
                check(field, schema, "\(place).\(name)")
            }
        }
    }
}
