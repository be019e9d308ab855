import Foundation
import TestSupport
import Testing

/// `serve`, driven by curl, as the operator's users drive the sidecar.
@Suite(.ownThread) struct ServeTests {
    private let workplace: Workplace
    private static let name = "3.4.23_00000000000000d0_etcd.backup"

    init() throws {
        workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
    }

    private func serving(_ options: String = "") throws -> ServingProgram {
        try ServingProgram(workplace.program, "use pv backups; cluster foo", options: options)
    }

    @Test func theNewestBackupIsServedWithItsHeaders() throws {
        let server = try serving()
        let answer = try server.curl("/v1/backup")
        #expect(answer.exitCode == 0 && answer.status == 200)
        #expect(try answer.body == Fixture.snapshot("late.db"))
        for field in ["X-etcd-Version: 3.4.23\r\n", "X-Revision: 208\r\n", "Content-Length: 45088\r\n", "Date: "] {
            #expect(answer.head.contains(field), "\(answer.head)")
        }
        let head = try server.curl("--head", "/v1/backup")
        #expect(head.status == 200 && head.head.contains("X-Revision: 208\r\n"))
        #expect(server.waits(for: "the newest, \(Self.name), is sound"))
        #expect(server.waits(for: "sent \(Self.name) to 127.0.0.1: 44.0 KiB in"))
    }

    @Test func anotherBackupIsServedByItsVersionAndItsRevision() throws {
        let server = try serving()
        let answer = try server.curl("/v1/backup?etcdVersion=3.4.23&etcdRevision=9")
        #expect(answer.status == 200 && answer.head.contains("X-Revision: 9\r\n"))
        #expect(try answer.body == Fixture.snapshot("early.db"))
        for target in ["3.4.0", "3.5.9"] {
            #expect(try server.curl("/v1/backup?etcdVersion=\(target)").status == 200)
        }
    }

    @Test func whatIsAskedForWronglyIsRefusedInOneLine() throws {
        let server = try serving()
        let refusals = [
            ("/v1/backup?etcdRevision=9", 400, "version must be provided when revision is provided.\n"),
            ("/v1/backup?etcdVersion=3.1.0", 400, "requested version (3.1) is not compatible with the backup (3.4)\n"),
            ("/v1/backup?etcdVersion=three", 400, "'three' is not an etcd version such as 3.1.0\n"),
            (
                "/v1/backup?etcdVersion=3.4.23&etcdRevision=0x9", 400,
                "'0x9' is not a revision: write it in decimal digits\n"
            ),
            ("/v1/backup?etcdVersion=%1B%5B2J", 400, "'\\u{1b}[2J' is not an etcd version such as 3.1.0\n"),
            ("/v1/backup?etcdVersion=3.4.23&etcdRevision=10", 404, "there is no such backup of cluster 'foo'\n"),
            ("/v1/backup?etcdVersion=3.3.0&etcdRevision=9", 404, "there is no such backup of cluster 'foo'\n"),
            (
                "/v1/backupnow", 501,
                "cannot make a backup here: this server hands out the backups of the volume backups\n"
            ),
            ("/v1/other", 404, "404 page not found\n"),
            ("/v1/../v1/backup/x", 404, "404 page not found\n"),
        ]
        for (target, status, line) in refusals {
            let answer = try server.curl("--path-as-is", target)
            #expect(answer.status == status && answer.text == line, "\(target): \(answer.status) \(answer.text)")
        }
        #expect(try server.curl("--request", "POST", "/v1/backup").status == 405)
    }

    @Test func theStatusIsThatOfTheSidecar() throws {
        let server = try serving()
        let answer = try server.curl("/v1/status")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        #expect(object["backups"] as? Int == 2)
        #expect(object["backupSize"] as? Double == 0.063)
        let recent = try #require(object["recentBackup"] as? [String: Any])
        #expect(recent["revision"] as? Int == 208 && recent["version"] as? String == "3.4.23")
        #expect(recent["size"] as? Double == 0.043)
        #expect((recent["creationTime"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        #expect(recent["timeTookInSecond"] as? Int == 0)
    }

