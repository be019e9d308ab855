import Language
import Text

extension Output {
    /// The records of `--json`, or the fields of one; as JSON, the schema of all.
    func showRecords(_ topic: [String], _ commands: CommandTable) throws {
        let records = commands.records
        guard topic.count > 1 else {
            let rows = try JSONHelp.table(records, commands)
            return listing(JSONHelp.introduction + "\n\n" + rows, json: [JSONSchema(records)])
        }
        guard let record = records.first(where: { $0.kind == topic[1] }) else {
            throw UsageError(
                "there is no record called '\(topic[1].printable)'",
                hint: Suggestion.hint(for: topic[1], among: records.map(\.kind)) ?? "'help json' lists them"
            )
        }
        listing(try JSONHelp.text(record), json: [JSONSchema([record])])
    }
}

/// What `help json` says.
enum JSONHelp {
    static let introduction = """
          '--json' prints one object a line. Each has a 'kind'. Numbers are numbers,
          durations are in seconds, sizes in bytes, times as RFC 3339. A field is absent
          where it has no value. Messages go to standard error, as objects, too: of
          "kind" note, warning, log or error, with a "message". The last line of
          standard output says how it ended: {"kind":"end","exit":0}.
          'help json KIND' lists its fields, 'snapsh --json help json' prints a schema.
        """

    /// All records, with the commands that print them.
    fileprivate static func table(_ records: [RecordDeclaration], _ commands: CommandTable) throws -> String {
        var table = TextTable(header: ["KIND", "OF", "WHAT IT IS"])
        for record in records {
            let names = commands.all.filter { command in command.records.contains { $0.kind == record.kind } }
                .map { $0.words.count > 1 && $0.words[0] != "drill" ? $0.words[0] : $0.name }
            let unique = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            let more = unique.count > 1 ? ", …" : ""
            table.append([record.kind, unique.first.map { $0 + more } ?? "", record.summary])
        }
        return try table.text()
    }

    static func text(_ record: RecordDeclaration) throws -> String {
        var table = TextTable(header: ["FIELD", "IS", "MEANING"])
        table.append(["kind", "text", "\"\(record.kind)\""])
        for field in record.fields { append(field, inside: "", to: &table) }
        return "  \(record.kind): \(record.summary)\n\n" + (try table.text())
    }

    /// A field, and those in it with its name before theirs.
    private static func append(_ field: RecordField, inside outer: String, to table: inout TextTable) {
        let name = outer + field.name
        table.append([name + (field.isOptional ? "?" : ""), field.type.name, field.summary])
        switch field.type {
        case .object(let fields): for inner in fields { append(inner, inside: name + ".", to: &table) }
        case .list(.object(let fields)): for inner in fields { append(inner, inside: name + "[].", to: &table) }
        default: break
        }
    }
}
