import Foundation
import TestSupport

/// The volume that the scripts of `Tests/Fixtures/scripts` find: `Tests/Fixtures/README.md` says what is in it.
enum StandardVolume {
    /// - Parameter volume: An empty one.
    static func fill(_ volume: BackupVolume) throws {
        try addSound(to: volume)
        try addUnsound(to: volume)
        try addIgnored(to: volume.folder)
    }

    private static func addSound(to volume: BackupVolume) throws {
        func add(_ fixture: String, _ revision: Int64, _ cluster: String, _ version: String, age: Age) throws {
            try volume.add(
                revision,
                cluster: cluster,
                version: version,
                content: Fixture.snapshot(fixture),
                age: age.seconds
            )
        }
        try add("early.db", 9, "foo", "3.2.32", age: Age(days: 40, hours: 2))
        try add("middle.db", 168, "foo", "3.3.27", age: Age(days: 9, hours: 4))
        try add("late.db", 208, "foo", "3.4.23", age: Age(days: 3, hours: 4))
        try add("tombstone.db", 212, "foo", "3.4.23", age: Age(days: 1, hours: 2))
        // Restored from 168 after something went wrong at 208.
        try add("late.db", 208, "rolled-back", "3.4.23", age: Age(days: 5, hours: 1))
        try add("middle.db", 168, "rolled-back", "3.4.23", age: Age(days: 2, hours: 6))
        // An upgrade between two writes.
        try add("late.db", 208, "twins", "3.4.23", age: Age(days: 2, hours: 3))
        try add("late.db", 208, "twins", "3.5.1", age: Age(days: 2, hours: 2))
        try volume.folder.makeFolder("v1/empty")
    }

    /// One of each kind, revisions 1 and up.
    private static func addUnsound(to volume: BackupVolume) throws {
        for (index, content) in UnsoundContent.all.enumerated() {
            try volume.add(
                Int64(index + 1),
                cluster: "damaged",
                content: content.bytes,
                age: Age(days: 20 - Double(index), hours: 1).seconds
            )
        }
    }

    private static func addIgnored(to folder: TemporaryFolder) throws {
        let unfinished = Array(try Fixture.snapshot("late.db").prefix(10000))
        try folder.write(unfinished, to: "v1/foo/tmp/3.4.23_00000000000000d5_etcd.backup")
        try folder.write("kept by hand\n".utf8, to: "v1/foo/README.txt")
        try folder.write(unfinished, to: "v1/foo/3.4.23_0000000000000d6_etcd.backup")
        try folder.link("v1/foo/latest", to: "/nowhere/at/all")
        try folder.makeFolder("v1/lost+found")
        try folder.write("notes\n".utf8, to: "v1/notes.txt")
    }

    /// A length of time that is shown the same for half an hour.
    private struct Age {
        var days: Double
        var hours: Double

        var seconds: TimeInterval { (days * 24 + hours) * 3600 + 1800 }
    }
}
