import Foundation
import TestSupport
import Testing

/// What a bucket keeps of what was deleted, replaced or archived.
@Suite(.ownThread) struct LostBackupTests {
    private let server: MotoServer
    private let program: Program
    private let bucket: String

    init() throws {
        server = try MotoServer.shared()
        program = try Program()
        bucket = "lost-\(UInt32.random(in: 0...(.max)))"
        try server.makeBucket(bucket)
        try server.enableVersioning(bucket: bucket)
    }

    private func key(_ revision: Int) -> String { "v1/foo/3.4.23_000000000000000\(revision)_etcd.backup" }

    private func run(_ text: String) throws -> Program.Outcome {
        try program.run(
            ["-c", "use s3 \(bucket); \(text)"],
            environment: [
                "AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey,
                "AWS_ENDPOINT_URL": server.endpoint, "AWS_EC2_METADATA_DISABLED": "true",
            ]
        )
    }

    @Test func whatWasDeletedIsListedAndCanBeHad() throws {
        let snapshot = try Fixture.snapshot("early.db")
        for revision in [8, 9] { try server.put(bucket: bucket, key: key(revision), bytes: snapshot) }
        for revision in [8, 9] { try server.delete(bucket: bucket, key: key(revision)) }
        // Nothing is left, and still the cluster can be chosen.
        let outcome = try run("cluster foo; ls; ls --deleted; pick max --deleted; info; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: cluster 'foo' has no backups"))
        #expect(outcome.output.contains("VERSION-ID"))
        #expect(outcome.output.contains("3.4.23_0000000000000009_etcd.backup  (deleted)"))
        #expect(outcome.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
        #expect(outcome.output.contains("version id"))
        #expect(try program.folder.read("out.db") == snapshot)
    }

    @Test func `of deleted files whose names say no revision the last written is the newest`() throws {
        let snapshot = try Fixture.snapshot("early.db")
        for name in ["b.db", "a.db"] {
            try server.put(bucket: bucket, key: "dumps/\(name)", bytes: snapshot)
            // The server's times are whole seconds.
            Thread.sleep(forTimeInterval: 1.1)
            try server.delete(bucket: bucket, key: "dumps/\(name)")
        }
        let outcome = try run("use s3 \(bucket)/dumps --layout plain; pick max --deleted; expect pick.name == a.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("the last of 2 backups by modification time"))
    }

    @Test func aVersionThatWasReplacedIsHadByItsID() throws {
        let snapshot = try Fixture.snapshot("early.db")
        let first = try #require(try server.put(bucket: bucket, key: key(9), bytes: snapshot))
        try server.put(bucket: bucket, key: key(9), bytes: Array("placeholder".utf8))
        let name = "3.4.23_0000000000000009_etcd.backup"
        let outcome = try run("cluster foo; ls --deleted; pick \(name) --version-id \(first); get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("\(name)  (replaced)"))
        #expect(try program.folder.read("out.db") == snapshot)
        // What stands there now is the placeholder.
        #expect(try run("cluster foo; pick \(name); get now.db").exitCode == 5)
        expectFailure(
            try run("cluster foo; pick \(name) --version-id none"),
            4,
            says: "cannot pick version none: nothing that was deleted or replaced has it"
        )
    }

    @Test func whatIsArchivedIsMarkedAndSaidHowToBringBack() throws {
        let snapshot = try Fixture.snapshot("early.db")
        try server.put(bucket: bucket, key: key(9), bytes: snapshot, storageClass: "GLACIER")
        let none = try run("cluster foo; pick max")
        expectFailure(none, 4, says: "the only one can't be used: ")
        #expect(none.talk.contains(" (archived (GLACIER): restore the object in S3 first)\n"))
        let outcome = try run("cluster foo; ls; pick 9; get out.db")
        expectFailure(outcome, 1, says: "it is archived (GLACIER)")
        #expect(outcome.output.contains("(archived: GLACIER)"))
        try server.put(bucket: bucket, key: key(7), bytes: snapshot)
        let older = try run("cluster foo; pick max; expect pick.skipped == 1")
        #expect(older.exitCode == 0, "\(older.talk)")
        #expect(older.talk.contains("in S3 first); once an object is restored, pick it by its name\n"))
        #expect(outcome.talk.contains("hint: restore the object first"))
        #expect(outcome.talk.contains("aws s3api restore-object --bucket '\(bucket)'"))
    }
}
