import Foundation
import TestSupport

/// Folders of snapshot files whose names say nothing, for the scripts of `Tests/Fixtures/scripts`.
enum PlainFolder {
    /// Makes `dumps`, with snapshot files only, and `mixed`, with the operator's folder beside them.
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

    private static func date(daysOld: Double) -> Date { Date(timeIntervalSinceNow: -(daysOld * 24 + 2) * 3600 - 1800) }
}
