import Foundation
import TestSupport
import Testing

/// The client, behind nginx: HTTPS with an authority of its own, client certificates, a path prefix, its own pages.
@Suite(.ownThread) struct ServiceBehindProxyTests {
    private let workplace: Workplace
    private let server: ServingProgram

    init() throws {
        workplace = try Workplace()
        try workplace.volume.add(9)
        server = try ServingProgram(workplace.program, "use pv backups; cluster foo")
    }

    private func get(_ options: String) throws -> Program.Outcome {
        try Program().run(["-c", "cluster foo; use service \(options); pick max; get out.db; get again.db"])
    }

    @Test func aPathPrefixAndAnAuthorityOfItsOwn() throws {
        let nginx = try NginxServer(upstream: server.url, pathPrefix: "/etcd/foo")
        let outcome = try get("\(nginx.endpoint) --ca-file \(nginx.caFile)")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectFailure(try get("\(nginx.origin) --ca-file \(nginx.caFile)"), 6, says: "it does not know this request")
        let untrusted = try get(nginx.endpoint)
        expectFailure(untrusted, 6, says: "its certificate is expired, or no trusted authority signed it")
        #expect(untrusted.talk.contains("hint: name the authority that signed its certificate: --ca-file FILE"))
    }

    @Test func aCertificateOfOurOwnIsShownWhereItIsWanted() throws {
        let nginx = try NginxServer(upstream: server.url, wantsClientCertificate: true)
        let own = try nginx.authority.issue(for: ["client"])
        let trust = "\(nginx.endpoint) --ca-file \(nginx.caFile)"
        let outcome = try get("\(trust) --cert \(own.file) --key \(own.keyFile)")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectFailure(try get(trust), 1, says: "HTTP status 400: with a page of HTML, as a proxy sends it")
        expectFailure(
            try get("\(trust) --cert \(own.file) --key \(own.file)"),
            6,
            says: "cannot read the key in \(own.file): there is no key in it"
        )
        expectFailure(try get("\(trust) --cert none.pem"), 6, says: "cannot read the certificate in none.pem: no such")
    }

    @Test(arguments: [200, 404, 502])
    func itsOwnPagesAreNoBackupService(_ status: Int) throws {
        let nginx = try NginxServer(upstream: server.url, status: status)
        let outcome = try get("\(nginx.endpoint) --ca-file \(nginx.caFile)")
        #expect([1, 6].contains(outcome.exitCode), "\(outcome.talk)")
        #expect(outcome.talk.contains(nginx.origin))
    }
}
