import Backups
import BackupsTesting
import Layouts
import Testing

@Suite struct PlainLayoutTests {
    private let layout = PlainLayout()

    @Test func `keeps to the contract of layouts`() throws {
        try LayoutContract(
            layout,
            backups: [
                ("etcd.db", ParsedBackup()), ("etcd-snapshot-2026-01-31.snap", ParsedBackup()),
                ("etcd.db.gz", ParsedBackup(encoding: .gzip)), ("a b.snap.gz", ParsedBackup(encoding: .gzip)),
                ("größe.db", ParsedBackup()), ("-x.db", ParsedBackup()),
            ],
            others: ["etcd.DB", "db", "etcd.db.zip", "etcd.gz", "etcd.db.gz.gz", ".db", ".gz", "", "etcd.db~"],
            folder: FolderView(name: "backups", files: ["README", "etcd.db"])
        ).run()
    }

    @Test(arguments: ["a.db", "a.snap", "a.db.gz", "a.snap.gz"])
    func `one such file is enough where no other layout is found`(name: String) {
        #expect(layout.match(FolderView(name: "", files: ["x", name])) == LayoutMatch(.fallback))
    }
}
