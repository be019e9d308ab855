import TestSupport
import Testing

/// Whose backups a service has: our own says it, the operator's does not.
@Suite("The cluster of a service", .ownThread)
struct ServedClusterTests {
    private let workplace: Workplace
    private let server: ServingProgram

    init() throws {
        workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        server = try ServingProgram(workplace.program, "use pv backups; cluster foo")
    }

    private static let head: HTTPHeaders = ["X-etcd-Version": "3.4.23", "X-Revision": "208"]

    /// A service as the operator has it.
    private static func operatorsService() throws -> FaultServer {
        let status =
            #"{"backups":1,"backupSize":0.5,"recentBackup":{"creationTime":"2026-01-31T08:00:00Z","size":0.04,"#
            + #""revision":208,"version":"3.4.23","timeTookInSecond":1}}"#
        return try FaultServer { request in
            request.target == "/v1/status" ? .init(200, body: Array(status.utf8)) : .init(200, headers: head)
        }
    }

    @Test("is in each response of 'serve'")
    func header() throws {
        for target in ["/v1/status", "/v1/backup", "/v1/other"] {
            #expect(try server.curl(target).head.lowercased().contains("x-snapsh-cluster: foo\r\n"), "\(target)")
        }
    }

    @Test("is compared by 'use service' and by 'cluster', and 'use' takes it where none is chosen")
    func compared() throws {
        let program = try Program()
        let same = try program.run(["-c", "cluster foo; use service \(server.url); pick max; info"])
        #expect(same.exitCode == 0 && !same.talk.contains("does not say which cluster"), "\(same.talk)")
        #expect(!same.output.contains("as you said"))
        let other = try program.run(["-c", "cluster bar; use service \(server.url)"])
        expectFailure(other, 4, says: "it serves 'foo'")
        #expect(other.talk.contains("hint: if you mean that one, write: use service \(server.url) --cluster foo\n"))
        let only = try program.run(["-c", "cluster bar; use service \(server.url) --cluster .; cluster .; pick max"])
        #expect(only.exitCode == 0, "\(only.talk)")
        let next = try program.run(["-c", "cluster bar; use service \(server.url) || echo next"])
        #expect(next.exitCode == 0 && next.output.hasSuffix("next\n"))
        let later = try program.run(["-c", "use service \(server.url); cluster bar"])
        expectFailure(later, 4, says: "belongs to 'foo'")
        let listed = try program.run(["-c", "use service \(server.url); clusters"])
        #expect(listed.exitCode == 0 && listed.output.contains("\nfoo "), "\(listed)")
        let json = try program.run(["--json", "use", "service", server.url])
        #expect(json.output.contains(#""clusters":["foo"]"#), "\(json.output)")
    }

    @Test("need not be named in a script, and a recorded session without it runs again")
    func recorded() throws {
        let program = try Program()
        let session = try program.run(
            ["-c", "use service \(server.url); pick max; get out.db; verify; record r.snapsh; record off"]
        )
        #expect(session.exitCode == 0, "\(session.talk)")
        #expect(session.talk.contains("note: in the runbook 'get' has --force: each run replaces its file"))
        let text = String(decoding: try program.folder.read("r.snapsh"), as: UTF8.self)
        #expect(text.contains("\nget $file --force\n") && !text.contains("left out"), "\(text)")
        let again = try program.run(["r.snapsh"])
        #expect(again.exitCode == 0, "\(again.talk)")
    }

    @Test("is asked for at the run where the service does not say it, and before it where its address needs it")
    func needed() throws {
        let server = try Self.operatorsService()
        let program = try Program()
        expectFailure(
            try program.run(["-c", "use service \(server.origin); pick max"]),
            1,
            says: "cannot run this: no cluster is chosen before this"
        )
        expectFailure(try program.run(["-c", "use service; pick max"]), 2, says: "no cluster is chosen before this")
    }

    @Test("of the operator's service is only what the user says, also where it was chosen before")
    func said() throws {
        let server = try Self.operatorsService()
        let program = try Program()
        let outcome = try program.run(["-c", "cluster foo; use service \(server.origin); pick max; info"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.talk.contains(
                "note: this source does not say which cluster it serves: it is taken for 'foo', as you said\n"
            )
        )
        #expect(
            outcome.output.contains("  cluster    foo, as you said: the source does not say\n"),
            "\(outcome.output)"
        )
        let json = try program.run(["--json", "-c", "cluster foo; use service \(server.origin); pick max"])
        #expect(json.output.contains(#""clusterAsYouSaid":true"#))
        let none = try program.run(["-c", "use service \(server.origin)"])
        #expect(none.talk.contains("name it with 'cluster NAME'"))
    }
}
