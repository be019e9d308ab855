import Foundation
import TestSupport

/// Folders of snapshot files whose names say nothing, for the scripts of `Tests/Fixtures/scripts`.
enum PlainFolder {
    /// Makes `dumps`, with snapshot files only, `packed`, with an archive, and `mixed`, with the operator's folder
    /// beside them.
    static func fill(_ folder: TemporaryFolder) throws {
        try add("early.db", to: folder, "dumps/etcd-monday.db", daysOld: 40)
        try add("middle.db", to: folder, "dumps/etcd-tuesday.snap", daysOld: 9)
        try add("late.db", to: folder, "dumps/etcd-wednesday.db", daysOld: 3)
        try add("tombstone.db", to: folder, "dumps/etcd-thursday.db", daysOld: 8, isCompressed: true)
        try folder.write(
            Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 4080),
            to: "dumps/app.db",
            modified: date(daysOld: 0)
        )
        try folder.write("not a backup\n".utf8, to: "dumps/notes.txt")
        try folder.write("half".utf8, to: "dumps/.etcd-friday.db.part")
        try add("early.db", to: folder, "dumps/old/etcd-sunday.db", daysOld: 50)

        try addArchive(to: folder)

        try add("middle.db", to: folder, "mixed/etcd-tuesday.snap", daysOld: 9)
        try add("early.db", to: folder, "mixed/v1/foo/3.2.32_0000000000000009_etcd.backup", daysOld: 40)
    }

    private static func add(
        _ fixture: String,
        to folder: TemporaryFolder,
        _ path: String,
        daysOld: Double,
        isCompressed: Bool = false
    ) throws {
        let time = date(daysOld: daysOld)
        try folder.write(try Fixture.snapshot(fixture), to: path, modified: time)
        if isCompressed {
            // gzip keeps the time of the file, and puts no other into it.
            let outcome = try SystemTool.run(["gzip", "--no-name", path], in: folder)
            guard outcome.exitCode == 0 else { throw PartFailure("gzip failed") }
        }
    }

    /// Makes `packed`, with an archive that holds more than the snapshot, also what is no companion.
    private static func addArchive(to folder: TemporaryFolder) throws {
        try folder.write(try Fixture.snapshot("late.db"), to: "packed/in/etcd-snapshot.db")
        try folder.write("kind: ClusterConfig\n".utf8, to: "packed/in/k0s.yaml")
        try folder.write("secret\n".utf8, to: "packed/in/pki/sa.key")
        try folder.link("packed/in/pki/link", to: "/etc/passwd")
        let pack = """
            tar --sort=name --mtime=2020-01-01 --owner=0 --group=0 --numeric-owner --mode=600 -P -cf etcd.db.tar \\
                -C in etcd-snapshot.db k0s.yaml pki --transform 's,^pki/sa.key,../sa.key,' && \\
            tar --mtime=2020-01-01 --owner=0 --group=0 --numeric-owner --mode=600 -rf etcd.db.tar -C in pki/sa.key && \\
            gzip --no-name etcd.db.tar && rm -r in && touch -d '-50 hours -30 minutes' etcd.db.tar.gz
            """
        let outcome = try SystemTool.run(["sh", "-c", "cd packed; \(pack)"], in: folder)
        guard outcome.exitCode == 0 else { throw PartFailure("tar failed: \(outcome)") }
    }

    private static func date(daysOld: Double) -> Date { Date(timeIntervalSinceNow: -(daysOld * 24 + 2) * 3600 - 1800) }
}
