import Drills
import TestSupport
import Testing

@Suite("Reading a drill")
struct DrillReaderTests {
    private func read(_ text: String) -> (drill: Drill?, findings: [DrillFinding]) {
        DrillReader.read(Array(text.utf8), contents: WholeDrill.contents)
    }

    @Test("takes each key of the form")
    func whole() throws {
        let (drill, findings) = read(WholeDrill.text)
        #expect(findings == [])
        let found = try #require(drill)
        #expect(found.name == "newest-altered" && found.minutes == 10)
        #expect(
            found.story == [
                "The etcd of {{cluster}} in {{town}} is gone.", "A backup of it is in the bucket my-backups.",
            ]
        )
        #expect(found.choices == ["cluster": ["shop", "billing", "fleet"], "town": ["Ulm", "Rio"]])
        #expect(found.programs == ["etcd"])
        #expect(found.rightBackups == ["older"])
        #expect(found.parameters == ["cluster": "{{cluster}}", "bucket": "my-backups"])
    }

    @Test("asks for the files beside the drill")
    func files() {
        var asked: [String] = []
        let findings = DrillReader.read(Array(WholeDrill.text.utf8), contents: WholeDrill.contents) { path in
            asked.append(path)
            return false
        }.findings
        #expect(asked == ["./ours/monday.db"])
        #expect(
            findings.map { "\($0.line):\($0.column) \($0.message)" } == ["30:20 there is no file './ours/monday.db'"]
        )
    }
}
