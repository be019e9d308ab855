import Foundation

/// Validates lines by the JSON Schema that the program prints, as far as that goes: types, constants, required and
/// further properties, and dates.
public struct JSONSchemaValidator: Sendable {
    private let definitions: [String: Data]

    /// - Parameter schema: What `snapsh --json help json` prints.
    public init(_ schema: String) throws {
        let line = schema.split(separator: "\n").first.map(String.init) ?? ""
        guard let document = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let definitions = document["$defs"] as? [String: Any]
        else { throw PartFailure("cannot read a schema: \(schema.prefix(200))") }
        self.definitions = try definitions.mapValues { try JSONSerialization.data(withJSONObject: $0) }
    }

    public var kinds: [String] { definitions.keys.sorted() }

    /// What is wrong with lines of output: each is an object of a known kind, and the last one says how the run ended.
    public func problems(in output: String, exitCode: Int32) -> [String] {
        let lines = output.split(separator: "\n").map(String.init)
        let objects = lines.map { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        let end = objects.last.flatMap { $0 }
        let isEnded = end?["kind"] as? String == "end" && end?["exit"] as? Int == Int(exitCode)
        return zip(lines, objects).flatMap { line, object in
            object.map(problems(in:)) ?? ["this is no object: \(line)"]
        } + (isEnded ? [] : ["the last line does not say that it ended with \(exitCode): \(lines.last ?? "")"])
    }

    private func problems(in object: [String: Any]) -> [String] {
        let kind = object["kind"] as? String ?? "(none)"
        guard let data = definitions[kind],
            let schema = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return ["there is no kind \(kind)"] }
        return Self.problems(of: object, schema, at: kind)
    }

    private static func problems(of value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let constant = schema["const"] as? String {
            return value as? String == constant ? [] : ["\(place) is not \(constant)"]
        }
        if let texts = schema["enum"] as? [String] {
            return (value as? String).map(texts.contains) == true ? [] : ["\(place) is none of \(texts)"]
        }
        let types = schema["type"] as? [String] ?? [schema["type"] as? String ?? ""]
        guard types.contains(where: { isOfType(value, $0) }) else { return ["\(place) is not \(types): \(value)"] }
        if let text = value as? String, schema["format"] as? String == "date-time",
            text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/#) == nil
        {
            return ["\(place) is no time: \(text)"]
        }
        if let items = schema["items"] as? [String: Any], let values = value as? [Any] {
            return values.flatMap { problems(of: $0, items, at: place + "[]") }
        }
        guard let object = value as? [String: Any], let properties = schema["properties"] as? [String: Any] else {
            return []
        }
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
        let isOpen = schema["additionalProperties"] as? Bool == true
        return missing.map { "\(place).\($0) is missing" }
            + object.keys.sorted().flatMap { name -> [String] in
                guard let value = object[name] else { return [] }
                guard let inner = properties[name] as? [String: Any] else {
                    return isOpen ? [] : ["\(place).\(name) is not declared"]
                }
                return problems(of: value, inner, at: "\(place).\(name)")
            }
    }

    private static func isOfType(_ value: Any, _ type: String) -> Bool {
        // A JSON boolean is a number to Foundation, too.
        let isBoolean = (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
        return switch type {
        case "string": value is String
        case "boolean": isBoolean
        case "number": value is NSNumber && !isBoolean
        case "integer": !isBoolean && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true
        case "array": value is [Any]
        case "object": value is [String: Any]
        default: false
        }
    }
}
