import Text

extension Output {
    /// That nothing was found wrong with a script, and which parameters it still needs, in one line.
    package func reportSound(_ script: String, needing parameters: [ScriptParameter]) {
        let names = parameters.map(\.name)
        result(
            "\(script.printable) is fine" + (names.isEmpty ? "" : "; it needs \(names.joined(separator: ", "))"),
            json: CheckRecord(script: script.printable, parameters: names)
        )
    }
}

private struct CheckRecord: Encodable {
    let kind = "check"
    let script: String
    /// The names of those that need a value and have none.
    let parameters: [String]
}
