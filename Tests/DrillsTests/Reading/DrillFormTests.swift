import Drills
import Testing

@Suite("The form of drills")
struct DrillFormTests {
    @Test("is explained in 80 columns, each key with what it is")
    func help() {
        for line in DrillForm.help.flatMap({ $0.split(separator: "\n") }) { #expect(line.count <= 80, "\(line)") }
        let names = DrillForm.help.compactMap { $0.split(separator: " ").first.map(String.init) }
        for name in ["drill", "choose?", "data-directories?", "initial-cluster", "remembers?", "shop-thursday"] {
            #expect(names.contains(name), "'help drills' lacks \(name)")
        }
    }

    @Test("has an example in its help in which nothing is wrong")
    func example() {
        let (drill, findings) = DrillReader.read(Array(DrillForm.example.utf8))
        #expect(findings == [])
        #expect(drill?.name == "our-first")
    }

    @Test("lets a key be left out just where the help says so")
    func optionalKeys() throws {
        // Each key of the whole drill that stands on one line of its own.
        let lines = WholeDrill.text.split(separator: "\n", omittingEmptySubsequences: false)
        var count = 0
        for (index, line) in lines.enumerated() {
            let bare = line.drop { $0 == " " || $0 == "-" }
            guard let name = bare.split(separator: ":").first.map(String.init), bare.hasPrefix("\(name): "),
                // 'choose' and 'parameters' have names of the drill's own.
                !bare.hasSuffix("|"), !line.contains("- "), name != "cluster"
            else { continue }
            let next = index + 1 < lines.count ? lines[index + 1] : ""
            let (depth, nextDepth) = (line.prefix { $0 == " " }.count, next.prefix { $0 == " " }.count)
            guard !next.contains("  - ") || nextDepth <= depth else { continue }
            var changed = lines
            changed.remove(at: index)
            let text = changed.joined(separator: "\n")
            let findings = DrillReader.read(Array(text.utf8), contents: WholeDrill.contents).findings
            let isMissing = findings.contains { $0.message.hasPrefix("'\(name)' is missing in ") }
            let rows = DrillForm.help.filter { $0.hasPrefix("    \(name) ") || $0.hasPrefix("    \(name)? ") }
            guard !rows.isEmpty, Set(rows.map { $0.contains("\(name)?") }).count == 1 else { continue }
            count += 1
            #expect(isMissing == rows.contains { !$0.contains("\(name)?") }, "\(name), line \(index + 1)")
        }
        #expect(count > 20)
    }
}
