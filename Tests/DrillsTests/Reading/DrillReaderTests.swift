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

    @Test("demands a version where neither the drill nor the file beside it says one")
    func versions() {
        func findings(_ text: String) -> [String] {
            DrillReader.read(
                Array(text.utf8),
                contents: WholeDrill.contents,
                saysVersion: { $0 != "./ours/monday.db" }
            ).findings.map { "\($0.line):\($0.column) \($0.message)" }
        }
        let silent = WholeDrill.text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains(" etcd: 3") }.joined(separator: "\n")
        #expect(findings(silent).count == 1)
        #expect(findings(silent).first?.contains("'./ours/monday.db' does not say which etcd wrote it") == true)
        #expect(
            findings(
                silent.replacing("content: ./ours/monday.db", with: "content: ./ours/monday.db\n          etcd: 3.5.1")
            )
                == []
        )
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
