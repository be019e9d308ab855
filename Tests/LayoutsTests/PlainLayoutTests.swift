import Backups
import Codecs
import Layouts
import Testing

@Suite struct PlainLayoutTests {
    private let layout = PlainLayout(encodings: CodecRegistry.encodings)

    @Test(arguments: ["a.db", "a.snap", "a.db.gz", "a.snap.gz"])
    func `one such file is enough where no other layout is found`(name: String) {
        #expect(layout.match(FolderView(files: ["x", name])) == LayoutMatch(.fallback))
    }

    @Test func `files may have the encodings that it is given, and no others`() {
        let layout = PlainLayout(encodings: [BackupEncoding(name: "odd", nameEnding: ".odd")])
        #expect(layout.summary == "snapshot files in one folder: *.db, *.snap, also with .odd")
        guard case .backup(let odd) = layout.parse("a.db.odd") else {
            Issue.record("a.db.odd is ignored")
            return
        }
        #expect(odd.encoding.name == "odd")
        #expect(
            layout.parse("a.db.gz") == .ignored(reason: "its name does not end in .db, .snap, .db.odd or .snap.odd")
        )
        #expect(PlainLayout(encodings: []).summary == "snapshot files in one folder: *.db, *.snap")
    }
}
