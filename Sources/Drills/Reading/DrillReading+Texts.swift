import Language
import Text
import YAML

/// What holds for every text of the file: its placeholders are known, and nothing in it is invisible.
extension DrillReading {
    /// - Parameter root: The whole file.
    func checkTexts(_ root: YAMLNode) {
        guard case .mapping(let entries) = root.value else { return }
        for entry in entries {
            checkTexts(entry.value, PlaceholderScope(key: entry.key.text ?? ""))
        }
    }

    /// Which placeholders may stand in a part of the file.
    private enum PlaceholderScope {
        case none
        /// Only values of `choose`: the rest follows from the world.
        case choices
        case all

        init(key: String) {
            self =
                switch key {
                case DrillForm.Drill.world.name: .choices
                case DrillForm.Drill.story.name, DrillForm.Drill.parameters.name, DrillForm.Drill.objectives.name,
                    DrillForm.Drill.mistakes.name, DrillForm.Drill.hints.name, DrillForm.Drill.solution.name,
                    DrillForm.Drill.debrief.name, DrillForm.Drill.injects.name:
                    .all
                default: .none
                }
        }
    }

    private func checkTexts(_ node: YAMLNode, _ scope: PlaceholderScope) {
        switch node.value {
        case .text(let text, _):
            for line in lines(of: PlacedText(text: text, node: node)) { check(line, scope) }
        case .list(let nodes): for node in nodes { checkTexts(node, scope) }
        case .mapping(let entries): for entry in entries { checkTexts(entry.value, scope) }
        case .null, .refused: break
        }
    }

    private func check(_ line: DrillScript.Line, _ scope: PlaceholderScope) {
        if let index = line.text.unicodeScalars.firstIndex(where: { String($0).printable != String($0) }) {
            let column = line.text.unicodeScalars.distance(from: line.text.startIndex, to: index)
            find(
                line.line,
                line.column + column,
                "a tab or an invisible character: \(String(line.text.unicodeScalars[index]).printable)"
            )
        }
        guard line.text.utf8.contains(UInt8(ascii: "{")) else { return }
        var column = line.column
        for piece in Placeholder.pieces(of: line.text) {
            switch piece {
            case .text(let text):
                if let start = text.utf8Offset(of: "{{") {
                    find(line.line, column + start, "'{{' is not closed on its line", hint: "write {{NAME}}")
                }
                column += text.count
            case .name(let name):
                check(placeholder: String(name), line.line, column, scope)
                column += name.count + 4
            }
        }
    }

    private func check(placeholder name: String, _ line: Int, _ column: Int, _ scope: PlaceholderScope) {
        if case .none = scope {
            return find(line, column, "'{{\(name.shortened)}}' can't stand here: this is read before a value is chosen")
        }
        if choices[name] != nil { return }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, backups[parts[0]] != nil else {
            let isBackup = parts.count == 2
            return find(
                line,
                column,
                isBackup
                    ? "there is no backup '\(parts[0].shortened)'"
                    : "there is no value '\(name.shortened)' in 'choose'",
                hint: isBackup
                    ? Suggestion.hint(for: parts[0], among: backups.keys.sorted())
                    : Suggestion.hint(for: name, among: choices.keys.sorted())
            )
        }
        let fields = BackupField.allCases.map(\.rawValue)
        guard fields.contains(parts[1]) else {
            return find(
                line,
                column,
                "a backup has no '\(parts[1].shortened)'",
                hint: "write {{\(parts[0]).\(fields.joined(separator: "}}, {{\(parts[0])."))}}"
            )
        }
        if case .choices = scope {
            find(
                line,
                column,
                "'{{\(name)}}' can't stand here: it is known once the world is built",
                hint: "in 'world' only values of 'choose' may stand"
            )
        }
    }
}

extension Substring {
    /// How many characters stand before a text.
    fileprivate func utf8Offset(of wanted: String) -> Int? {
        indices.first { self[$0...].hasPrefix(wanted) }.map { distance(from: startIndex, to: $0) }
    }
}
