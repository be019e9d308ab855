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

    @Test("finds nothing in the drills that the program carries", arguments: Catalog.drills.map(\.name))
    func catalog(name: String) throws {
        let bytes = try #require(Catalog.drills.first { $0.name == name }?.bytes)
        let (drill, findings) = DrillReader.read(bytes)
        #expect(findings == [])
        #expect(drill?.name == name)
    }
}
