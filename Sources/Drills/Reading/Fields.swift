import Backups
import Language
import Text
import YAML

/// A text of a drill's file, with its place.
struct PlacedText: Sendable {
    var text: String
    var node: YAMLNode
}

/// The values of one mapping of the file, by the keys of the form. Each value that is of another type is a finding.
struct Fields {
    let node: YAMLNode
    let section: FormSection
    private let entries: [String: (key: YAMLNode, value: YAMLNode)]
    private let reading: DrillReading

    /// - Returns: `nil` where it is no mapping. Unknown keys, and those that are missing, are findings.
    init?(_ node: YAMLNode, _ section: FormSection, _ reading: DrillReading) {
        self.node = node
        self.section = section
        self.reading = reading
        guard case .mapping(let entries) = node.value else {
            reading.find(node, "\(section.noun) is written as lines KEY: VALUE", hint: section.knownKeys)
            return nil
        }
        var known: [String: (key: YAMLNode, value: YAMLNode)] = [:]
        for entry in entries {
            let name = entry.key.text ?? ""
            if section.keys.contains(where: { $0.name == name }) {
                known[name] = entry
            } else {
                reading.find(
                    entry.key,
                    "unknown key '\(name.printable)' in \(section.noun)",
                    hint: Suggestion.hint(for: name, among: section.keys.map(\.name)) ?? section.knownKeys
                )
            }
        }
        self.entries = known
        for key in section.keys where !key.isOptional && known[key.name] == nil {
            reading.find(node, "'\(key.name)' is missing in \(section.noun)", hint: "\(key.name): \(key.summary)")
        }
    }

    func has(_ key: FormKey) -> Bool { entries[key.name] != nil }

    /// The place of a key, or of the mapping where it has none.
    func place(of key: FormKey) -> YAMLNode { entries[key.name]?.key ?? node }

    /// The value of a key that has one.
    func value(_ key: FormKey) -> YAMLNode? {
        guard let value = entries[key.name]?.value else { return nil }
        if case .null = value.value {
            reading.find(place(of: key), "'\(key.name)' has no value", hint: "\(key.name): \(key.summary)")
            return nil
        }
        return value
    }

    /// A text that is not empty.
    func text(_ key: FormKey) -> PlacedText? { value(key).flatMap { reading.text($0, of: key) } }

    /// A text of one line.
    func line(_ key: FormKey, max: Int? = nil) -> PlacedText? {
        guard let text = text(key) else { return nil }
        let line = String(text.text.trimmed)
        if line.contains("\n") {
            reading.find(text.node, "'\(key.name)' has more than one line")
            return nil
        }
        if let max { reading.requireLength(of: line, max: max, text.node) }
        return PlacedText(text: line, node: text.node)
    }

    /// The lines of a text.
    func lines(_ key: FormKey) -> [String] {
        text(key).map { reading.lines(of: $0).map(\.text) } ?? []
    }

    func list(_ key: FormKey) -> [YAMLNode]? {
        guard let value = value(key) else { return nil }
        switch value.value {
        case .list(let items): return items
        case .refused: return nil
        default:
            reading.find(value, "'\(key.name)' must be a list", hint: "\(key.name): \(key.summary)")
            return nil
        }
    }

    /// A text, or a list of texts, that is not empty.
    func texts(_ key: FormKey) -> [PlacedText] {
        guard let value = value(key) else { return [] }
        switch value.value {
        case .list(let items):
            if items.isEmpty { reading.find(value, "'\(key.name)' is empty") }
            return items.compactMap { reading.text($0, of: key) }
        case .mapping:
            reading.find(value, "'\(key.name)' must be a list of texts", hint: "\(key.name): \(key.summary)")
            return []
        default: return [reading.text(value, of: key)].compactMap(\.self)
        }
    }

    func flag(_ key: FormKey) -> Bool? {
        guard let text = text(key) else { return nil }
        switch text.text {
        case "true": return true
        case "false": return false
        default:
            reading.find(text.node, "'\(text.text.shortened)' is neither true nor false")
            return nil
        }
    }

    func number(_ key: FormKey, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = text(key) else { return nil }
        guard let number = Int64(text.text), range.contains(number) else {
            let limits =
                range.upperBound == .max
                ? "from \(range.lowerBound) on" : "from \(range.lowerBound) to \(range.upperBound)"
            reading.find(text.node, "'\(text.text.shortened)' is no whole number \(limits)")
            return nil
        }
        return number
    }

    /// A length of time in seconds.
    func seconds(_ key: FormKey, max: Int64, canBeNegative: Bool = false) -> Int64? {
        guard let text = text(key) else { return nil }
        let isNegative = canBeNegative && text.text.hasPrefix("-")
        guard let length = DurationText.seconds(of: String(text.text.dropFirst(isNegative ? 1 : 0))) else {
            reading.find(
                text.node,
                "'\(text.text.shortened)' is no length of time",
                hint: "write it as 90s, 15m or 2d5h"
            )
            return nil
        }
        guard length <= Double(max) else {
            reading.find(text.node, "'\(key.name)' is longer than \(DurationText.text(seconds: Double(max)))")
            return nil
        }
        return Int64(length) * (isNegative ? -1 : 1)
    }

    /// A number of bytes, more than 0.
    func byteCount(_ key: FormKey, max: Int64) -> Int64? {
        guard let text = text(key) else { return nil }
        guard let count = SizeText.byteCount(of: text.text), count > 0 else {
            reading.find(text.node, "'\(text.text.shortened)' is no size", hint: "write it as 512, 24KiB or 3MiB")
            return nil
        }
        guard count <= max else {
            reading.find(text.node, "'\(key.name)' is more than \(max.byteCountText)")
            return nil
        }
        return count
    }

    func version(_ key: FormKey) -> String? {
        guard let text = text(key) else { return nil }
        guard let version = EtcdVersion(text.text), version.patch != nil, !text.text.hasPrefix("v") else {
            reading.find(text.node, "'\(text.text.shortened)' is no version of etcd", hint: "write it as 3.4.23")
            return nil
        }
        return text.text
    }
}

extension FormSection {
    fileprivate var knownKeys: String { "the keys are \(keys.map(\.name).joined(separator: ", "))" }
}

extension String {
    /// As a message has room for it.
    var shortened: String { (count <= 40 ? self : prefix(40) + "…").printable }
}
