import YAML

/// Reads YAML that has names with texts, and nothing else.
enum YAMLTexts {
    /// A name and its text; lines and columns count from 1.
    struct Entry: Sendable, Equatable {
        var name: String
        var text: String
        var line: Int
        var column: Int
    }

    /// - Returns: The entries in order; none of an empty file.
    /// - Throws: `YAMLProblem`.
    static func read(_ bytes: [UInt8]) throws(YAMLProblem) -> [Entry] {
        let result = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(YAMLProblem) in try readStream(YAMLEvents(bytes)) }
        }
        return try result.get()
    }

    private static func readStream(_ events: borrowing YAMLEvents) throws(YAMLProblem) -> [Entry] {
        var entries: [Entry] = []
        var hasDocument = false
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return entries
            case .other: continue
            case .mappingStart where !hasDocument:
                hasDocument = true
                entries = try readMapping(events)
            case .scalar where event.isNull && !hasDocument: hasDocument = true
            case _ where hasDocument: throw event.problem("a second document begins here: only one is read")
            default: throw event.problem("only lines NAME: VALUE are read")
            }
        }
    }

    private static func readMapping(_ events: borrowing YAMLEvents) throws(YAMLProblem) -> [Entry] {
        var entries: [Entry] = []
        var names: Set<String> = []
        while true {
            let key = try events.next()
            if key.kind == .mappingEnd { return entries }
            guard key.kind == .scalar, !key.isNull else { throw key.problem("a name is expected here") }
            let name = key.text
            if !names.insert(name).inserted { throw key.problem("'\(name)' is given twice") }
            let value = try events.next()
            switch value.kind {
            case .scalar where value.isNull:
                throw value.problem("'\(name)' has no value", hint: "an empty text is written \"\"")
            case .scalar where !value.hasUsualTag: throw value.problem("the value of '\(name)' has a tag")
            case .scalar: break
            case .alias: throw value.problem("the value of '\(name)' refers to another one: write the text itself")
            default:
                throw value.problem(
                    "the value of '\(name)' is nested: only texts are read",
                    hint: "a text that begins with { or [ is written in quotes"
                )
            }
            entries.append(Entry(name: name, text: value.text, line: key.line, column: key.column))
        }
    }
}
