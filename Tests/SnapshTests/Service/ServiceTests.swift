import Foundation
import TestSupport
import Testing

/// What people do with a backup service that is not as it should be.
@Suite(.ownThread) struct ServiceTests {
    private static let status =
        Array(
            #"{"backups":3,"backupSize":0.5,"recentBackup":{"creationTime":"2026-01-31T08:00:00Z","size":0.02,"#.utf8
        ) + Array(#""revision":9,"version":"3.4.23","timeTookInSecond":1}}"#.utf8)
    private static let head: HTTPHeaders = ["X-etcd-Version": "3.4.23", "X-Revision": "9"]

    /// A service that tells of revision 9, and whose bytes are as the test wants them.
    private static func server(_ body: FaultServer.Response) throws -> FaultServer {
        try FaultServer { request in
            if request.target == "/v1/status" { return .init(200, body: status) }
            return request.method == "HEAD" ? .init(200, headers: head) : body
        }
    }

    private let program: Program

    init() throws {
        program = try Program()
    }

    private func get(_ body: FaultServer.Response) throws -> Program.Outcome {
        let server = try Self.server(body)
        return try program.run(["-c", "use service \(server.origin); cluster foo; pick max; get out.db"])
    }

    @Test(
        arguments: [
            (Array("<!DOCTYPE html><p>Please sign in".utf8), "it is an HTML page, not an etcd snapshot"),
            (Array("placeholder".utf8), "it is the text 'placeholder', not an etcd snapshot"),
            ([], "it is empty (0 bytes)"),
        ]
    )
    func aBodyThatIsNoSnapshotIsRefusedForWhatItIs(_ body: [UInt8], _ reason: String) throws {
        // With the right headers, and as a proxy answers.
        for headers in [Self.head, [:]] {
            let outcome = try get(.init(200, headers: headers, body: body, framing: .chunks))
            expectFailure(outcome, 5, says: "cannot accept 3.4.23_0000000000000009_etcd.backup: \(reason)")
            #expect(try program.folder.names().isEmpty)
        }
    }

    @Test func aBodyThatIsCutShortWithoutAWordIsTruncated() throws {
        let snapshot = try Fixture.snapshot("early.db")
        let outcome = try get(.init(200, headers: Self.head, body: snapshot.dropLast(4000), framing: .end))
        expectFailure(outcome, 5, says: "it is truncated: 16512 bytes")
        #expect(try program.folder.names().isEmpty)
    }

    @Test func aBodyWhoseLastChunkIsMissingIsAskedForAgainAndGivenUp() throws {
        let snapshot = try Fixture.snapshot("early.db")
        let whole = FaultServer.Response(200, headers: Self.head, body: snapshot, framing: .chunks)
        let outcome = try get(whole.cut(after: snapshot.count, then: .close))
        expectFailure(outcome, 6, says: "cannot read the backup")
        #expect(outcome.talk.components(separatedBy: "starting over").count == 3)
        #expect(try program.folder.names().isEmpty)
    }

    @Test func whatItSaysActsOnNoTerminalAndHeadersAreShownNowhere() throws {
        let server = try FaultServer { _ in
            .init(500, body: Array("\u{9B}31mno \u{202E}\u{7}".utf8) + [UInt8](repeating: 0x78, count: 5000))
        }
        let text = "use service \(server.origin) --header 'Authorization: SECRET'"
        let outcome = try program.run(["-c", text])
        expectFailure(outcome, 1, says: "it answered with HTTP status 500")
        #expect(!outcome.talk.contains("SECRET"))
        #expect(outcome.talk.utf8.count < 2000)
        #expect(server.requests.allSatisfy { $0.headers["Authorization"] == "SECRET" })
        let mistaken = try program.run(["-c", text + " --oops"])
        expectFailure(mistaken, 2, says: "has no option --oops")
        #expect(!mistaken.talk.contains("SECRET"))
        let script = try program.folder.write((text + "\n").utf8, to: "script.snapsh")
        let echoed = try program.run([script])
        #expect(echoed.talk.contains("--header ***"))
        #expect(!echoed.talk.contains("SECRET"))
    }

    @Test func aNewBackupIsAskedForPickedAndDownloaded() throws {
        let snapshot = try Fixture.snapshot("middle.db")
        let made = Array(#"{"creationTime":"2026-01-31T09:00:00Z","size":0.02,"revision":10,"version":"3.4.23"}"#.utf8)
        let server = try FaultServer { request in
            switch request.target {
            case "/v1/status": .init(200, body: Self.status)
            case "/v1/backupnow": FaultServer.Response(200, body: made).delayed(by: .milliseconds(200))
            case "/v1/backup?etcdVersion=3.4.23&etcdRevision=10":
                .init(200, headers: ["X-etcd-Version": "3.4.23", "X-Revision": "10"], body: snapshot)
            default: .init(404)
            }
        }
        let outcome = try program.run([
            "-c", "use service \(server.origin); cluster foo; record r.snapsh --pinned; get out.db --fresh; info",
        ])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        // It exists now, and a recording with its choices fixed asks for no other one.
        let recorded = String(decoding: try program.folder.read("r.snapsh"), as: UTF8.self)
        let pick =
            "\npick 3.4.23_000000000000000a_etcd.backup --revision 10\n#= picked 3.4.23_000000000000000a_etcd.backup"
        #expect(recorded.contains(pick) && recorded.contains("\nget $file\ninfo\n"), "\(recorded)")
        #expect(outcome.output.contains("picked 3.4.23_000000000000000a_etcd.backup: made just now"))
        #expect(try program.folder.read("out.db") == snapshot)
        // A file that is in the way is found before anything is asked for.
        let count = server.requests.count
        let second = try program.run(["-c", "use service \(server.origin); cluster foo; get out.db --fresh"])
        expectFailure(second, 1, says: "cannot write out.db: it exists already")
        #expect(server.requests.count == count + 1)
    }

    @Test func aServiceThatMakesNoBackupInTimeSaysSo() throws {
        let server = try FaultServer { request in
            request.target == "/v1/backupnow"
                ? .init(408, body: Array("timeout\n".utf8)) : .init(200, body: Self.status)
        }
        let outcome = try program.run(["-c", "use service \(server.origin); cluster foo; get --fresh"])
        expectFailure(outcome, 1, says: "it answered with HTTP status 408: timeout")
    }

    @Test func onlyAServiceMakesNewBackups() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let outcome = try workplace.recover("get --fresh")
        expectFailure(outcome, 1, says: "only a backup service makes new backups, and not the volume backups")
        expectFailure(
            try program.run(["-c", "get --fresh"]),
            2,
            says: "no source of backups is in use before this"
        )
    }

    @Test func whatItCanNotFindWithoutAListItSays() throws {
        let server = try Self.server(.init(404))
        func pick(_ text: String) throws -> Program.Outcome {
            try program.run(["-c", "use service \(server.origin); cluster foo; \(text)"])
        }
        for text in ["pick min", "pick 8", "pick max --before 2026-01-01", "pick 8 --etcd-version 3.4"] {
            expectFailure(try pick(text), 1, says: "the source lists only the newest of its 3 backups")
        }
        expectFailure(try pick("clusters"), 1, says: "has the backups of one cluster and does not say which")
        expectFailure(try pick("ls --deleted"), 1, says: "a backup service shows nothing that was deleted")
        let old = try pick("pick max; expect pick.age < 1d")
        expectFailure(old, 3, says: "an expectation is not met: pick.age is")
        let unknown = try pick("pick 9 --etcd-version 3.4.23; expect pick.size > 1")
        expectFailure(unknown, 3, says: "pick.size is unknown: the source does not report it")
        #expect(try pick("ls").talk.contains("it has 3, about 512.0 KiB in all"))
    }

    @Test func ctrlCEndsTheWaitingForANewBackup() throws {
        let server = try FaultServer { request in
            request.target == "/v1/backupnow" ? .silence : .init(200, body: Self.status)
        }
        let running = try program.start(["-c", "use service \(server.origin); cluster foo; get --fresh"])
        #expect(running.wait { server.requests.contains { $0.target == "/v1/backupnow" } })
        running.send(SIGINT)
        #expect(try running.wait().exitCode == 130)
    }
}
