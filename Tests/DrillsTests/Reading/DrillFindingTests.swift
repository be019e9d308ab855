import Drills
import TestSupport
import Testing

/// A change of the whole drill, and what is found then.
struct FindingCase: Sendable, CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String
    /// `LINE:COLUMN message | hint`, all of them.
    var findings: [String]

    init(_ name: String, _ old: String, _ new: String, _ findings: String...) {
        (self.name, self.old, self.new, self.findings) = (name, old, new, findings)
    }

    var testDescription: String { name }
}

@Suite("Findings in a drill")
struct DrillFindingTests {
    @Test("have their places, and say the next step", arguments: cases)
    func finding(_ tried: FindingCase) throws {
        let parts = WholeDrill.text.split(separator: tried.old, omittingEmptySubsequences: false)
        try #require(parts.count >= 2, "the whole drill lacks '\(tried.old)'")
        let text = parts[0] + tried.new + parts.dropFirst().joined(separator: tried.old)
        let findings = DrillReader.read(Array(text.utf8), contents: WholeDrill.contents).findings
        #expect(findings.map(\.text) == tried.findings)
    }
}

extension DrillFinding {
    fileprivate var text: String { "\(line):\(column) \(message)" + (hint.map { " | \($0)" } ?? "") }
}
