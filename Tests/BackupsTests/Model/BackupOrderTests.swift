import Backups
import Codecs
import FoundationEssentials
import Testing

/// Backups whose names say a revision, and backups of which only the time is known.
@Suite struct BackupOrderTests {
    private func backup(_ name: String, revision: Int64? = nil, hour: Double, bytes: Int64 = 20512) -> Backup {
        let time = Date(timeIntervalSince1970: 1_479_859_200 + hour * 3600)
        return Backup(
            name: name,
            cluster: nil,
            revision: revision.flatMap { Revision($0) },
            entry: StoreEntry(key: name, byteCount: bytes, modified: time, etag: "")
        )
    }

    private func byTime(_ backups: [Backup]) -> BackupListing {
        BackupListing(backups: backups, ignored: [], order: .byTime)
    }

    @Test func `backups without a revision are listed by their time, those of one time by name`() {
        let listing = byTime([backup("b", hour: 2), backup("c", hour: 1), backup("a", hour: 2)])
        #expect(listing.backups.map(\.name) == ["c", "a", "b"])
    }

    @Test func `a revision that is known does not change the order by time`() {
        let listing = byTime([
            backup("a", revision: 9, hour: 2), backup("b", revision: 5, hour: 3), backup("c", hour: 1),
        ])
        #expect(listing.backups.map(\.name) == ["c", "a", "b"])
    }

    @Test func `the newest is the last written, and the reason says so`() throws {
        let listing = byTime([backup("late", hour: 5), backup("early", hour: 1), backup("middle", hour: 3)])
        let newest = try Selection(.newest).select(from: listing, of: nil)
        #expect(newest.backup.name == "late")
        #expect(newest.reason == "the last of 3 backups by modification time")
        let oldest = try Selection(.oldest).select(from: listing, of: nil)
        #expect(oldest.backup.name == "early")
        #expect(oldest.reason == "the first of 3 backups by modification time")
    }

    @Test func `two backups of the same time are not guessed between`() throws {
        let listing = byTime([backup("a", hour: 5), backup("b", hour: 5), backup("c", hour: 1)])
        let error = #expect(throws: SelectionError.self) { try Selection(.newest).select(from: listing, of: nil) }
        #expect(error?.description == "cannot pick a backup by its time: 2 were written 2016-11-23T05:00:00Z, a and b")
    }

    /// An hour after the last of the backups that are not from the future.
    private let now = Date(timeIntervalSince1970: 1_479_859_200 + 6 * 3600)

    private func atNow(_ backups: [Backup]) -> BackupListing {
        BackupListing(backups: backups, ignored: [], order: .byTime, now: now)
    }

    @Test func `a time in the future is listed first, and is neither the newest nor the oldest`() throws {
        let listing = atNow([backup("late", hour: 5), backup("future", hour: 48), backup("early", hour: 1)])
        #expect(listing.backups.map(\.name) == ["future", "early", "late"])
        let newest = try Selection(.newest, now: now).select(from: listing, of: nil)
        #expect(newest.backup.name == "late")
        #expect(
            newest.reason
                == "the last of 3 backups by modification time;"
                + " 1 has a time in the future, which proves nothing"
        )
        #expect(try Selection(.oldest, now: now).select(from: listing, of: nil).backup.name == "early")
        let older = Selection(.newest, now: now).older(than: newest.backup, in: listing)
        #expect(older.map(\.name) == ["early"])
    }

    @Test func `where all times are in the future the last is not guessed, and the only one is taken`() throws {
        let listing = atNow([backup("a", hour: 48), backup("b", hour: 72)])
        let error = #expect(throws: SelectionError.self) {
            try Selection(.newest, now: now).select(from: listing, of: nil)
        }
        #expect(
            error?.description
                == "cannot pick a backup by its time: that of 2 is unknown or in the future, a and b"
        )
        let only = atNow([backup("a", hour: 48)])
        #expect(try Selection(.newest, now: now).select(from: only, of: nil).backup.name == "a")
    }

    @Test func `a revision that may be one of the unknown ones is not said to be in no backup`() throws {
        func message(_ backups: [Backup]) -> String? {
            #expect(throws: SelectionError.self) {
                let revision = try #require(Revision(15 as Int64))
                _ = try Selection(.revision(revision), now: now).select(from: atNow(backups), of: nil)
            }?.description
        }
        let known = [backup("a", revision: 9, hour: 1), backup("b", revision: 20, hour: 2)]
        #expect(
            message(known + [backup("c", hour: 3)])
                == "cannot pick revision 15 (0xf): none of the 2 revisions that could be read is it; 1 is unknown;"
                + " the nearest are 9 (0x9) and 20 (0x14)"
        )
        #expect(
            message([backup("c", hour: 3), backup("d", hour: 4)])
                == "cannot pick revision 15 (0xf): the revisions of all 2 backups are unknown"
        )
        #expect(message(known)?.contains("no backup has it; the nearest are") == true)
    }

    @Test func `an unknown etcd version is taken for a target, and is none that is asked for`() throws {
        let listing = byTime([backup("a", hour: 1)])
        let target = EtcdVersion(major: 3, minor: 5)
        #expect(try Selection(.newest, target: target).select(from: listing, of: nil).backup.name == "a")
        let error = #expect(throws: SelectionError.self) {
            try Selection(.newest, version: target).select(from: listing, of: nil)
        }
        #expect(error?.description == "cannot pick a: its etcd version is unknown")
    }

    @Test func `the size of what is compressed says nothing about the snapshot in it`() {
        var compressed = backup("a.gz", hour: 1, bytes: 777)
        #expect(compressed.hasSizeOfSnapshot == false && !compressed.obstacles.isEmpty)
        compressed.encoding = .gzip
        #expect(compressed.hasSizeOfSnapshot == nil && compressed.obstacles.isEmpty)
        var empty = backup("a.gz", hour: 1, bytes: 0)
        empty.encoding = .gzip
        #expect(empty.obstacles == [.empty])
    }

    @Test func `backups without revisions show no rollback`() {
        #expect(Rollback(among: [backup("a", hour: 1), backup("b", hour: 3)]) == nil)
        #expect(Rollback(among: [backup("a", revision: 9, hour: 1), backup("b", hour: 3)]) == nil)
    }
}
