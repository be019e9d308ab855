/// The JSON Schema of what `--json` prints (draft 2020-12): each line is one of its definitions, named by `kind`.
struct JSONSchema: Encodable {
    private let records: [RecordDeclaration]

    init(_ records: [RecordDeclaration]) {
        self.records = records
    }

    func encode(to encoder: any Encoder) throws {
        try Value.object([
            "kind": .text(RecordDeclaration.schema.kind),
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text("a line of 'snapsh --json'"),
            "oneOf": .list(records.map { .object(["$ref": .text("#/$defs/\($0.kind)")]) }),
            "$defs": .object(Dictionary(uniqueKeysWithValues: records.map { ($0.kind, Self.schema(of: $0)) })),
        ]).encode(to: encoder)
    }

    private static func schema(of record: RecordDeclaration) -> Value {
        var fields = properties(record.fields)
        fields["kind"] = .object(["const": .text(record.kind)])
        return object(
            fields,
            required: ["kind"] + required(record.fields),
            isOpen: record.isOpen,
            ["description": .text(record.summary)]
        )
    }

    private static func schema(of type: FieldType) -> [String: Value] {
        switch type {
        case .text: ["type": .text("string")]
        case .oneOf(let texts): ["enum": .list(texts.map(Value.text))]
        case .count: ["type": .text("integer")]
        case .number: ["type": .text("number")]
        case .yesNo: ["type": .text("boolean")]
        case .time: ["type": .text("string"), "format": .text("date-time")]
        case .value: ["type": .list(["string", "number", "boolean"].map(Value.text))]
        case .list(let type): ["type": .text("array"), "items": .object(schema(of: type))]
        case .object(let fields): members(properties(fields), required: required(fields), isOpen: false)
        }
    }

    private static func properties(_ fields: [RecordField]) -> [String: Value] {
        var properties: [String: Value] = [:]
        for field in fields {
            properties[field.name] = .object(
                schema(of: field.type).merging(["description": .text(field.summary)]) { $1 }
            )
        }
        return properties
    }

    private static func required(_ fields: [RecordField]) -> [String] { fields.filter { !$0.isOptional }.map(\.name) }

    private static func object(
        _ properties: [String: Value],
        required: [String],
        isOpen: Bool,
        _ more: [String: Value]
    ) -> Value {
        .object(members(properties, required: required, isOpen: isOpen).merging(more) { $1 })
    }

    private static func members(_ properties: [String: Value], required: [String], isOpen: Bool) -> [String: Value] {
        [
            "type": .text("object"), "properties": .object(properties),
            "required": .list(required.map(Value.text)), "additionalProperties": .yesNo(isOpen),
        ]
    }

    private indirect enum Value: Encodable {
        case text(String)
        case yesNo(Bool)
        case list([Value])
        case object([String: Value])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .yesNo(let isTrue): try container.encode(isTrue)
            case .list(let values): try container.encode(values)
            case .object(let values): try container.encode(values)
            }
        }
    }
}
