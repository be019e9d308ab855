import Foundation
import TestSupport
import Testing

/// What people do with a bucket, and with a bucket that is not as it should be.
@Suite(.ownThread) struct BucketTests {
    @Test func aBackupIsFoundPickedAndDownloaded() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        let name = try workplace.add(10)
        let outcome = try workplace.run("use s3 backups; clusters; cluster foo; ls; pick max; info; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.output.contains(
                "using bucket backups at \(workplace.server.endpoint), layout operator: 1 cluster, foo"
            )
        )
        #expect(outcome.output.contains("picked \(name): the highest revision of 2 backups"))
        #expect(outcome.talk.contains("note: credentials from the environment"))
        #expect(try workplace.program.folder.read("out.db") == Fixture.snapshot(reaching: 10))
        for secret in [workplace.server.accessKeyID, workplace.server.secretAccessKey] {
            #expect(!(outcome.output + outcome.talk).contains(secret))
        }
    }

    @Test func theRunbookRecoversFromABucketOrElseFromAVolume() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        let runbook = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../scripts/runbooks/bucket.snapsh").standardized.path
        let outcome = try workplace.program.run(
            [runbook, "bucket=backups", "cluster=foo"],
            environment: workplace.environment
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("revision 9 of foo is in recovered.db"))

        let volume = try BackupVolume()
        try volume.add(15)
        let second = try workplace.program.run(
            [runbook, "bucket=nothing", "volume=\(volume.path)", "cluster=foo", "out=other.db"],
            environment: workplace.environment
        )
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.talk.contains("there is no such bucket"))
        #expect(second.output.contains("revision 212 of foo is in other.db"))
    }

    @Test func theRunbookOfK3sRecoversFromItsBucket() throws {
        let workplace = try BucketWorkplace()
        for (time, snapshot) in [(1_714_637_700, "late.db"), (1_714_724_100, "tombstone.db")] {
            try workplace.server.put(
                bucket: BucketWorkplace.bucket,
                key: "prod/etcd-snapshot-node-1-\(time)",
                bytes: Fixture.snapshot(snapshot)
            )
        }
        let runbook = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../scripts/runbooks/recover-k3s-bucket.snapsh").standardized.path
        let outcome = try workplace.program.run(
            [
                runbook, "bucket=backups/prod", "out=out.db", "oldest=9999d",
                "--confirmed", "the server token of that time is at hand",
                "--confirmed", "k3s or rke2-server is stopped on all servers",
            ],
            environment: workplace.environment
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.output.contains(
                "\non one server:  k3s server --cluster-reset --cluster-reset-restore-path=out.db\n"
            )
        )
        #expect(try workplace.program.folder.read("out.db") == Fixture.snapshot("tombstone.db"))
    }

    @Test func aClusterThatIsInANamespaceOnlyIsSaidToBeThere() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9, cluster: "prod/foo")
        try workplace.add(9, cluster: "test/foo")
        let outcome = try workplace.run("use s3 backups; cluster foo")
        expectFailure(outcome, 4, says: "cannot find cluster 'foo' in the bucket backups at")
        #expect(outcome.talk.contains("it is there in the namespaces 'prod', 'test'"))
        #expect(
            outcome.talk.contains(
                "hint: they are different clusters; choose one: cluster foo --namespace prod, or cluster foo --namespace test"
            )
        )
        #expect(try workplace.run("use s3 backups; cluster foo --namespace test; pick max").exitCode == 0)
        // As it is listed.
        #expect(try workplace.run("cluster test/foo; use s3 backups; pick max").exitCode == 0)
        expectFailure(
            try workplace.run("use s3 backups; cluster test/foo --namespace prod"),
            1,
            says: "'test/foo' has a namespace already"
        )
        expectFailure(
            try workplace.run("cluster foo --namespace dev; use s3 backups"),
            4,
            says: "cannot find cluster 'dev/foo'"
        )
    }

    @Test func aBucketThatIsNotThere() throws {
        let outcome = try BucketWorkplace().run("use s3 nothing")
        expectFailure(outcome, 6, says: "cannot list bucket 'nothing': there is no such bucket at http://127.0.0.1:")
        #expect(outcome.talk.contains("hint: check its name"))
    }

    @Test func anEmptyBucketHasNoBackups() throws {
        let workplace = try BucketWorkplace()
        let sentence = "cannot find backups in the bucket backups at \(workplace.server.endpoint): nothing is there"
        expectFailure(try workplace.run("use s3 backups; clusters"), 4, says: sentence)
        let next = try workplace.run("use s3 backups || echo 'the next one is tried'")
        #expect(next.exitCode == 0 && next.output.contains("the next one is tried"), "\(next.talk)")
    }

    @Test func aWrongSecretIsSaidToBeRefused() throws {
        let outcome = try BucketWorkplace().run("use s3 backups", environment: ["AWS_SECRET_ACCESS_KEY": "wrong"])
        expectFailure(
            outcome,
            6,
            says: "the server refuses the credentials from the environment: SignatureDoesNotMatch"
        )
    }

    @Test func noCredentialsAnywhereNamesEachPlace() throws {
        let outcome = try BucketWorkplace().run(
            "use s3 backups",
            environment: ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""]
        )
        expectFailure(outcome, 6, says: "cannot get AWS credentials: there are none in any of the usual places")
        var last = outcome.talk.startIndex
        // First what to do, below it what was tried.
        for text in [
            "hint: export AWS_ACCESS_KEY_ID", "tried:", "the environment:", "web identity:", "~/.aws/credentials:",
            "the instance's role:",
        ] {
            let range = try #require(outcome.talk.range(of: text, range: last..<outcome.talk.endIndex), "\(text)")
            last = range.upperBound
        }
    }

    @Test func keysInQuotesAreSaidToHoldTheQuotes() throws {
        let workplace = try BucketWorkplace()
        let secret = workplace.environment["AWS_SECRET_ACCESS_KEY"] ?? ""
        let outcome = try workplace.run("use s3 backups", environment: ["AWS_SECRET_ACCESS_KEY": "\"\(secret)\""])
        #expect(outcome.exitCode == 6)
        #expect(
            outcome.talk.contains(
                "warning: the keys from the environment are in quotes: as for the AWS tools, the quotes are a part of them"
            )
        )
        #expect(!outcome.talk.contains(secret))
        #expect(try !workplace.run("use s3 backups").talk.contains("in quotes"))
    }

    @Test func aProxyThatFailsIsNamedWithItsVariable() throws {
        let port = try RefusingPort()
        let outcome = try BucketWorkplace().run(
            "use s3 backups --endpoint http://s3.invalid:9000",
            environment: ["HTTP_PROXY": port.origin]
        )
        expectFailure(outcome, 6, says: "the proxy \(port.origin) (HTTP_PROXY) refuses connections")
        #expect(outcome.talk.contains("hint: correct HTTP_PROXY, or connect without the proxy: NO_PROXY=s3.invalid"))
    }

    @Test func plainHTTPToAServerThatSpeaksTLSIsAnsweredWithTheRightURL() throws {
        let words = "Client sent an HTTP request to an HTTPS server.\n"
        let server = try FaultServer { _ in .init(400, body: Array(words.utf8)) }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
        expectFailure(outcome, 6, says: "\(server.origin) speaks TLS")
        #expect(outcome.talk.contains("hint: try https://: --endpoint https://\(server.origin.dropFirst(7))"))
    }

    @Test func aServerThatRefusesConnections() throws {
        let port = try RefusingPort()
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(port.origin)")
        expectFailure(outcome, 6, says: "cannot list bucket 'backups': \(port.origin) refuses connections")
    }

    @Test func aHostThatDoesNotResolve() throws {
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint https://snapsh-test.invalid")
        expectFailure(outcome, 6, says: "the host name snapsh-test.invalid can't be resolved")
    }

    @Test func aServerThatIsSilent() throws {
        let server = try FaultServer { _ in .silence }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin) || echo 'the next one'")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("cannot list bucket 'backups': \(server.origin) sent nothing for 30 s"))
        #expect(outcome.output == "the next one\n")
        #expect(server.requests.count == 1)
    }

    @Test func aServerThatIsNoS3() throws {
        let server = try FaultServer { _ in
            .init(404, headers: ["Content-Type": "text/html"], body: Array("<html><p>no".utf8))
        }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
        expectFailure(
            outcome,
            6,
            says: "cannot use \(server.origin) as an S3 server: its response (HTTP status 404) is not one of S3"
        )
        let friendly = try FaultServer { _ in .init(200, headers: [:], body: Array("<html><p>hello</p></html>".utf8)) }
        let second = try BucketWorkplace().run("use s3 backups --endpoint \(friendly.origin)")
        expectFailure(second, 6, says: "cannot use \(friendly.origin) as an S3 server: its listing can't be read")
    }

    @Test func aRedirectToAnotherHostIsNotFollowed() throws {
        let other = try FaultServer { _ in .init(200, headers: [:], body: []) }
        let server = try FaultServer { _ in .init(307, headers: ["Location": other.origin + "/backups"], body: []) }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
        expectFailure(outcome, 6, says: "redirects to \(other.origin)/backups, where credentials are not sent")
        #expect(other.requests.isEmpty)
    }

    @Test(
        arguments: [
            ("AccessDenied", 403, "access denied to the credentials from the environment", "s3:ListBucket"),
            ("ExpiredToken", 400, "the credentials from the environment have expired", "renew them"),
            ("InvalidAccessKeyId", 403, "the server refuses the credentials", "check the keys"),
        ]
    )
    func whatAServerRefuses(_ code: String, _ status: Int, _ sentence: String, _ hint: String) throws {
        let server = try FaultServer { _ in
            .init(status, headers: [:], body: Array("<Error><Code>\(code)</Code><Message>No.</Message></Error>".utf8))
        }
        let outcome = try BucketWorkplace().run("use s3 backups --endpoint \(server.origin)")
        expectFailure(outcome, 6, says: sentence)
        #expect(outcome.talk.contains(hint))
    }

    @Test func whoMayListButNotGetIsToldWhichPermissionIsMissing() throws {
        let name = "3.4.23_0000000000000009_etcd.backup"
        let server = try FaultServer { request in
            guard request.target.contains("prefix=") else {
                return .init(403, body: Array("<Error><Code>AccessDenied</Code><Message>No.</Message></Error>".utf8))
            }
            return .init(200, body: ListedKeys.listing(["v1/foo/\(name)": 20512], for: request))
        }
        let workplace = try BucketWorkplace()
        let outcome = try workplace.run("use s3 backups --endpoint \(server.origin); cluster foo; pick max; get out.db")
        expectFailure(outcome, 6, says: "cannot read v1/foo/\(name): access denied")
        #expect(outcome.talk.contains("hint: they need the permission s3:GetObject on arn:aws:s3:::backups/*"))
        #expect(!workplace.program.folder.exists("out.db"))
    }

    @Test func ofClustersThatAreCalledTheSameNoneIsChosenForAnother() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        try workplace.add(9, cluster: "prod/foo")
        let outcome = try workplace.run("use s3 backups; cluster foo --namespace test")
        expectFailure(outcome, 4, says: "it is there in the namespace 'prod', and without a namespace")
        #expect(
            outcome.talk.contains(
                "hint: they are different clusters; choose one: cluster foo, or cluster foo --namespace prod"
            )
        )
    }

    @Test func aPrefixWithoutBackupsIsDoubted() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        let outcome = try workplace.run("use s3 backups/prd")
        expectFailure(outcome, 4, says: "nothing is there")
        #expect(outcome.talk.contains("is 'prd' the right prefix?"), "\(outcome.talk)")
    }

    @Test func aRegionThatNoHostCanHave() throws {
        let outcome = try BucketWorkplace().run("use s3 backups --region 'eu west'")
        expectFailure(outcome, 6, says: "cannot use the region: 'eu west' is not a region such as eu-west-1")
    }

    @Test func namesThatHoldWhatTheyShouldNotAreShownAsText() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        for name in ["a\u{1B}[31mb", "..evil", String(repeating: "n", count: 200)] {
            try workplace.server.put(bucket: "backups", key: "v1/foo/\(name)", bytes: [1])
        }
        let outcome = try workplace.run("use s3 backups; cluster foo; ls; ls --ignored; pick max")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectPlainText(outcome)
        #expect(outcome.talk.contains("ignored 3 names"))
    }

    @Test(arguments: ["use s3 s3://backups", "use s3://backups", "use bucket backups"])
    func aBucketIsNamedAsOtherToolsNameIt(_ command: String) throws {
        let workplace = try BucketWorkplace()
        try workplace.add(9)
        let outcome = try workplace.run("\(command); cluster foo; ls")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("3.4.23_0000000000000009_etcd.backup"))
    }
}