    @Test func withoutABackupThereIsNone() throws {
        try workplace.volume.folder.makeFolder("v1/empty")
        let server = try ServingProgram(workplace.program, "use pv backups; cluster empty")
        #expect(try server.curl("/v1/backup").status == 404)
        let status = try server.curl("/v1/status")
        #expect(status.text == "{\"backupSize\":0,\"backups\":0}\n")
        #expect(server.waits(for: "warning: there is no backup of cluster 'empty' to serve yet"))
    }

    @Test func whatIsNotSoundIsNotServed() throws {
        let flipped = try workplace.volume.add(
            209,
            content: Fixture.snapshot("late.db").enumerated().map { $0.offset == 9000 ? $0.element ^ 1 : $0.element }
        )
        let server = try serving()
        #expect(server.waits(for: "warning: the newest, \(flipped), is not served: it was altered"))
        for target in ["/v1/backup", "/v1/backup?etcdVersion=3.4.23&etcdRevision=209"] {
            let answer = try server.curl(target)
            #expect(answer.status == 500)
            #expect(answer.text.hasPrefix("\(flipped) is not served: it was altered"), "\(answer.text)")
            #expect(answer.text.hasSuffix("ask for another one with etcdVersion and etcdRevision\n"))
        }
        #expect(try server.curl("--head", "/v1/backup").status == 500)
        #expect(try server.curl("/v1/backup?etcdVersion=3.4.23&etcdRevision=208").status == 200)
    }

    @Test func anEmptyNewestFileIsPassedOverWithAWarning() throws {
        let empty = try workplace.volume.add(209, content: [])
        let server = try serving()
        let warning = "warning: skipped \(empty) (it is empty); it serves \(Self.name) instead\n"
        #expect(server.waits(for: warning))
        #expect(server.waits(for: "the newest, \(Self.name), is sound"))
        #expect(try server.curl("/v1/backup").body == Fixture.snapshot("late.db"))
        #expect(try server.curl("/v1/status").text.contains("\"revision\":208"))
        #expect(try server.running.talk().components(separatedBy: "skipped").count == 2)
    }

    @Test func aBackupThatWasReplacedIsVerifiedAnew() throws {
        let server = try serving()
        #expect(try server.curl("/v1/backup").status == 200)
        try workplace.volume.add(208, content: Array("placeholder".utf8))
        let placeholder = try server.curl("/v1/backup?etcdVersion=3.4.23&etcdRevision=208")
        #expect(placeholder.text.contains("it is the text 'placeholder'"))
        try workplace.volume.add(208, content: Fixture.snapshot("tombstone.db"))
        #expect(try server.curl("/v1/backup").body == Fixture.snapshot("tombstone.db"))
    }

    @Test func sixtyFourDownloadsAtOnceAreAllWhole() throws {
        try workplace.addLarge(210, byteCount: 8 << 20, isSound: true)
        let server = try serving()
        let folder = try TemporaryFolder()
        let (exitCode, _) = try SystemTool.run(
            [
                "curl", "--silent", "--fail", "--parallel", "--parallel-immediate", "--parallel-max", "64",
                "--max-time", "50",
            ]
                + ["\(server.url)/v1/backup?n=[1-64]", "--output", "\(folder.path)/#1"]
        )
        #expect(exitCode == 0)
        let sums = try SystemTool.run(
            ["sh", "-c", "sha256sum * | cut -d ' ' -f 1 | sort -u | wc -l; ls | wc -l"],
            in: folder
        )
        #expect(sums.output.split(whereSeparator: \.isWhitespace) == ["1", "64"])
    }

