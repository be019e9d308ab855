import Foundation
import TestSupport
import Testing

/// Choosing among the backups of several nodes, kinds and clocks, by the program itself.
@Suite(.ownThread) struct NarrowedPickTests {
    private let program: Program

    init() throws {
        program = try Program()
    }

    private func add(_ fixture: String, to name: String) throws {
        // When it was copied says nothing.
        try program.folder.write(
            try Fixture.snapshot(fixture),
            to: "place/\(name)",
            modified: Date(timeIntervalSinceNow: -60)
        )
    }

    private func run(_ text: String, _ settings: String = "") throws -> Program.Outcome {
        try program.run(["-c", "use pv place\(settings); \(text)"])
    }

    private func addNodes() throws {
        try add("early.db", to: "etcd-snapshot-node-a-1714500000")
        try add("early.db", to: "etcd-snapshot-node-b-1714500000")
        try add("middle.db", to: "etcd-snapshot-node-a-1714543200")
        try add("late.db", to: "on-demand-node-b-1714550000")
    }

    @Test func `nodes and kinds have columns where they differ, and narrow the choice`() throws {
        try addNodes()
        let listing = try run("ls")
        #expect(listing.output.contains("WRITTEN               NODE    KIND       NAME"), "\(listing.output)")
        #expect(!listing.output.contains("ETCD"))
        let newest = try run("pick max; expect pick.revision == 208")
        #expect(newest.exitCode == 0 && newest.output.contains("the last of 4 backups by time (from the name)"))
        let narrowed = try run("pick max --node node-a; info; expect pick.revision == 168; expect pick.node == node-a")
        #expect(narrowed.exitCode == 0, "\(narrowed.talk)")
        #expect(narrowed.output.contains("the last of 2 backups of node node-a, by time (from the name)"))
        #expect(narrowed.output.contains("node       node-a") && narrowed.output.contains("kind       scheduled"))
        let combined = try run("pick max --kind scheduled --before 2024-05-01 --node node-b; expect pick.revision == 9")
        #expect(combined.exitCode == 0, "\(combined.talk)")
        expectFailure(
            try run("pick max --node node-c"),
            4,
            says: "none of the 4 is of node node-c; the nodes are node-a, node-b"
        )
        let older = try run("pick max --node node-b --kind full; get out.db --or-older; expect file.revision == 208")
        #expect(older.exitCode == 0, "\(older.talk)")
    }

