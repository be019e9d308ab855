import Backups
import Foundation
import Testing

@Suite("The file that a backup becomes where no name is given")
struct BackupFileNameTests {
    private func backup(_ name: String, _ encoding: BackupEncoding = .raw, key: String? = nil) -> Backup {
        let entry = StoreEntry(key: key ?? name, byteCount: 1, modified: Date(), etag: "one")
        return Backup(name: name, cluster: nil, encoding: encoding, entry: entry)
    }

    private static let zip = BackupEncoding(name: "zip", nameEnding: ".zip")
    private static let gzip = BackupEncoding(name: "gzip", nameEnding: ".gz")

    @Test(
        "has a name of one part that every file system takes",
        arguments: [
            ("etcd.db", .raw, "etcd.db"),
            ("2024-05-02/etcd-snapshot.db", .raw, "2024-05-02_etcd-snapshot.db"),
            ("/a//b.db", .raw, "a_b.db"),
            ("../b.db", .raw, ".._b.db"),
            ("a/\u{301}b.db", .raw, "a_\u{301}b.db"),
            ("2024-05-01T08:15:00Z_etcd.zip", zip, "2024-05-01T08-15-00Z_etcd"),
            ("2024-05-03T08:15:00Z-000005", gzip, "2024-05-03T08-15-00Z-000005"),
        ] as [(String, BackupEncoding, String)]
    )
    func snapshot(name: String, encoding: BackupEncoding, file: String) {
        #expect(Array(backup(name, encoding).snapshotFileName.utf8) == Array(file.utf8))
    }

    @Test("keeps the stored name where the bytes are kept, for what takes it goes by it")
    func stored() {
        #expect(
            backup("2024-05-01T08:15:00Z_etcd.zip", Self.zip).storedFileName == "2024-05-01T08:15:00Z_etcd.zip"
        )
        let kops = backup("2024-05-03T08:15:00Z-000005", Self.gzip, key: "x/etcd.backup.gz")
        #expect(kops.storedFileName == "2024-05-03T08:15:00Z-000005.gz")
    }

    @Test("is never longer than a file's name may be")
    func long() {
        let folders = String(repeating: "folder/", count: 60)
        #expect(backup(folders + "etcd.db").snapshotFileName == "etcd.db")
    }

    @Test("has its companions by their paths beside it")
    func companions() {
        let oracle = backup("n1/etcd.db", key: "all/backup-1/n1/etcd.db")
        #expect(oracle.companionPath(of: "all/backup-1/n1/sa.key") == "sa.key")
        #expect(oracle.companionPath(of: "all/backup-1/label.txt") == "label.txt")
        #expect(oracle.companionPath(of: "all/.metadata/etcd.db") == ".metadata/etcd.db")
        #expect(oracle.companionPath(of: "all/backup-1/n1/pki/ca.key") == "pki/ca.key")
    }
}
