import Foundation
import Synchronization
import TestSupport
import Testing

/// Servers that answer as S3 does, but with what one would not wish for.
@Suite(.ownThread) struct OddServerTests {
    private static func listing(_ keys: [String] = [], folders: [String] = []) -> FaultServer.Response {
        let contents = keys.map { key in
            let name = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "<Contents><Key>\(name)</Key><Size>20512</Size><ETag>one</ETag>"
                + "<LastModified>2026-11-23T08:00:00.000Z</LastModified></Contents>"
        }
        let prefixes = folders.map { "<CommonPrefixes><Prefix>\($0)</Prefix></CommonPrefixes>" }
        return .init(
            200,
            body: Array(
                ("<ListBucketResult><EncodingType>url</EncodingType>" + (contents + prefixes).joined()
                    + "</ListBucketResult>").utf8
            )
        )
    }

    /// What the names are to begin with that a request asks for.
    private static func prefix(_ request: FaultServer.Request) -> String {
        URLComponents(string: request.target)?.queryItems?.first { $0.name == "prefix" }?.value ?? ""
    }

    private static let name = "3.4.23_0000000000000009_etcd.backup"

    @Test func keysThatHoldAnythingAreShownAsTextAndNeverPicked() throws {
        let hostile = [
            "../../etc/passwd", "a\nb", "\u{1B}]0;title\u{7}", "\u{1B}[2J", String(repeating: "k", count: 1017),
        ]
        let server = try FaultServer { request in
            let prefix = Self.prefix(request)
            let keys = (hostile + [Self.name]).map { "v1/foo/\($0)" }.filter { $0.hasPrefix(prefix) }
            return prefix == "v1/" ? Self.listing(folders: ["v1/foo/"]) : Self.listing(keys.sorted())
        }
        let workplace = try BucketWorkplace()
        let outcome = try workplace.run(
            "use s3 backups --endpoint \(server.origin); cluster foo; ls; ls --ignored; pick max"
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectPlainText(outcome)
        #expect(outcome.output.contains("picked \(Self.name)"))
        #expect(outcome.output.contains(String(repeating: "k", count: 1017)))
        for name in hostile {
            let picked = try workplace.run(
                "set n = '\(name)'; use s3 backups --endpoint \(server.origin); cluster foo; pick $n"
            )
            #expect([2, 4].contains(picked.exitCode), "\(picked.talk)")
        }
    }

    @Test func namesOfAnotherClusterAreNotTakenForThoseOfThisOne() throws {
        // As a server or a cache does that passes over what was asked.
        let server = try FaultServer { _ in
            Self.listing(["v1/bar/\(Self.name)", "v1/foo/\(Self.name)"])
        }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)/; cluster foo; pick max")
        expectFailure(outcome, 6, says: "its listing can't be read: it has names that were not asked for")
        let folders = try FaultServer { request in
            request.target.contains("prefix=v1%2F&")
                ? Self.listing(folders: ["v1/foo/"]) : Self.listing(["v1/bar/\(Self.name)"])
        }
        let second = try BucketWorkplace().run("use s3 backups --endpoint \(folders.origin)")
        expectFailure(second, 6, says: "its listing can't be read: it has names that were not asked for")
    }

    @Test func whatAServerSaysActsOnNoTerminal() throws {
        let message = "No.\nwarning: all is lost \u{9B}31m \u{202E}\u{1B}[2J" + String(repeating: "x", count: 5000)
        let body = Array(
            "<Error><Code>Odd</Code><Message>\(message.replacing("\u{1B}", with: ""))</Message></Error>".utf8
        )
        for status in [400, 403] {
            let server = try FaultServer { _ in .init(status, body: body) }
            let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
            #expect([1, 6].contains(outcome.exitCode), "\(outcome.talk)")
            expectPlainText(outcome)
            #expect(!outcome.talk.contains("\u{202E}") && outcome.talk.count < 1500)
            #expect(!outcome.talk.contains("\nwarning:"))
        }
    }

