import TestSupport
import Testing

/// Keys from where a cluster's machines have them, on a server that gives them out.
@Suite(.ownThread) struct CredentialSourceTests {
    private let server: MotoServer
    private let program: Program
    private let bucket: String

    init() throws {
        server = try MotoServer.shared()
        program = try Program()
        bucket = "keys-\(UInt32.random(in: 0...(.max)))"
        try server.makeBucket(bucket)
        let snapshot = try Fixture.snapshot("early.db")
        try server.put(bucket: bucket, key: "v1/foo/3.4.23_0000000000000009_etcd.backup", bytes: snapshot)
    }

    private func run(_ environment: [String: String], _ options: String = "") throws -> Program.Outcome {
        try program.run(
            ["-c", "use s3 \(bucket) \(options); cluster foo; pick max; get out.db"],
            environment: environment.merging(["AWS_ENDPOINT_URL": server.endpoint]) { $1 }
        )
    }

    private func write(_ text: String, to name: String) throws -> String {
        try program.folder.write(Array(text.utf8), to: name)
        return program.folder.path(name)
    }

    private func expectKeys(_ outcome: Program.Outcome, from provider: String) {
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: credentials from \(provider)"), "\(outcome.talk)")
    }

    @Test func theRoleOfAnInstance() throws {
        expectKeys(
            try run(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.endpoint]),
            from: "the instance's role"
        )
    }

    @Test func aRoleThatAProfileTakesOnWithTheKeysOfAnother() throws {
        let config = try write(
            """
            [profile rescue]
            role_arn = arn:aws:iam::123456789012:role/rescue
            source_profile = base
            region = eu-west-1
            """,
            to: "config"
        )
        let credentials = try write(
            """
            [base]
            aws_access_key_id = \(server.accessKeyID)
            aws_secret_access_key = \(server.secretAccessKey)
            """,
            to: "credentials"
        )
        expectKeys(
            try run(
                ["AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": credentials],
                "--profile rescue"
            ),
            from: "the role of profile 'rescue'"
        )
    }

    @Test func theWebIdentityOfAPod() throws {
        let token = try write("a-token\n", to: "token")
        expectKeys(
            try run([
                "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/pod", "AWS_WEB_IDENTITY_TOKEN_FILE": token,
                "AWS_REGION": "eu-west-1",
            ]),
            from: "web identity"
        )
    }

    @Test func theKeysOfAContainer() throws {
        let container = try FaultServer { request in
            request.headers["Authorization"] == "secret-token"
                ? .init(
                    200,
                    body: Array(
                        #"{"AccessKeyId":"a","SecretAccessKey":"b","Token":"c","Expiration":"2036-01-01T00:00:00Z"}"#
                            .utf8
                    )
                ) : .init(401)
        }
        let token = try write("secret-token", to: "token")
        expectKeys(
            try run([
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": container.origin + "/keys",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": token,
            ]),
            from: "the container's role"
        )
    }
}
