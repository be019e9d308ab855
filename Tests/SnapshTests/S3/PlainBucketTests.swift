import TestSupport
import Testing

/// Snapshot files in a bucket whose names say nothing.
@Suite(.ownThread) struct PlainBucketTests {
    private let workplace: BucketWorkplace

    init() throws {
        workplace = try BucketWorkplace()
        for (name, fixture) in [("a.db", "middle.db"), ("b.snap", "early.db")] {
            try put(name, try Fixture.snapshot(fixture))
        }
        try put("notes.txt", [1])
        try put("old/c.db", [1])
    }

    private func put(_ name: String, _ bytes: [UInt8]) throws {
        try workplace.server.put(bucket: BucketWorkplace.bucket, key: "dumps/etcd/\(name)", bytes: bytes)
    }

    @Test func `are found below a prefix, with the revisions that the files say, and need no cluster`() throws {
        let outcome = try workplace.run("use s3 backups/dumps/etcd; ls; pick a.db; info; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("layout plain: 2 backups\n"), "\(outcome.output)")
        #expect(outcome.output.contains("168 (0xa8)  60.0 KiB"))
        #expect(outcome.output.contains("  9 (0x9)  20.0 KiB"))
        #expect(outcome.talk.contains("ignored 2 names among the backups: notes.txt"))
        #expect(outcome.talk.contains("old/ (it is a folder)"))
        #expect(try workplace.program.folder.read("out.db") == Fixture.snapshot("middle.db"))
    }

    @Test func `a revision is looked for in the files`() throws {
        let outcome = try workplace.run("use s3 backups/dumps/etcd; pick 9; expect pick.name == b.snap")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectFailure(
            try workplace.run("use s3 backups/dumps/etcd; pick 10"),
            4,
            says: "cannot pick revision 10 (0xa): no backup has it; the nearest are 9 (0x9) and 168 (0xa8)"
        )
    }

    @Test func `what is no snapshot has no revision, and does not keep the others from being shown`() throws {
        try put("d.db", [UInt8](repeating: 7, count: 8192 + 32))
        let outcome = try workplace.run("use s3 backups/dumps/etcd; ls")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("-   8.0 KiB") && outcome.output.contains("168 (0xa8)"), "\(outcome.output)")
    }

    @Test func `the operator's layout beside them wins, unless the plain one is named`() throws {
        let name = try workplace.add(9)
        try workplace.server.put(bucket: BucketWorkplace.bucket, key: "top.db", bytes: [1])
        let recognised = try workplace.run("use s3 backups; cluster foo; ls")
        #expect(recognised.exitCode == 0 && recognised.output.contains(name), "\(recognised.talk)")
        let named = try workplace.run("use s3 backups --layout plain; ls")
        #expect(named.exitCode == 0 && named.output.contains("top.db"), "\(named.talk)")
        #expect(!named.output.contains(name))
    }

    @Test func `one stray file is not taken for the backups of the cluster that is chosen`() throws {
        let use = "cluster prod; use s3 backups/dumps/etcd"
        let outcome = try workplace.run(use)
        expectFailure(outcome, 4, says: "cannot find a backup of cluster 'prod' in the")
        #expect(outcome.talk.contains("hint: if they are its backups, write: use s3 backups/dumps/etcd --cluster .\n"))
        let next = try workplace.run("\(use) || echo 'the next one is tried'")
        #expect(next.exitCode == 0 && next.output.contains("the next one is tried"), "\(next.talk)")
    }

    @Test func `of more than a page 'use' counts the first, and 'ls' reads all`() throws {
        for number in 0..<1005 { try put("n\(number).db", [1]) }
        let outcome = try workplace.run("use s3 backups/dumps/etcd; ls; expect ls.count == 1007")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains(/layout plain: at least \d{3,4} backups/))
        let json = try workplace.program.run(
            ["--json", "-c", "use s3 backups/dumps/etcd"],
            environment: workplace.environment
        )
        #expect(json.output.contains(#""isComplete":false"#), "\(json.output)\(json.talk)")
    }
}
