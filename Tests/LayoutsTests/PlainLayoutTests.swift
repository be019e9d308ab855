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
        guard case .backup(let odd) = layout.parse("a.db.odd") else {
            Issue.record("a.db.odd is ignored")
            return
        }
        #expect(odd.encoding.name == "odd")
        let reason = "its name does not end in .db, .snap or .snapshot, nor in the ending of an archive"
        #expect(layout.parse("a.db.gz") == .ignored(reason: reason))
        #expect(PlainLayout(encodings: CodecRegistry.encodings).parse("a.gz") == .ignored(reason: reason))
    }

    @Test(arguments: ["a.tar", "a.tar.gz", "a.tgz", "a.tar.zst", "a.tar.xz.age", "a.db.zip", "a.snap.lz4"])
    func `archives may hold a snapshot, too`(name: String) {
        guard case .backup(let says) = layout.parse(name) else {
            Issue.record("\(name) is ignored")
            return
        }
        #expect(says.encoding != .raw && name.hasSuffix(says.encoding.nameEnding))
    }
}
