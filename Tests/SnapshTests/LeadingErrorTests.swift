import Foundation
import TestSupport
import Testing

/// Failures that a person meets early, each with a step that leads on.
@Suite("Failures with a next step", .ownThread)
struct LeadingErrorTests {
    private static let page = Array("<!DOCTYPE html><html>hello</html>".utf8)
    private static let denial = Array(
        "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>".utf8
    )
    private static let listing = Array("<?xml version=\"1.0\"?><ListAllMyBucketsResult/>".utf8)
    private static let down =
        "HTTP status 503: with a page of HTML, as a proxy sends it\n    hint: if it stays so, other sources may have its backups"

    private static let answers: [(FaultServer.Response, String)] = [
        (
            .init(200, body: page),
            "its status is an HTML page, of another server, a login or a proxy\n    hint: check the URL: it is the service's own"
        ),
        (.init(503, body: page), down),
        (
            .init(403, body: denial),
            "as a backup service: it is an S3 server\n    hint: use its bucket: use s3 BUCKET --endpoint"
        ),
        (
            .init(404, headers: ["x-amz-request-id": "1"]),
            "as a backup service: it is an S3 server\n    hint: use its bucket:"
        ),
        (.init(200, body: listing), "as a backup service: it is an S3 server\n    hint: use its bucket: use s3 BUCKET"),
        (.init(403, body: Array("<a/>".utf8)), "access denied (HTTP status 403)\n    hint: give what it asks for"),
    ]

    @Test("what answers in a service's place is named, with the way to it", arguments: answers.indices)
    func noService(index: Int) throws {
        let (response, sentence) = Self.answers[index]
        let server = try FaultServer { _ in response }
        let outcome = try Program().run(["-c", "cluster foo; use service \(server.origin)"])
        #expect(outcome.exitCode != 0)
        #expect(outcome.talk.contains(sentence), "\(outcome.talk)")
    }

    @Test("a service that makes no backup is asked for its newest, and the pick stays")
    func freshBackup() throws {
        let server = try FaultServer { request in
            if request.path.contains("backupnow") { return .init(501) }
            if request.path.contains("status") {
                return .init(200, body: Array(#"{"backups":1,"backupSize":0.5}"#.utf8))
            }
            return .init(200, headers: ["X-Etcd-Version": "3.4.23", "X-Revision": "208"])
        }
        let program = try Program()
        let outcome = try program.run(["-c", "cluster foo; use service \(server.origin); get out.db --fresh"])
        expectFailure(
            outcome,
            6,
            says: "it answered with HTTP status 501\n    hint: take the newest that it has: snapsh -c '"
        )
        #expect(outcome.talk.contains("; pick max; get'\n"), "\(outcome.talk)")
        let picked = try program.run([
            "-c", "cluster foo; use service \(server.origin); pick max; get out.db --fresh",
        ])
        #expect(
            picked.talk.contains("HTTP status 501; the pick stays 3.4.23_00000000000000d0_etcd.backup"),
            "\(picked.talk)"
        )
        let session = try PromptSession()
        try session.run("cluster foo", then: "snapsh foo>")
        try session.run("use service \(server.origin)", then: "snapsh service foo>")
        try session.run("pick max", then: "snapsh service foo@208>")
        #expect(try session.run("get out.db --fresh").words.contains("the pick stays"))
    }

    @Test(
        "an expectation that fails says where more is seen",
        arguments: [
            ("expect file(out.db).keys > 500", "see what is in it: snapsh status out.db"),
            ("expect file(cut.db).verified", "see what is wrong with it: snapsh verify cut.db"),
            ("expect key(out.db, /none).exists", "see the keys that there are: snapsh keys out.db"),
            ("expect data(d).keys > 500", "see what is in it: snapsh status d/member/snap/db"),
            ("use pv v; ls; expect ls.count > 5", "see what is there: snapsh -c 'use pv v; clusters'"),
            (
                "use pv v; pick max; expect pick.age > 99d",
                "see all backups, and pick another one: snapsh -c 'use pv v; ls'"
            ),
            ("verify out.db; expect file.keys > 500", "see what is in it: snapsh status out.db"),
        ]
    )
    func expectations(text: String, hint: String) throws {
        let program = try Program()
        let snapshot = try Fixture.snapshot("late.db")
        try program.folder.write(snapshot, to: "out.db")
        try program.folder.write(Array(snapshot.prefix(20_000)), to: "cut.db")
        try program.folder.write(snapshot, to: "v/a.db")
        try program.folder.write(Array(snapshot.dropLast(32)), to: "d/member/snap/db")
        expectFailure(try program.run(["-c", text]), 3, says: "\n    hint: \(hint)\n")
    }

    @Test("what is no transcript is answered with what writes one")
    func transcripts() throws {
        let program = try Program()
        try program.folder.write("no JSON\n".utf8, to: "t.txt")
        let hint = "    hint: a transcript is what this writes: snapsh --transcript TRANSCRIPT FILE\n"
        expectFailure(try program.run(["report", "t.txt"]), 1, says: "it is not JSON\n\(hint)")
        expectFailure(try program.run(["report", "none"]), 4, says: hint)
        let added = try program.run(["--transcript", "t.txt", "-c", "echo ran"])
        expectFailure(added, 2, says: "    hint: name a file that is not there yet; nothing was run\n")
        #expect(added.output.isEmpty)
    }

    @Test("without a terminal the ways that need none are named")
    func noTerminal() throws {
        let step = try Program().run(["--step", "-c", "echo ran"])
        expectFailure(
            step,
            2,
            says: "there is no terminal\n    hint: run it at a terminal; '--dry-run' says what it would do"
        )
    }

    @Test("what a dry run can't know is shown with the values that it knows, and without secrets")
    func dryRun() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "v/a.db")
        let text = """
            param min = 3; param key --secret; set two = 'a b'; use pv v; pick max; get x.db
            expect file.keys > $min; echo "${file.path} $min" $two ${min:-9}
            """
        let outcome = try program.run(["--dry-run", "--quiet", "-c", text, "key=hunter2hunter2"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("not known before the download: expect file.keys > 3\n"))
        #expect(
            outcome.output.contains(#"not known before the download: echo "${file.path} 3" 'a b' 3"#),
            "\(outcome.output)"
        )
    }
}
