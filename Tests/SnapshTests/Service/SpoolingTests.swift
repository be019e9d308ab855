import Foundation
import TestSupport
import Testing

/// What `serve` leaves of a backup that it copies.
@Suite(.ownThread) struct SpoolingTests {
    private let program: Program

    init() throws {
        program = try Program()
        try program.folder.makeFolder("spool")
    }

    /// A service whose newest backup begins, and never ends.
    ///
    /// - Parameter megabytes: What it says of its size.
    private static func service(megabytes: Double = 0.02) throws -> FaultServer {
        let snapshot = try Fixture.snapshot("early.db")
        let status =
            #"{"backups":1,"backupSize":\#(megabytes),"recentBackup":{"creationTime":"2026-01-31T08:00:00Z","#
            + #""size":\#(megabytes),"revision":9,"version":"3.4.23","timeTookInSecond":1}}"#
        let head: HTTPHeaders = ["X-etcd-Version": "3.4.23", "X-Revision": "9"]
        return try FaultServer { request in
            if request.target == "/v1/status" { return .init(200, body: Array(status.utf8)) }
            if request.method == "HEAD" { return .init(200, headers: head) }
            return FaultServer.Response(200, headers: head, body: snapshot, framing: .chunks)
                .cut(after: 16_384, then: .stall)
        }
    }

    private func serving(_ service: FaultServer, environment: [String: String] = [:]) throws -> ServingProgram {
        try ServingProgram(
            program,
            "cluster foo; use service \(service.origin)",
            options: "--spool-dir spool",
            environment: environment
        )
    }

    /// The status of the open file below the spool folder, as `/proc` shows it; 0 bytes do not count.
    private func spooled(by server: ServingProgram) -> stat? {
        let files = "/proc/\(server.running.process.processIdentifier)/fd"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: files)) ?? [] {
            var status = stat()
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(files)/\(name)"),
                target.hasPrefix(program.folder.path("spool/")), stat("\(files)/\(name)", &status) == 0,
                status.st_size > 0
            else { continue }
            return status
        }
        return nil
    }

    @Test(
        "a copy has no name, only its owner can read it, and nothing is left after a kill",
        arguments: [0, EOPNOTSUPP]
    )
    func killed(refusal: Int32) async throws {
        // Where the file system has no files without names, too.
        let fileSystem = try RefusingFileSystem()
        let environment = refusal == 0 ? [:] : fileSystem.environment([.unnamedFile: refusal])
        let service = try Self.service()
        let server = try serving(service, environment: environment)
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        client.arguments = ["curl", "--silent", "--max-time", "50", "--output", "/dev/null", "\(server.url)/v1/backup"]
        try client.run()
        defer { client.waitUntilExit() }
        try await eventually("a part of it is copied") { spooled(by: server) != nil }
        let status = try #require(spooled(by: server))
        #expect(status.st_nlink == 0)
        #expect(status.st_mode & 0o7777 == 0o600)
        #expect(try program.folder.names(in: "spool").isEmpty)
        server.running.send(SIGKILL)
        _ = try server.running.wait()
        #expect(try program.folder.names(in: "spool").isEmpty)
    }

    @Test func aCopyWithoutRoomIsRefusedWithASentence() throws {
        let service = try Self.service(megabytes: 8_000_000)
        let server = try serving(service)
        let answer = try server.curl("/v1/backup")
        #expect(answer.status == 507)
        #expect(answer.text.hasPrefix("cannot keep a copy in spool: 7.6 TiB are needed and "), "\(answer.text)")
        #expect(server.waits(for: "warning: cannot keep a copy in spool: 7.6 TiB are needed and "))
        #expect(service.requests.allSatisfy { $0.method == "HEAD" || $0.target == "/v1/status" })
    }

    @Test func aFolderThatCanNotBeUsedIsRefusedBeforeAnythingIsServed() throws {
        let service = try Self.service()
        let text = "cluster foo; use service \(service.origin); serve --listen 127.0.0.1:0"
        let outcome = try program.run(["-c", "\(text) --spool-dir none"])
        expectFailure(outcome, 1, says: "cannot keep copies in none: no such file or directory")
        #expect(outcome.talk.contains("hint: name a folder that you can write to: --spool-dir DIR"))
        let other = try program.run(["-c", text], environment: ["TMPDIR": "/proc"])
        expectFailure(other, 1, says: "cannot keep copies in /proc: ")
    }
}
