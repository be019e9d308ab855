import Backups
import Foundation
import Layouts
import Testing

@Suite("Choosing a backup")
struct SelectionTests {
    private func backup(_ revision: Int64, _ version: String = "3.1.0", hour: Double = 0) throws -> Backup {
        let version = try #require(EtcdVersion(version))
        let revision = try #require(Revision(revision))
        let name = try #require(OperatorLayout().name(of: ParsedBackup(version: version, revision: revision)))
        let modified = Date(timeIntervalSince1970: hour * 3600)
        return Backup(
            name: name,
            cluster: ClusterName("foo"),
            version: version,
            revision: revision,
            entry: StoreEntry(key: name, byteCount: 20512, modified: modified, etag: "")
        )
    }

    private func backups() throws -> [Backup] {
        [
            try backup(9, "3.0.9", hour: 1), try backup(10, "3.1.0", hour: 2), try backup(100, "3.1.1", hour: 3),
            try backup(99, "3.2.0", hour: 4), try backup(16, "3.1.0", hour: 2.5),
        ]
    }

    private func choose(_ selection: Selection) throws -> (Int64?, String) {
        let listing = BackupListing(backups: try backups(), ignored: [])
        let chosen = try selection.select(from: listing, of: ClusterName("foo"))
        return (chosen.backup.revision?.value, chosen.reason)
    }

    @Test("the newest and the oldest go by the number, not by the text, across versions")
    func extremes() throws {
        #expect(try choose(Selection(.newest)) == (100, "the highest revision of 5 backups"))
        #expect(try choose(Selection(.oldest)) == (9, "the lowest revision of 5 backups"))
    }

