import Text
import YAML

extension DrillReading {
    func readObjectives(_ fields: Fields) -> [Objective] {
        guard let items = fields.list(DrillForm.Drill.objectives) else { return [] }
        if items.isEmpty {
            find(fields.place(of: DrillForm.Drill.objectives), "no objective: the drill would have no end")
        }
        return items.compactMap { item in
            guard let fields = Fields(item, DrillForm.Objective.section, self) else { return nil }
            let sentence = fields.line(DrillForm.Objective.says)
            let conditions = conditions(fields)
            guard let sentence, !conditions.isEmpty else { return nil }
            return Objective(sentence.text, conditions)
        }
    }

    func readMistakes(_ fields: Fields) -> [Mistake] {
        var names: Set<String> = []
        return (fields.list(DrillForm.Drill.mistakes) ?? []).compactMap { item in
            guard let fields = Fields(item, DrillForm.Mistake.section, self) else { return nil }
            let name = uniqueName(fields, DrillForm.Mistake.name, &names)
            let conditions = readWhen(fields)
            let answer = fields.text(DrillForm.Mistake.answer)
            let example = script(
                fields.text(DrillForm.Mistake.example),
                role: "the example of '\(name ?? "")'"
            )
            guard let name, !conditions.isEmpty, let answer, !example.isEmpty else { return nil }
            return Mistake(name: name, conditions: conditions, answer: String(answer.text.trimmed), example: example)
        }
    }

    /// A name that no other one of its kind has.
    func uniqueName(_ fields: Fields, _ key: FormKey, _ names: inout Set<String>) -> String? {
        guard let text = fields.text(key), let name = name(text, of: key) else { return nil }
        if !names.insert(name).inserted { find(text.node, "'\(name)' is given twice") }
        return name
    }

    private func readWhen(_ fields: Fields) -> [Condition] {
        guard let value = fields.value(DrillForm.Mistake.when) else { return [] }
        guard case .list(let items) = value.value else {
            return Fields(value, DrillForm.Condition.section, self).map(conditions) ?? []
        }
        if items.isEmpty { find(value, "'when' is empty: any state would be this mistake") }
        return items.flatMap { Fields($0, DrillForm.Condition.section, self).map(conditions) ?? [] }
    }

    // MARK: - Conditions

    private typealias Form = DrillForm.Condition

    /// What can be asked of what.
    private static let tests: [String: [FormKey]] = [
        Form.file.name: [Form.exists, Form.isBackup, Form.sound, Form.hasKey, Form.lacksKey, Form.members],
        Form.data.name: [
            Form.exists, Form.isBackup, Form.hasKey, Form.lacksKey, Form.members, Form.forgets, Form.remembers,
        ],
        Form.etcd.name: [Form.answers, Form.hasKey, Form.lacksKey],
        Form.originals.name: [],
    ]

    /// All that is asked of one thing.
    private func conditions(_ fields: Fields) -> [Condition] {
        let subjects = Form.subjects.filter { fields.has($0) }
        guard let key = subjects.first else {
            find(fields.node, "the condition is about nothing", hint: "it needs file, data, etcd or originals")
            return []
        }
        if let second = subjects.dropFirst().first {
            find(fields.place(of: second), "'\(key.name)' and '\(second.name)' are two conditions: write one for each")
            return []
        }
        let allowed = Self.tests[key.name] ?? []
        let asked = Form.tests.filter { fields.has($0) }
        for test in asked where !allowed.contains(where: { $0.name == test.name }) {
            find(
                fields.place(of: test),
                "'\(test.name)' can't be asked of '\(key.name)'",
                hint: allowed.isEmpty ? nil : "it can be asked: \(allowed.map(\.name).joined(separator: ", "))"
            )
        }
        if key.name == Form.originals.name { return originals(fields) }
        guard let subject = subject(fields, key) else { return [] }
        if asked.isEmpty {
            find(
                fields.place(of: key),
                "nothing is asked of '\(key.name)'",
                hint: "it can be asked: \(allowed.map(\.name).joined(separator: ", "))"
            )
        }
        let tests = tests(fields)
        if asked.count > 1, tests.contains(.exists(false)) || tests.contains(.answers(false)) {
            find(fields.place(of: key), "what is not there has nothing else that could be asked")
        }
        return tests.map { Condition(subject, $0) }
    }

    private func subject(_ fields: Fields, _ key: FormKey) -> Condition.Subject? {
        switch key.name {
        case Form.file.name: return pathInWork(fields.text(key)).map { .file($0) }
        case Form.data.name: return pathInWork(fields.text(key)).map { .data($0) }
        default:
            guard let text = fields.text(key) else { return nil }
            guard expansions(of: text.text).allSatisfy(Self.isOwnAddress) else {
                find(
                    text.node,
                    "'\(text.text.shortened)' is no address of an etcd on this machine",
                    hint: "write it as http://127.0.0.1:2379"
                )
                return nil
            }
            return .etcd(text.text)
        }
    }

    private static func isOwnAddress(_ text: String) -> Bool {
        let scheme = "http://"
        guard text.hasPrefix(scheme), let address = HostAndPort(text.dropFirst(scheme.count)) else { return false }
        return address.isLoopback && address.port.map { $0 > 0 } == true
    }

    private func originals(_ fields: Fields) -> [Condition] {
        guard let text = fields.text(Form.originals) else { return [] }
        guard ["unchanged", "changed"].contains(text.text) else {
            find(text.node, "'\(text.text.shortened)' is neither unchanged nor changed")
            return []
        }
        if world.volume == nil {
            find(text.node, "the world has no volume: no backup in it can change")
        }
        return [Condition(.originals, .isUnchanged(text.text == "unchanged"))]
    }

    private func tests(_ fields: Fields) -> [Condition.Test] {
        var tests: [Condition.Test] = []
        if let flag = fields.flag(Form.exists) { tests.append(.exists(flag)) }
        let ids = fields.texts(Form.isBackup).filter { requireBackup($0) != nil }
        if !ids.isEmpty { tests.append(.isBackup(ids.map(\.text))) }
        if let flag = fields.flag(Form.sound) { tests.append(.isSound(flag)) }
        tests += fields.texts(Form.hasKey).map { .hasKey($0.text) }
        tests += fields.texts(Form.lacksKey).map { .lacksKey($0.text) }
        if let count = fields.number(Form.members, in: 1...99) { tests.append(.memberCount(Int(count))) }
        for (key, should) in [(Form.forgets, true), (Form.remembers, false)] {
            guard let text = fields.text(key) else { continue }
            let known = world.dataDirectories.map(\.path)
            if !known.contains(text.text) {
                find(
                    text.node,
                    "the world has no data directory '\(text.text.shortened)'",
                    hint: known.isEmpty ? nil : "it has \(known.joined(separator: ", "))"
                )
            }
            tests.append(.forgets(text.text, should))
        }
        if let flag = fields.flag(Form.answers) { tests.append(.answers(flag)) }
        return tests
    }
}