    @Test func `a record keeps what narrowed the choice, a pinned one the very backup`() throws {
        try addNodes()
        let outcome = try run("record a.snapsh; pick max --node node-a; record off")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            String(decoding: try program.folder.read("a.snapsh"), as: UTF8.self).contains("pick max --node node-a\n")
        )
        try program.folder.write("use pv place\npick max --node node-a\n".utf8, to: "b.snapsh")
        let pinned = try program.run(["--dry-run", "--pin", "c.snapsh", "b.snapsh"])
        #expect(pinned.exitCode == 0, "\(pinned.talk)")
        #expect(
            String(decoding: try program.folder.read("c.snapsh"), as: UTF8.self)
                .contains("pick etcd-snapshot-node-a-1714543200 --revision 168")
        )
    }

    @Test func `by revision, those of all files are read, and how many are unknown is said`() throws {
        try add("late.db", to: "etcd-snapshot-a-1714500000")
        try add("early.db", to: "etcd-snapshot-a-1714543200")
        try program.folder.write([0x50, 0x4B, 3, 4], to: "place/etcd-snapshot-a-1714550000.zip")
        let outcome = try run("pick max --by revision; expect pick.revision == 208")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("the highest revision of 2 backups"), "\(outcome.output)")
        #expect(outcome.talk.contains("note: 1 of them is not considered"), "\(outcome.talk)")
        #expect(try run("pick min --by revision; expect pick.revision == 9").exitCode == 0)
    }

    @Test func `a newest backup that goes back in revision is picked and doubted, with what to take else`() throws {
        try add("late.db", to: "etcd-snapshot-a-1714500000")
        try add("early.db", to: "etcd-snapshot-a-1714543200")
        let outcome = try run("pick max; expect pick.doubts == 1; info")
        #expect(
            outcome.exitCode == 0 && outcome.output.contains("picked etcd-snapshot-a-1714543200"),
            "\(outcome.talk)"
        )
        let warning =
            "etcd-snapshot-a-1714543200 goes back in revision, to 9 (0x9): etcd-snapshot-a-1714500000 has 208 (0xd0)"
        #expect(outcome.talk.components(separatedBy: warning).count == 3, "\(outcome.talk)")
        #expect(outcome.talk.contains("'pick etcd-snapshot-a-1714500000' takes the one before"))
        #expect(try run("ls").talk.contains(warning))
        let json = try program.run(["--json", "-c", "use pv place; pick max"])
        #expect(json.output.contains(#""doubts":["lower-revision-than-before"]"#), "\(json.output)")
    }

    @Test func `a newest backup that is far smaller than those before it is doubted`() throws {
        for time in 1_714_500_000..<1_714_500_003 { try add("middle.db", to: "etcd-snapshot-a-\(time)") }
        try add("early.db", to: "etcd-snapshot-a-1714543200")
        let warning =
            "etcd-snapshot-a-1714543200 has 20.0 KiB, less than half of the 60.0 KiB that the 3 before it have"
        for text in ["pick max", "ls"] { #expect(try run(text).talk.contains(warning), "\(text)") }
        #expect(!(try run("ls '*3200'").talk.contains("less than half")))
    }

    @Test func `a time without its zone is shown as local, and a zone sets it`() throws {
        try add("early.db", to: "snapshot_2024-04-30_235900.db")
        try add("middle.db", to: "snapshot_2024-05-01_013000.db")
        let listing = try run("ls")
        #expect(listing.output.contains("2024-05-01 01:30 local  snapshot_2024-05-01_013000.db"), "\(listing.output)")
        let picked = try run("pick max; info")
        #expect(picked.output.contains("by time (from the name, a local time without its zone)"), "\(picked.output)")
        #expect(picked.output.contains("2024-05-01 01:30 local time, ~"), "\(picked.output)")
        expectFailure(try run("pick max; expect pick.age < 24h"), 3, says: "'use … --timezone ZONE' sets it")
        let zoned = try run("ls; pick max; expect pick.age > 24h", " --timezone +02:00")
        #expect(zoned.exitCode == 0 && zoned.output.contains("2024-04-30T23:30:00Z"), "\(zoned.output)")
        #expect(!zoned.output.contains("local"), "\(zoned.output)")
        let here = try program.run(
            ["-c", "use pv place --timezone local; ls"],
            environment: ["TZ": "EST5EDT,M3.2.0,M11.1.0"]
        )
        #expect(here.output.contains("2024-05-01T05:30:00Z"), "\(here.output)")
        expectFailure(try run("ls", " --timezone ../etc/passwd"), 2, says: "'../etc/passwd' can't be a time zone")
        #expect(try program.run(["--json", "-c", "use pv place; ls"]).output.contains(#""hasLocalTime":true"#))
    }

    @Test func `names of another layout beside the backups make the pick doubtful`() throws {
        try add("early.db", to: "1700000000.db")
        try add("late.db", to: "etcd-2026-05-03.db")
        let outcome = try run("pick max")
        let warning = "etcd-2026-05-03.db was not considered: it fits the layout plain; 'use … --layout plain' takes it"
        #expect(outcome.exitCode == 0 && outcome.talk.contains(warning), "\(outcome.talk)")
        let json = try program.run(["--json", "-c", "use pv place; pick max"]).output
        #expect(json.contains(#""doubts":["names-of-other-layout"]"#), "\(json)")
        #expect(!(try run("pick max", " --layout plain").talk.contains("not considered")))
    }

    @Test func `the newest of a cluster is the newest that can be used`() throws {
        try add("late.db", to: "prod/etcd-snapshot-a-1714500000")
        try program.folder.write([], to: "place/prod/etcd-snapshot-a-1714543200")
        let records = try program.run(["--json", "-c", "use pv place; clusters"]).records
        let line = try #require(records.first { $0.contains(#""kind":"cluster""#) })
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let age = try #require(record?["newestAgeSeconds"] as? Double)
        #expect(record?["backups"] as? Int == 2 && age > Date().timeIntervalSince1970 - 1_714_500_000 - 600)
    }

    @Test func `where no backup names a cluster, the one to write is '.'`() throws {
        try add("late.db", to: "2024-05-01T08:15:00Z_etcd")
        for order in ["use pv place; cluster foo", "cluster foo; use pv place"] {
            let outcome = try program.run(["-c", order])
            expectFailure(outcome, 4, says: "this place does not name clusters")
        }
        let hint = try run("cluster foo").talk
        #expect(hint.contains("hint: if they are its backups, write: cluster ."), "\(hint)")
        #expect(try run("cluster .; pick max").exitCode == 0)
    }

    @Test func `backups without a cluster's name are no older cluster's`() throws {
        try add("early.db", to: "c-abcde-ml-x1y2z_2022-01-01T08:15:00Z")
        try add("late.db", to: "2024-05-01T08:15:00Z_etcd")
        let newest = try run("pick max")
        #expect(newest.output.contains("picked 2024-05-01T08:15:00Z_etcd: the last of 2 backups"), "\(newest.talk)")
        #expect(try run("clusters").talk.contains("other backups there name no cluster"))
        let chosen = try run("cluster c-abcde; pick max")
        #expect(
            chosen.output.contains("picked c-abcde-ml-x1y2z_2022-01-01T08:15:00Z: the only backup"),
            "\(chosen.talk)"
        )
    }

    @Test func `how far deltas reach beyond the newest full snapshot is said`() throws {
        try add("early.db", to: "v2/Full-00000000-00000009-1714500000")
        try add("middle.db", to: "v2/Full-00000000-00000168-1714543200")
        try program.folder.write([1], to: "place/v2/Incr-00000010-00000168-1714543000")
        try program.folder.write([1], to: "place/v2/Incr-00000169-00000180-1714543300")
        try program.folder.write([1], to: "place/v2/Incr-00000181-00000200-1714543400")
        for text in ["ls", "pick max"] {
            let outcome = try run(text)
            #expect(
                outcome.talk.contains(
                    "2 deltas reach revision 200 (0xc8) (2024-05-01T06:03:20Z), 32 revisions after the newest full snapshot:"
                        + " a restore of the full one alone loses these"
                ),
                "\(text): \(outcome.talk)"
            )
        }
        expectFailure(try run("pick Incr-00000169-00000180-1714543300"), 4, says: "no backup has that name")
    }
}