    @Test("is narrowed by version, time and target")
    func narrowing() throws {
        let version = try #require(EtcdVersion("3.1"))
        let target = try #require(EtcdVersion("3.0.4"))
        let time = Date(timeIntervalSince1970: 3 * 3600)
        #expect(
            try choose(Selection(.newest, version: version)) == (100, "the highest revision of 3 backups of etcd 3.1")
        )
        #expect(
            try choose(Selection(.newest, before: time))
                == (16, "the highest revision of 3 backups written before 1970-01-01T03:00:00Z")
        )
        #expect(
            try choose(Selection(.newest, target: target)) == (9, "the only backup restorable into etcd 3.0.4")
        )
    }

    @Test("by revision and by name")
    func exact() throws {
        #expect(try choose(Selection(.revision(#require(Revision(99))))).0 == 99)
        #expect(try choose(Selection(.name("3.1.0_0000000000000010_etcd.backup"))).0 == 16)
    }

    @Test("names that only look the same are two backups, in two clusters")
    func lookalikes() throws {
        let names = ["\u{E9}.db", "e\u{301}.db"]
        let backups = names.map { name in
            let entry = StoreEntry(key: name, byteCount: 20512, modified: Date(timeIntervalSince1970: 0), etag: name)
            return Backup(name: name, cluster: nil, entry: entry)
        }
        let listing = BackupListing(backups: backups, ignored: [], order: .byTime)
        // By bytes: U+0065 comes before U+00E9.
        #expect(listing.backups.map { Array($0.name.utf8) } == [names[1], names[0]].map { Array($0.utf8) })
        for name in names {
            let chosen = try Selection(.name(name)).select(from: listing, of: nil)
            #expect(Array(chosen.backup.name.utf8) == Array(name.utf8))
        }
        let clusters = names.map { ClusterName($0) }
        #expect(clusters[0] != clusters[1] && Set(clusters).count == 2 && clusters[1] < clusters[0])
        #expect(ClusterName("a", namespace: names[0]) != ClusterName("a", namespace: names[1]))
    }

    @Test("a source that says how many it has and offers none has a sentence for that")
    func noneOffered() throws {
        let listing = BackupListing(
            backups: [],
            ignored: [],
            isComplete: false,
            total: BackupTotal(count: 3, approximateByteCount: 0)
        )
        for target in [nil, EtcdVersion("3.4")] {
            let error = #expect(throws: SelectionError.self) {
                try Selection(.newest, target: target).select(from: listing, of: ClusterName("foo"))
            }
            #expect(error?.description == "cannot pick a backup: the source reports 3 backups, but offers none")
            #expect(error?.category == .notFound)
        }
    }

    @Test("says which revisions are next to one that is not there")
    func absentRevision() throws {
        func message(_ revision: Int64) throws -> String {
            let revision = try #require(Revision(revision))
            let error = #expect(throws: SelectionError.self) { try choose(Selection(.revision(revision))) }
            #expect(error?.category == .notFound)
            return try #require(error).description
        }
        #expect(
            try message(50)
                == "cannot pick revision 50 (0x32): no backup has it; the nearest are 16 (0x10) and 99 (0x63)"
        )
        #expect(try message(5) == "cannot pick revision 5 (0x5): no backup has it; the nearest is 9 (0x9)")
        #expect(try message(500) == "cannot pick revision 500 (0x1f4): no backup has it; the nearest is 100 (0x64)")
    }

    @Test("a backup that can't be restored into the target is not picked, not even by its name")
    func incompatible() throws {
        let target = try #require(EtcdVersion("3.5"))
        let named = Selection(.name("3.2.0_0000000000000063_etcd.backup"), target: target)
        let error = #expect(throws: SelectionError.self) { try choose(named) }
        #expect(
            error?.description == "cannot pick 3.2.0_0000000000000063_etcd.backup:"
                + " etcd 3.5 can't restore a backup of etcd 3.2.0"
        )
        let any = #expect(throws: SelectionError.self) { try choose(Selection(.newest, target: target)) }
        #expect(any?.description == "cannot pick a backup: none of the 5 is restorable into etcd 3.5")
        #expect(any?.category == .notFound)
    }

    @Test("does not guess between two versions with the same revision")
    func ambiguous() throws {
        let twins = [try backup(15, "3.1.0"), try backup(15, "3.2.0"), try backup(3)]
        let listing = BackupListing(backups: twins, ignored: [])
        let fifteen = try #require(Revision(15))
        for choice in [Selection.Choice.newest, .revision(fifteen)] {
            let error = #expect(throws: SelectionError.self) {
                try Selection(choice).select(from: listing, of: ClusterName("foo"))
            }
            #expect(
                error?.description == "cannot pick revision 15 (0xf): 2 backups have it,"
                    + " 3.1.0_000000000000000f_etcd.backup and 3.2.0_000000000000000f_etcd.backup"
            )
            #expect(error?.category == .failed)
        }
        let version = EtcdVersion(major: 3, minor: 2)
        #expect(
            try Selection(.newest, version: version).select(from: listing, of: ClusterName("foo")).backup == twins[1]
        )
        #expect(try Selection(.oldest).select(from: listing, of: ClusterName("foo")).backup == twins[2])
    }

    @Test("an empty cluster has nothing to choose")
    func empty() {
        #expect(throws: SelectionError.noBackups(cluster: "foo")) {
            try Selection(.newest).select(from: BackupListing(backups: [], ignored: []), of: ClusterName("foo"))
        }
    }

    @Test("a listing notices when the latest is not the highest")
    func rollback() throws {
        let listing = BackupListing(backups: try backups(), ignored: [])
        #expect(listing.backups.map(\.revision?.value) == [9, 10, 16, 99, 100])
        #expect(Rollback(among: listing.backups)?.highest.revision?.value == 100)
        #expect(Rollback(among: listing.backups)?.latest.revision?.value == 99)
        let straight = BackupListing(backups: [try backup(1, hour: 1), try backup(2, hour: 2)], ignored: [])
        #expect(Rollback(among: straight.backups) == nil)
        let together = BackupListing(backups: [try backup(1, hour: 1), try backup(2, hour: 1)], ignored: [])
        #expect(Rollback(among: together.backups) == nil)
    }

    @Test("files that were written within seconds of each other are no rollback")
    func copies() throws {
        let copied = try backup(2, hour: 1)
        func rollback(after seconds: TimeInterval) throws -> Rollback? {
            var later = try backup(1, hour: 1)
            later.modified = copied.modified?.addingTimeInterval(seconds)
            return Rollback(among: [copied, later])
        }
        #expect(try rollback(after: 1) == nil)
        #expect(try rollback(after: Age.maxClockSkew) == nil)
        #expect(try rollback(after: Age.maxClockSkew + 1)?.latest.revision?.value == 1)
    }

    @Test("a time in the future is no time to choose by")
    func future() throws {
        let now = Date(timeIntervalSince1970: 10 * 3600)
        let listing = BackupListing(
            backups: [try backup(9, hour: 1), try backup(10, hour: 2), try backup(11, hour: 58)],
            ignored: []
        )
        let late = Date(timeIntervalSince1970: 100 * 3600)
        let selection = Selection(.newest, before: late, now: now)
        #expect(try selection.select(from: listing, of: ClusterName("foo")).backup.revision?.value == 10)
        let named = Selection(.name(listing.backups[2].name), before: late, now: now)
        let excluded = #expect(throws: SelectionError.self) { try named.select(from: listing, of: ClusterName("foo")) }
        #expect(excluded?.description.contains("is in the future: its clock or this one is wrong") == true)
        let early = Date(timeIntervalSince1970: 0)
        let none = #expect(throws: SelectionError.self) {
            try Selection(.newest, before: early, now: now).select(from: listing, of: ClusterName("foo"))
        }
        #expect(none?.description.hasSuffix("; 1 of them have a time in the future, so a clock is wrong") == true)
    }

    @Test("a time in the future does not make a backup the latest, unless the highest revision has one, too")
    func futureRollback() throws {
        let now = Date(timeIntervalSince1970: 10 * 3600)
        #expect(Rollback(among: [try backup(1, hour: 58), try backup(2, hour: 2)], at: now) == nil)
        let bothAhead = [try backup(1, hour: 58), try backup(2, hour: 50)]
        #expect(Rollback(among: bothAhead, at: now)?.latest.revision?.value == 1)
        #expect(Rollback(among: [try backup(1, hour: 3), try backup(2, hour: 50)], at: now) == nil)
    }

    /// Revisions 9 and 12 can be used; 7, 10 and 11 can't.
    private func partlyUnusable() throws -> BackupListing {
        var backups = try [7, 9, 10, 11, 12].map { try backup($0) }
        backups[0].entry?.byteCount = 20480
        backups[2].entry?.byteCount = 0
        backups[3].entry?.storageClass = "GLACIER"
        return BackupListing(backups: backups, ignored: [])
    }

    @Test("the newest and the oldest are those that can be used, and what is passed over is named")
    func unusable() throws {
        let cluster = ClusterName("foo")
        var listing = try partlyUnusable()
        #expect(try Selection(.newest).select(from: listing, of: cluster).passedOver.isEmpty)
        listing.backups.removeLast()
        let newest = try Selection(.newest).select(from: listing, of: cluster)
        #expect(newest.backup.revision?.value == 9)
        #expect(newest.reason == "the highest usable revision of 4 backups")
        #expect(
            newest.passedOver.sentence
                == "3.1.0_000000000000000b_etcd.backup (archived (GLACIER): restore the object in S3 first),"
                + " 3.1.0_000000000000000a_etcd.backup (it is empty)"
        )
        let oldest = try Selection(.oldest).select(from: listing, of: cluster)
        #expect(oldest.backup.revision?.value == 9)
        #expect(
            oldest.passedOver.sentence
                == "3.1.0_0000000000000007_etcd.backup (20480 bytes: not the size of a whole snapshot)"
        )
        let named = try Selection(.revision(#require(Revision(11)))).select(from: listing, of: cluster)
        #expect(named.backup.revision?.value == 11 && named.passedOver.isEmpty)
    }

    @Test("where none can be used the failure says what is there")
    func noneUsable() throws {
        var listing = try partlyUnusable()
        listing.backups.removeAll { $0.obstacles.isEmpty }
        let unsound = #expect(throws: SelectionError.self) {
            try Selection(.newest).select(from: listing, of: ClusterName("foo"))
        }
        #expect(unsound?.category == .unsound)
        #expect(unsound?.description.hasPrefix("cannot pick a backup: none of the 3 can be used: 3.1.0_") == true)
        listing.backups.removeAll { $0.entry?.storageClass == nil }
        let archived = #expect(throws: SelectionError.self) {
            try Selection(.newest).select(from: listing, of: ClusterName("foo"))
        }
        #expect(archived?.category == .notFound)
    }

    @Test("of two versions with the same revision, one that can be used is no guess")
    func usableTwin() throws {
        var twins = [try backup(15, "3.1.0"), try backup(15, "3.2.0")]
        twins[1].entry?.byteCount = 11
        let chosen = try Selection(.newest)
            .select(from: BackupListing(backups: twins, ignored: []), of: ClusterName("foo"))
        #expect(chosen.backup == twins[0] && chosen.passedOver == [UnusableBackup(twins[1])])
    }

    @Test("older ones are those before it in a listing, within what narrows the choice")
    func older() throws {
        let listing = BackupListing(backups: try backups(), ignored: [])
        let pick = try #require(listing.backups.last)
        #expect(Selection(.newest).older(than: pick, in: listing).map(\.revision?.value) == [99, 16, 10, 9])
        let narrow = Selection(.newest, version: EtcdVersion("3.1"))
        #expect(narrow.older(than: pick, in: listing).map(\.revision?.value) == [16, 10])
        #expect(Selection(.newest).older(than: listing.backups[0], in: listing).isEmpty)
        // Of versions of one name, what was written before.
        let versions = [try backup(15, hour: 1), try backup(15, hour: 2), try backup(15, hour: 3)]
        let lost = BackupListing(backups: versions.reversed(), ignored: [])
        #expect(Selection(.newest).older(than: versions[2], in: lost) == [versions[1], versions[0]])
    }
}
