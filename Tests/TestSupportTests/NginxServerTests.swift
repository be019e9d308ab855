import Testing

@testable import TestSupport

@Suite(.ownThread) struct NginxServerTests {
    private let upstream: FaultServer

    init() throws {
        upstream = try FaultServer { .init(body: "\($0.target) for \($0.headers["Host"] ?? "nobody")".utf8) }
    }

    @Test func passesOnWhatWasAskedFor() throws {
        let server = try NginxServer(upstream: upstream.origin)
        #expect(try ask(server, "/a%2Fb//c?d=%20").hasSuffix("\r\n/a%2Fb//c?d=%20 for test"))
    }

    @Test func takesThePathPrefixOff() throws {
        let server = try NginxServer(upstream: upstream.origin, pathPrefix: "/s.3")
        #expect(try ask(server, "/s.3/a%2Fb//c").hasSuffix("\r\n/a%2Fb//c for test"))
        #expect(try ask(server, "/sx3/a").contains("HTTP/1.1 404"))
    }

    @Test func hasTheCertificateOfAnother() throws {
        let server = try NginxServer(upstream: upstream.origin, names: ["example.com"])
        #expect(try ask(server, "/").contains("hostname mismatch"))
        #expect(upstream.requests.isEmpty)
    }

    @Test func isTrustedByNobodyElse() throws {
        let server = try NginxServer(upstream: upstream.origin)
        #expect(try ask(server, "/", trusting: CertificateAuthority()).contains("verify error"))
    }

    @Test func wantsAClientCertificate() throws {
        let server = try NginxServer(upstream: upstream.origin, wantsClientCertificate: true)
        #expect(try ask(server, "/").contains("HTTP/1.1 400"))
        let certificate = try server.authority.issue(for: ["client"])
        #expect(try ask(server, "/", "-cert", certificate.file, "-key", certificate.keyFile).contains("HTTP/1.1 200"))
    }

    @Test func answersWithAPageOfItsOwn() throws {
        let server = try NginxServer(upstream: upstream.origin, status: 503)
        let answer = try ask(server, "/")
        #expect(answer.contains("HTTP/1.1 503"))
        #expect(answer.contains("<html>"))
    }

    /// What openssl gets, or why it does not ask.
    private func ask(
        _ server: NginxServer,
        _ target: String,
        _ words: String...,
        trusting authority: CertificateAuthority? = nil
    ) throws -> String {
        let folder = try TemporaryFolder()
        let request = "GET \(target) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
        let input = try folder.write(request.utf8, to: "request")
        let client = try ChildProcess(
            ["openssl", "s_client", "-quiet", "-verify_quiet", "-verify_return_error", "-verify_hostname", "localhost"]
                + ["-CAfile", (authority ?? server.authority).file, "-connect", "127.0.0.1:\(server.port)"] + words,
            input: input
        )
        _ = client.waitForEnd()
        return client.said()
    }
}
