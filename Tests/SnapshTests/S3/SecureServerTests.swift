import TestSupport
import Testing

/// A server behind HTTPS with an authority of its own.
@Suite(.ownThread) struct SecureServerTests {
    private let workplace: BucketWorkplace

    init() throws {
        workplace = try BucketWorkplace()
        try workplace.add(9)
    }

    @Test func anAuthorityThatIsNamedIsTrusted() throws {
        let nginx = try NginxServer(upstream: workplace.server.endpoint)
        let text = "cluster foo; pick max; get out.db"
        let outcome = try workplace.run(
            "use s3 backups --endpoint \(nginx.endpoint) --ca-file \(nginx.caFile); \(text)"
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let environment = ["AWS_CA_BUNDLE": nginx.caFile, "AWS_ENDPOINT_URL_S3": nginx.endpoint]
        let second = try workplace.run("use s3 backups; \(text) --force", environment: environment)
        #expect(second.exitCode == 0, "\(second.talk)")
    }

    @Test func anUnknownAuthorityIsNot() throws {
        let nginx = try NginxServer(upstream: workplace.server.endpoint)
        let outcome = try workplace.run("use s3 backups --endpoint \(nginx.endpoint)")
        expectFailure(outcome, 6, says: "cannot list bucket 'backups': \(nginx.origin) can't be trusted")
        #expect(outcome.talk.contains("hint: name the authority that signed its certificate: --ca-file FILE"))
    }

    @Test func aCertificateForAnotherNameIsNot() throws {
        let nginx = try NginxServer(upstream: workplace.server.endpoint, names: ["elsewhere.test"])
        let outcome = try workplace.run("use s3 backups --endpoint \(nginx.endpoint) --ca-file \(nginx.caFile)")
        expectFailure(outcome, 6, says: "\(nginx.origin) can't be trusted: its certificate is for another name")
        #expect(outcome.talk.contains("hint: name it with --endpoint as its certificate does"))
    }

    @Test func aServerWithoutTLS() throws {
        let plain = workplace.server.endpoint
        let outcome = try workplace.run("use s3 backups --endpoint \(plain.replacing("http:", with: "https:"))")
        expectFailure(outcome, 6, says: "does not speak TLS")
        #expect(outcome.talk.contains("hint: if it is meant to be unencrypted: --endpoint \(plain)"))
    }

    @Test func aServerWithTLSThatIsSpokenToWithout() throws {
        let nginx = try NginxServer(upstream: workplace.server.endpoint)
        let plain = nginx.origin.replacing("https:", with: "http:")
        let outcome = try workplace.run("use s3 backups --endpoint \(plain)")
        expectFailure(outcome, 6, says: "cannot list bucket 'backups': \(plain) speaks TLS")
        #expect(outcome.talk.contains("hint: try https://: --endpoint \(nginx.origin)\n"), "\(outcome.talk)")
    }

    @Test func aFileWithoutAnAuthority() throws {
        let nginx = try NginxServer(upstream: workplace.server.endpoint)
        let outcome = try workplace.run("use s3 backups --endpoint \(nginx.endpoint) --ca-file nothing.pem")
        expectFailure(outcome, 6, says: "cannot read the certificate authorities in nothing.pem")
    }
}