    @Test func aClientThatGoesAwayHarmsNobody() throws {
        try workplace.addLarge(210, byteCount: 256 << 20, isSound: true)
        let server = try serving()
        #expect(server.waits(for: "is sound"))
        let gone = try server.curl(
            "--limit-rate",
            "100k",
            "--speed-limit",
            "10000000",
            "--speed-time",
            "1",
            "/v1/backup"
        )
        #expect(gone.exitCode == 28)
        #expect(server.waits(for: "could not finish sending 3.4.23_00000000000000d2_etcd.backup to 127.0.0.1"))
        #expect(try server.curl("/v1/backup?etcdVersion=3.4.23&etcdRevision=9").status == 200)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func aSignalEndsItWhenTheRunningDownloadsHaveEnded(_ signal: Int32) throws {
        try workplace.addLarge(210, byteCount: 12 << 20, isSound: true)
        let server = try serving()
        let folder = try TemporaryFolder()
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        client.arguments =
            ["curl", "--silent", "--parallel", "--parallel-immediate", "--max-time", "50", "--limit-rate", "8M"]
            + ["--output", folder.path("#1"), "\(server.url)/v1/backup?n=[1-8]"]
        try client.run()
        #expect(server.running.wait { (try? folder.names().count) == 8 })
        server.running.send(signal)
        let outcome = try server.running.wait()
        client.waitUntilExit()
        #expect(client.terminationStatus == 0)
        for name in try folder.names() {
            let size = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.size] as? Int
            #expect(size == 12 << 20 + 32)
        }
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: stopped serving, after 8 downloads\n"))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func aSignalEndsTheWholeRunAndNothingThatFollowsIsRun(_ signal: Int32) throws {
        try workplace.folder.write(
            "use pv backups; cluster foo\nserve --listen 127.0.0.1:0 || echo caught\necho after\n".utf8,
            to: "r.snapsh"
        )
        let running = try workplace.program.start(["--json", "r.snapsh"])
        #expect(running.wait { (try? running.output().contains("serving")) == true })
        running.send(signal)
        let outcome = try running.wait()
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(!outcome.output.contains("after") && !outcome.output.contains("caught"))
        #expect(outcome.output.hasSuffix("{\"exit\":0,\"kind\":\"end\"}\n"))
    }

    @Test func itsLogHasTimesAndRefusals() throws {
        try workplace.folder.write("SECRET-SECRET-SECRET\n".utf8, to: "token")
        let server = try serving("--token-file token")
        #expect(try server.curl("/v1/backup?token=SECRET").status == 401)
        let refusal = "note: refused GET /v1/backup?token=*** of 127.0.0.1: 401 this server needs a bearer token\n"
        #expect(server.waits(for: refusal))
        #expect(try server.curl("--header", "Authorization: Bearer SECRET-SECRET-SECRET", "/v1/other").status == 404)
        #expect(server.waits(for: "note: refused GET /v1/other of 127.0.0.1: 404 "))
        #expect(try server.curl("--header", "Authorization: Bearer SECRET-SECRET-SECRET", "/v1/backup").status == 200)
        #expect(server.waits(for: "note: sent "))
        let lines = try server.running.talk().split(separator: "\n")
        for line in lines where line.contains("refused") || line.contains("sent ") {
            #expect(line.prefixMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ note: /#) != nil, "\(line)")
        }
    }

    @Test func aPortThatIsTakenIsSaidToBe() throws {
        let server = try serving()
        let port = try #require(server.url.split(separator: ":").last)
        let outcome = try workplace.recover("serve --listen 127.0.0.1:\(port)")
        expectFailure(outcome, 1, says: "cannot listen on 127.0.0.1:\(port): address already in use")
        #expect(outcome.talk.contains("hint: name another address: --listen HOST:PORT"))
        expectFailure(try workplace.recover("serve --listen 19999"), 2, says: "'19999' is not an address with a port")
        expectFailure(
            try workplace.recover("serve --listen snapsh-test.invalid:0"),
            1,
            says: "cannot listen on snapsh-test.invalid:0"
        )
    }

    @Test func aTokenIsWantedWhereOneIsGivenAndShownNowhere() throws {
        let token = "SECRET-0123456789-abc"
        try workplace.folder.write("\(token)\n".utf8, to: "token")
        let server = try serving("--token-file token")
        let refused = try server.curl("/v1/status")
        #expect(refused.status == 401 && refused.head.contains("WWW-Authenticate: Bearer\r\n"))
        for value in ["Bearer \(token)x", "Basic \(token)", token, "Bearer"] {
            #expect(try server.curl("--header", "Authorization: \(value)", "/v1/status").status == 401)
        }
        #expect(try server.curl("--header", "Authorization: Bearer \(token)", "/v1/status").status == 200)
        let client = try Program().run(
            [
                "-c",
                "cluster foo; use service \(server.url) --header 'Authorization: Bearer \(token)'; pick max; get out.db",
            ]
        )
        #expect(client.exitCode == 0, "\(client.talk)")
        let denied = try Program().run(["-c", "cluster foo; use service \(server.url)"])
        expectFailure(denied, 6, says: "access denied (HTTP status 401)")
        #expect(!(try server.running.talk() + client.talk + client.output).contains("SECRET"))

        try workplace.folder.write("short\n".utf8, to: "token")
        expectFailure(
            try workplace.recover("serve --token-file token"),
            1,
            says: "its first line is not 16 characters or more without blanks"
        )
        expectFailure(try workplace.recover("serve --token-file none"), 1, says: "no such file or directory")
    }

    @Test func aTokenMayComeFromAPipeInAnyNumberOfPieces() throws {
        let pipe = Program.shell(#"{ sleep 0.2; printf SECRET-01; sleep 0.3; printf '23456789-abc\n'; } | "$@""#)
        // Where it listens shows only once the token was read.
        let outcome = try workplace.recover(
            "serve --token-file /dev/stdin --listen snapsh-test.invalid:0",
            prefix: pipe
        )
        expectFailure(outcome, 1, says: "cannot listen on snapsh-test.invalid:0")
    }

    @Test func itSpeaksTLSWhereItHasACertificate() throws {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(for: ["localhost", "127.0.0.1"])
        let server = try serving("--tls-cert \(certificate.file) --tls-key \(certificate.keyFile)")
        #expect(server.url.hasPrefix("https://127.0.0.1:"))
        let answer = try server.curl("--cacert", authority.file, "/v1/backup")
        #expect(answer.status == 200)
        #expect(try server.curl("/v1/status").exitCode == 60)
        let client = try Program().run(
            ["-c", "cluster foo; use service \(server.url) --ca-file \(authority.file); pick max; get out.db"]
        )
        #expect(client.exitCode == 0, "\(client.talk)")
        // It ends a connection without TLS, and says nothing.
        let url = "http://" + server.url.dropFirst(8)
        let plain = try Program().run(["-c", "cluster foo; use service \(url)"])
        expectFailure(plain, 6, says: "cannot ask the backup service for its status: \(url) speaks TLS")
        #expect(plain.talk.contains("hint: try https://: snapsh use service \(server.url)\n"), "\(plain.talk)")
        let other = try authority.issue(for: ["localhost"])
        expectFailure(
            try workplace.recover("serve --tls-cert \(certificate.file) --tls-key \(other.keyFile)"),
            1,
            says: "cannot serve with \(other.keyFile): the key does not fit the certificate"
        )
        expectFailure(
            try workplace.recover("serve --tls-cert backups/v1/foo/\(Self.name)"),
            1,
            says: "there is no certificate in it that can be read"
        )
    }

    @Test func toOthersItWarnsWithoutATokenAndWithoutTLS() throws {
        // Refused before it begins, so that nobody but this machine can ask.
        let outcome = try workplace.recover("serve --listen 203.0.113.1:19999")
        expectFailure(outcome, 1, says: "cannot listen on 203.0.113.1:19999")
        #expect(
            outcome.talk.contains("can read all secrets of the cluster: --token-file sets a token that clients must")
        )
        #expect(outcome.talk.contains("can be read on the way: --tls-cert and --tls-key encrypt it"))
    }

    @Test func itServesFromABucketAndFromAnotherService() throws {
        let bucket = try BucketWorkplace()
        try bucket.add(9)
        try bucket.add(208, content: Fixture.snapshot("late.db"))
        let first = try ServingProgram(
            bucket.program,
            "use s3 backups; cluster foo",
            environment: bucket.environment
        )
        let second = try ServingProgram(workplace.program, "cluster foo; use service \(first.url)")
        for server in [first, second] {
            let answer = try server.curl("/v1/backup")
            #expect(answer.status == 200 && answer.head.contains("X-Revision: 208\r\n"))
            #expect(try answer.body == Fixture.snapshot("late.db"))
            #expect(try server.curl("/v1/backup?etcdVersion=3.4.23&etcdRevision=9").status == 200)
            #expect(try server.curl("/v1/status").text.contains("\"backups\":2"))
            // What follows an answer to HEAD is the next answer, with a length in the first or not.
            let next = try SystemTool.run(
                ["curl", "--silent", "--show-error", "--head", "\(server.url)/v1/backup", "--next"]
                    + ["--silent", "--fail", "\(server.url)/v1/status"]
            )
            #expect(next.exitCode == 0 && next.output.contains("\"backups\":2"), "\(next.output)")
        }
        let outcome = try Program().run(
            ["-c", "cluster foo; use service \(second.url); ls; pick 9 --etcd-version 3.4.23; get out.db"]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
    }
}