    @Test func aTokenWithALineEndIsSaidToHaveOneAndIsNotShown() throws {
        let outcome = try BucketWorkplace().run(
            "use s3 backups",
            environment: ["AWS_SESSION_TOKEN": "secret-session-token\r"]
        )
        expectFailure(outcome, 6, says: "the environment does not work")
        #expect(outcome.talk.contains("holds a blank, a line end or another odd character"))
        #expect(!outcome.talk.contains("secret-session-token"))
    }

    @Test func aCodeThatTheMessageBeginsWithIsSaidOnce() throws {
        let body = "<Error><Code>422</Code><Message>422 Unprocessable</Message></Error>"
        let server = try FaultServer { _ in .init(422, body: Array(body.utf8)) }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
        expectFailure(outcome, 1, says: "cannot list bucket 'backups': 422 Unprocessable\n")
    }

    @Test func thePlaceOfABackupBelowAPrefixNamesThePrefixOnce() throws {
        let workplace = try BucketWorkplace()
        let name = "3.4.23_0000000000000009_etcd.backup"
        try workplace.server.put(
            bucket: BucketWorkplace.bucket,
            key: "deep/er/v1/foo/\(name)",
            bytes: Fixture.snapshot("early.db")
        )
        let outcome = try workplace.run("use s3 backups/deep/er; pick max; info")
        let place = "  place      bucket backups at \(workplace.server.endpoint): deep/er/v1/foo/\(name)\n"
        #expect(outcome.output.contains(place), "\(outcome)")
    }

    @Test func clustersWhoseNamesLeadElsewhereAreIgnored() throws {
        let folders = ["v1/../", "v1/./", "v1//", "v1/%1B%5B31m/"]
        let server = try FaultServer { request in
            let prefix = Self.prefix(request)
            return Self.listing(folders: folders.filter { $0.hasPrefix(prefix) })
        }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin); clusters")
        expectFailure(outcome, 4, says: "cannot find clusters in the bucket backups at \(server.origin): ")
        #expect(outcome.output.contains("no cluster has backups there"))
        #expect(outcome.talk.contains("ignored 4 names"))
    }

    @Test func keysThatExpireAreRenewedInTheMiddleOfTheWork() throws {
        let workplace = try BucketWorkplace()
        // Each run of the program gives other keys, as a helper for temporary ones does.
        let count = workplace.program.folder.path("count")
        let script = """
            n=$(cat '\(count)' 2>/dev/null || echo 0); echo $((n + 1)) >'\(count)'
            echo '{"Version":1,"AccessKeyId":"key-'$((n + 1))'","SecretAccessKey":"secret"}'
            """
        try workplace.program.folder.write(Array(script.utf8), to: "keys.sh")
        let config = "[default]\ncredential_process = sh \(workplace.program.folder.path("keys.sh"))\n"
        try workplace.program.folder.write(Array(config.utf8), to: "config")
        let server = try FaultServer { request in
            request.headers["Authorization"]?.contains("Credential=key-2/") == true
                ? Self.listing(["etcd.db"])
                : .init(400, body: Array("<Error><Code>ExpiredToken</Code><Message>Too late.</Message></Error>".utf8))
        }
        let outcome = try workplace.program.run(
            ["-c", "use s3 backups --endpoint \(server.origin); clusters"],
            environment: [
                "AWS_CONFIG_FILE": workplace.program.folder.path("config"), "AWS_EC2_METADATA_DISABLED": "true",
            ]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: credentials from the credential_process of profile 'default'"))
        #expect(try workplace.program.folder.read("count") == Array("2\n".utf8))
    }

    @Test func aServerThatIsNotEncryptedIsWarnedOfUnlessItIsThisMachine() throws {
        let workplace = try BucketWorkplace()
        let far = try workplace.program.run(
            ["--quiet", "-c", "use s3 backups --endpoint http://snapsh-test.invalid"],
            environment: workplace.environment
        )
        #expect(far.talk.contains("warning: http://snapsh-test.invalid is not encrypted"))
        #expect(try !workplace.run("use s3 backups").talk.contains("not encrypted"))
    }
}
