import Language
import Text
import YAML

extension DrillReading {
    private typealias Form = DrillForm.Drill

    /// - Returns: `nil` where something that it needs is missing or unreadable.
    func drill(_ root: YAMLNode) -> Drill? {
        guard requireVersion(root), let fields = Fields(root, Form.section, self) else { return nil }
        choices = readChoices(fields)
        let hasWorld = readWorld(fields)
        let name = name(fields.text(Form.name), of: Form.name)
        let title = fields.line(Form.title, max: 60)
        let teaches = fields.line(Form.teaches, max: 80)
        let minutes = fields.number(Form.minutes, in: 1...600)
        let story = fields.text(Form.story).map { lines(of: $0) }
        checkStory(story ?? [], fields)
        let right = readRight(fields)
        let objectives = readObjectives(fields)
        let mistakes = readMistakes(fields)
        let hints = readHints(fields)
        let solution = script(fields.text(Form.solution), role: "the solution")
        let debrief = fields.lines(Form.debrief)
        let injects = readInjects(fields)
        let programs = readPrograms(fields)
        let parameters = readParameters(fields)
        checkTexts(root)
        guard hasWorld, let name, let title, let teaches, let minutes, let story, let right, !objectives.isEmpty,
            !hints.isEmpty, !solution.isEmpty
        else { return nil }
        var drill = Drill(
            name: name,
            title: title.text,
            teaches: teaches.text,
            minutes: Int(minutes),
            story: story.map(\.text),
            world: world,
            objectives: objectives,
            hints: hints,
            solution: solution,
            rightBackups: right
        )
        drill.choices = choices
        drill.programs = programs
        drill.mistakes = mistakes
        drill.scripts = scripts
        drill.debrief = debrief
        drill.injects = injects
        drill.parameters = parameters
        return drill
    }

    /// Nothing else is said of a file of another version: it has other keys.
    private func requireVersion(_ root: YAMLNode) -> Bool {
        guard case .mapping(let entries) = root.value,
            let version = entries.first(where: { $0.key.text == Form.drill.name })?.value
        else { return true }
        if version.text == "\(DrillForm.version)" { return true }
        find(
            version,
            "'\(version.text?.shortened ?? "")' is no version of this form that is known",
            hint: "this snapsh reads version \(DrillForm.version)"
        )
        return false
    }

    private func checkStory(_ story: [DrillScript.Line], _ fields: Fields) {
        if story.count > 10, let eleventh = story.dropFirst(10).first {
            find(eleventh.line, eleventh.column, "the story has \(story.count) lines: 10 are allowed")
        }
        for line in story { requireLength(of: line, max: 80) }
    }

    // MARK: - Small parts

    private func readChoices(_ fields: Fields) -> [String: [String]] {
        var choices: [String: [String]] = [:]
        for (key, value) in entries(fields, Form.choose) {
            guard let name = name(PlacedText(text: key.text ?? "", node: key), of: Form.name) else { continue }
            guard case .list(let items) = value.value else {
                find(value, "'\(name)' must be a list of texts", hint: "\(name): [TEXT, TEXT]")
                continue
            }
            var texts: [String] = []
            for text in items.compactMap({ text($0, of: Form.choose) }) {
                if texts.contains(text.text) { find(text.node, "'\(text.text.shortened)' is given twice") }
                texts.append(text.text)
            }
            if items.isEmpty { find(value, "'\(name)' is empty") }
            if !texts.isEmpty { choices[name] = texts }
        }
        return choices
    }

    private func readParameters(_ fields: Fields) -> [String: String] {
        var parameters: [String: String] = [:]
        for (key, value) in entries(fields, Form.parameters) {
            let name = key.text ?? ""
            let bytes = Array(name.utf8)
            guard bytes.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }),
                bytes.first?.isASCIIDigit == false
            else {
                find(
                    key,
                    "'\(name.shortened)' can't be the name of a parameter",
                    hint: "a name has letters, digits and '_', and begins with no digit"
                )
                continue
            }
            if let text = text(value, of: Form.parameters) { parameters[name] = text.text }
        }
        return parameters
    }

    /// The entries of a mapping whose keys are names of the drill's own.
    private func entries(_ fields: Fields, _ key: FormKey) -> [(key: YAMLNode, value: YAMLNode)] {
        guard let value = fields.value(key) else { return [] }
        switch value.value {
        case .mapping(let entries): return entries
        case .refused: break
        default: find(value, "'\(key.name)' is written as lines NAME: VALUE")
        }
        return []
    }

    private func readPrograms(_ fields: Fields) -> [String] {
        fields.texts(Form.programs).compactMap { text in
            let isName = text.text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._+".utf8.contains($0) }
            if !isName { find(text.node, "'\(text.text.shortened)' can't be the name of a program") }
            return isName ? text.text : nil
        }
    }

    private func readRight(_ fields: Fields) -> [String]? {
        guard let items = fields.list(Form.right) else { return nil }
        var ids: [String] = []
        for text in items.compactMap({ text($0, of: Form.right) }) {
            guard let backup = requireBackup(text) else { continue }
            if ids.contains(text.text) { find(text.node, "'\(text.text)' is given twice") }
            if let damage = backup.damage {
                find(text.node, "'\(text.text)' is \(damage.rawValue): it can't be a right one")
            }
            ids.append(text.text)
        }
        return ids
    }

    /// The backup of an id, which is a finding where there is none.
    func requireBackup(_ id: PlacedText) -> WorldBackup? {
        if let backup = backups[id.text] { return backup }
        find(
            id.node,
            "there is no backup '\(id.text.shortened)'",
            hint: Suggestion.hint(for: id.text, among: backups.keys.sorted())
        )
        return nil
    }

    private func readHints(_ fields: Fields) -> [String] {
        guard let items = fields.list(Form.hints) else { return [] }
        if items.count < 2 {
            find(
                fields.place(of: Form.hints),
                "\(items.count == 1 ? "1 hint" : "no hint"): two are needed at least, the last one a script"
            )
        }
        var hints: [String] = []
        for (index, item) in items.enumerated() {
            guard let text = text(item, of: Form.hints) else { continue }
            if index == items.count - 1, index > 0 {
                hints.append(script(text, role: "the last hint").joined(separator: "\n"))
            } else {
                hints.append(String(text.text.trimmed))
            }
        }
        return hints
    }
}
