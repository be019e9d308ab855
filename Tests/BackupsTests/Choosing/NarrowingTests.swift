import Backups
import FoundationEssentials
import Testing

/// Backups of nodes and kinds, by the times in their names.
@Suite struct NarrowingTests {
    private let now = Date(timeIntervalSince1970: 1000 * 3600)

    private func backup(
        _ name: String,
        hour: Double,
        node: String? = nil,
        kind: String? = nil,
        revision: Int64? = nil
    ) -> Backup {
        let time = Date(timeIntervalSince1970: hour * 3600)
        var backup = Backup(
            name: name,
            cluster: nil,
            entry: StoreEntry(key: name, byteCount: 20512, modified: time, etag: name)
        )
        (backup.node, backup.kind, backup.isTimeNamed) = (node, kind, true)
        backup.readRevision = revision.flatMap { Revision($0) }
        return backup
    }

    private var listing: BackupListing {
        BackupListing(
            backups: [
                backup("a1", hour: 1, node: "a", kind: "scheduled", revision: 50),
                backup("b1", hour: 2, node: "b", kind: "scheduled", revision: 90),
                backup("a2", hour: 3, node: "a", kind: "on-demand", revision: 70),
                backup("b2", hour: 4, node: "b", kind: "on-demand"),
                backup("x", hour: 5),
            ],
            ignored: [],
            order: .byTime,
            now: now
        )
    }

    private func choose(_ selection: Selection) throws -> (String, String) {
        let chosen = try selection.select(from: listing, of: nil)
        return (chosen.backup.name, chosen.reason)
    }

    @Test func `a node and a kind narrow the choice, and the reason says so`() throws {
        #expect(
            try choose(Selection(.newest, node: "a", now: now))
                == ("a2", "the last of 2 backups of node a, by time (from the name)")
        )
        #expect(
            try choose(Selection(.newest, node: "a", kind: "scheduled", now: now))
                == ("a1", "the only backup of node a, of kind scheduled")
        )
        let before = Date(timeIntervalSince1970: 4 * 3600)
        #expect(
            try choose(Selection(.newest, before: before, kind: "scheduled", now: now))
                == (
                    "b1",
                    "the last of 2 backups of kind scheduled, written before 1970-01-01T04:00:00Z, by time (from the name)"
                )
        )
        #expect(try choose(Selection(.oldest, node: "b", now: now)).0 == "b1")
    }

    @Test func `every backup is a full one`() throws {
        #expect(
            try choose(Selection(.newest, kind: "full", now: now)) == (
                "x", "the last of 5 backups by time (from the name)"
            )
        )
    }

    @Test func `a node that is not there is not found, and the error names those that are`() throws {
        func message(_ selection: Selection) -> String? {
            let error = #expect(throws: SelectionError.self) { try choose(selection) }
            #expect(error?.category == .notFound)
            return error?.description
        }
        #expect(
            message(Selection(.newest, node: "c", now: now))
                == "cannot pick a backup: none of the 5 is of node c; the nodes are a, b"
        )
        #expect(
            message(Selection(.newest, kind: "weekly", now: now))
                == "cannot pick a backup: none of the 5 is of kind weekly; the kinds are on-demand, scheduled"
        )
        #expect(message(Selection(.name("x"), node: "a", now: now)) == "cannot pick x: its node is unknown")
        #expect(message(Selection(.name("b1"), node: "a", now: now)) == "cannot pick b1: it is of node b, not a")
        let plain = BackupListing(backups: [backup("x", hour: 1), backup("y", hour: 2)], ignored: [], order: .byTime)
        let error = #expect(throws: SelectionError.self) {
            try Selection(.newest, node: "a", now: now).select(from: plain, of: nil)
        }
        #expect(error?.description == "cannot pick a backup: none of the 2 is of node a; their names say no node")
    }

    @Test func `by another order, what has nothing to go by is not considered`() throws {
        #expect(
            try choose(Selection(.newest, by: .byRevision, now: now)) == ("b1", "the highest revision of 3 backups")
        )
        #expect(
            try choose(Selection(.newest, node: "a", by: .byRevision, now: now))
                == ("a2", "the highest revision of 2 backups of node a")
        )
        #expect(try choose(Selection(.oldest, by: .byRevision, now: now)) == ("a1", "the lowest revision of 3 backups"))
        let chosen = Selection(.newest, by: .byRevision, now: now)
        let pick = try chosen.select(from: listing, of: nil).backup
        #expect(chosen.older(than: pick, in: listing).map(\.name) == ["a2", "a1"])
    }

    @Test func `of names with one time the last comes last, and the reason says that there are more`() throws {
        let nodes = ["n1", "n2", "n3"].map { (node: String) in backup("s-\(node)-7200", hour: 2, node: node) }
        let listing = BackupListing(backups: nodes.reversed(), ignored: [], order: .byTime, now: now)
        let newest = try Selection(.newest, now: now).select(from: listing, of: nil)
        #expect(newest.backup.node == "n3")
        #expect(newest.reason == "the last of 3 backups by time (from the name); 2 more have the same time")
        #expect(try Selection(.oldest, now: now).select(from: listing, of: nil).backup.node == "n1")
    }

    @Test func `of one revision the later name comes last`() throws {
        var backups = [
            backup("Full-1-9-200.gz", hour: 2), backup("Full-1-9-1000.gz", hour: 1), backup("Full-1-8-3", hour: 3),
        ]
        backups[0].revision = Revision(9)
        backups[1].revision = Revision(9)
        backups[2].revision = Revision(8)
        let listing = BackupListing(backups: backups, ignored: [], order: .byRevision, now: now)
        #expect(listing.backups.map(\.name) == ["Full-1-8-3", "Full-1-9-1000.gz", "Full-1-9-200.gz"])
        let chosen = try Selection(.newest, now: now).select(from: listing, of: nil)
        #expect(chosen.backup.name == "Full-1-9-200.gz")
        #expect(chosen.reason == "the highest revision of 3 backups, the last of 2 with it")
    }

    @Test func `a local time may be ahead of UTC by the hours of a zone`() throws {
        var tokyo = backup("t", hour: 1009)
        tokyo.hasLocalTime = true
        var wrong = backup("w", hour: 1024)
        wrong.hasLocalTime = true
        #expect(!tokyo.isInFuture(at: now) && wrong.isInFuture(at: now))
        let listing = BackupListing(backups: [tokyo, backup("u", hour: 999)], ignored: [], order: .byTime, now: now)
        let chosen = try Selection(.newest, now: now).select(from: listing, of: nil)
        #expect(chosen.backup.name == "t")
        #expect(chosen.reason == "the last of 2 backups by time (from the name, a local time without its zone)")
    }
}
