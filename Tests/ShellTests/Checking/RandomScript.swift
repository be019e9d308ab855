import TestSupport

@testable import Shell

/// A script that is made of the command table by chance: most of it fits, some does not.
struct RandomScript {
    private var random: SeededGenerator
    private let folder: String
    private(set) var text = ""
    /// The values for its parameters.
    private(set) var parameters: [String: String] = [:]
    /// The texts of the scripts that it may include, by their names in the folder.
    private(set) var included: [String: String] = [:]
    /// Whether the command that is being made writes files.
    private var writesFiles = false

    /// Commands that a person must be there for, or that run until they are stopped.
    private static let commands = Sources.commands.all.filter {
        !$0.isForPromptOnly && !["serve", "confirm", "source", "drill"].contains($0.words[0])
    }
    /// They are many, and most of them end a script here, where there is no folder for drills.
    private static let drills = Sources.commands.all.filter { $0.words[0] == "drill" }

    /// - Parameter folder: Where files may be made and are.
    init(seed: UInt64, folder: String) {
        random = SeededGenerator(seed: seed)
        self.folder = folder
        for name in ["p", "q"] where chance(2) {
            text += "param \(name)" + (chance(2) ? " = \(plainWord())" : "") + "\n"
            if chance(2) { parameters[name] = plainWord() }
        }
        // What most scripts begin with, so that more than their first line is right.
        if !chance(4) { text += "use pv\ncluster foo\n" }
        if chance(2) { text += "ls; pick max\n" }
        if chance(3) { text += "verify \(folder)/out.db\n" }
        for name in ["one.snapsh", "two.snapsh"] where chance(3) {
            let declaration = chance(4) ? pick(["param p\n", "param s --secret\n", "param b = x\n"]) : ""
            included[name] = declaration + lines(count: 1...2)
            if chance(4) { parameters["s"] = plainWord() }
        }
        text += lines(count: 1...6)
    }

    private mutating func lines(count: ClosedRange<Int>) -> String {
        var text = ""
        for _ in 0..<Int.random(in: count, using: &random) {
            text += command()
            while chance(3) { text += (chance(2) ? " && " : " || ") + command() }
            text += chance(4) ? "; " + command() + "\n" : "\n"
        }
        return text
    }

    private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

    private mutating func command() -> String {
        if chance(4) { return "set \(pick(["a", "b", "p"])) = \(word())" }
        if chance(4) { return expectation() }
        if chance(4), let name = included.keys.sorted().randomElement(using: &random) {
            return "source \(folder)/\(name)"
        }
        guard let declaration = (chance(30) ? Self.drills : Self.commands).randomElement(using: &random) else {
            return "ls"
        }
        if declaration.words == ["expect"] { return expectation() }
        writesFiles = ["get", "restore", "record", "report"].contains(declaration.name)
        // A restore takes space and time.
        if declaration.name == "restore", !chance(4) { return "status \(folder)/out.db" }
        var words = declaration.words
        for argument in declaration.arguments
        where argument.isRequired || writesFiles || argument.replacement != nil && !chance(4) || chance(2) {
            if let introducer = argument.introducer { words.append(introducer) }
            words.append(word(for: argument.kind))
        }
        if declaration.name == "restore" { words.append("--data-dir=\(folder)/d") }
        for option in declaration.options where option.name != "data-dir" && chance(6) {
            guard let value = option.value else {
                words.append("--\(option.name)")
                continue
            }
            words.append("--\(option.name)=\(word(for: value.kind))")
        }
        return words.joined(separator: " ")
    }

    private mutating func expectation() -> String {
        guard let fact = Fact.all.filter({ $0.name != "port().open" }).randomElement(using: &random) else {
            return "ls"
        }
        var things = fact.parameters.map { _ in "" }
        for (index, parameter) in fact.parameters.enumerated() { things[index] = word(for: parameter.kind) }
        let name = fact.name.replacing("()", with: "(" + things.joined(separator: ", ") + ")")
        if fact.type == .yesNo, chance(2) { return "expect \(name)" }
        return
            "expect \(name) \(pick(Comparison.allCases.map(\.rawValue))) \(chance(2) ? word() : pick(fact.type.sampleTexts))"
    }

    /// A word that is mostly of a kind.
    private mutating func word(for kind: AnyValueKind) -> String {
        let isPath =
            if case .file = kind.completion { true } else if case .folder = kind.completion { true } else { false }
        // What is written stays in the folder.
        if !(isPath && writesFiles), chance(3) { return word() }
        switch kind.completion {
        case .file: return "\(folder)/\(pick(["out.db", "out.db", "cut.db", "none.db", "new.db"]))"
        case .folder: return "\(folder)/\(pick(["d", "e"]))"
        case .cluster, .clusterOfPlace: return pick(["foo", "foo", "bar"])
        case .choice: return pick(["max", "min", "15", "0x10", "99"])
        case .version: return pick(["3.4", "3.4.23", "3.5.0"])
        case .comparison: return pick(Comparison.allCases.map(\.rawValue))
        case .fact: return pick(Fact.all.filter(\.parameters.isEmpty).map(\.name))
        case .topic: return pick(["facts", "pick", "codes"])
        case .oneOf(let names): return pick(names)
        case .none, .namespace, .backupName, .node, .backupKind: return plainWord()
        }
    }

    private mutating func word() -> String {
        if chance(4) {
            let name = Fact.all.filter(\.parameters.isEmpty).randomElement(using: &random)?.name ?? "pick.age"
            return "${\(name)\(pick(["", "", ":-3", ":-x", ":?missing"]))}"
        }
        if chance(3) { return pick(["$a", "$b", "$p", "$s", "$q", "${a:-3}", "${b:-x}", "x$p", "${q:?no q}"]) }
        return plainWord()
    }

    private mutating func plainWord() -> String {
        pick([
            "1", "0", "3", "3.4", "max", "foo", "x", "''", "2d", "24KiB", "yes", "no", "15", "2016-11-23", "a/b",
            "facts",
        ])
    }
}
