import Backups
import TestSupport
import Testing

@testable import S3Store

@Suite("The AWS settings")
struct AWSConfigurationTests {
    private static let config = """
        [default]
        region = from-default
        [profile prod]
        region = from-prod
        ca_bundle = ~/ca.pem
        use_fips_endpoint = true
        use_dualstack_endpoint = true
        endpoint_url = https://profile
        s3 =
          addressing_style = virtual
          use_accelerate_endpoint = true
        [profile served]
        services = mine
        endpoint_url = https://profile
        s3 =
          use_dualstack_endpoint = true
        [services mine]
        s3 =
          endpoint_url = https://services:9000/path/
        """

    private func configuration(
        _ environment: [String: String] = [:],
        profile: String? = nil
    ) throws -> AWSConfiguration {
        let world = try AWSWorld(config: Self.config, credentials: "[prod]\nregion = from-credentials\n[other]\n")
        return try world.configuration(environment, profile: profile)
    }

    @Test("take the profile from --profile, AWS_PROFILE, AWS_DEFAULT_PROFILE, or the default one")
    func profileNames() throws {
        let environment = ["AWS_PROFILE": "prod", "AWS_DEFAULT_PROFILE": "other"]
        let explicit = try configuration(environment, profile: "served")
        #expect(explicit.profileName == "served" && explicit.isProfileExplicit)
        let named = try configuration(environment)
        #expect(named.profileName == "prod" && !named.isProfileExplicit)
        #expect(try configuration(["AWS_DEFAULT_PROFILE": "other", "AWS_PROFILE": ""]).profileName == "other")
        #expect(try configuration().profileName == "default")
    }

    @Test("take the region from AWS_REGION, AWS_DEFAULT_REGION, or the profile, where the credentials file wins")
    func regions() throws {
        #expect(try configuration(["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"]).region == "a")
        #expect(try configuration(["AWS_DEFAULT_REGION": "b"]).region == "b")
        #expect(try configuration().region == "from-default")
        #expect(try configuration(profile: "prod").region == "from-credentials")
        #expect(try configuration(profile: "other").region == nil)
    }

    @Test(
        "find a service's endpoint in the order of the AWS tools",
        arguments: [
            (["AWS_ENDPOINT_URL_S3": "http://s3", "AWS_ENDPOINT_URL": "http://all"], "served", "http://s3"),
            (["AWS_ENDPOINT_URL": "http://all"], "served", "http://all"),
            ([:], "served", "https://services:9000/path"),
            ([:], "prod", "https://profile"),
            ([:], "default", nil),
            (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE", "AWS_ENDPOINT_URL_S3": "http://s3"], "prod", nil),
        ] as [([String: String], String, String?)]
    )
    func endpoints(environment: [String: String], profile: String, endpoint: String?) throws {
        let found = try configuration(environment, profile: profile).endpoint(of: "s3")
        #expect(found.map { "\($0)" } == endpoint)
    }

    @Test("have endpoints for other services, too")
    func otherServices() throws {
        let environment = ["AWS_ENDPOINT_URL_SSO_OIDC": "http://oidc", "AWS_ENDPOINT_URL_S3": "http://s3"]
        let configuration = try configuration(environment)
        #expect(try configuration.endpoint(of: "sso_oidc").map { "\($0)" } == "http://oidc")
        #expect(try configuration.endpoint(of: "sts") == nil)
        #expect(try self.configuration(profile: "served").endpoint(of: "sts").map { "\($0)" } == "https://profile")
    }

    @Test("say how S3 is reached")
    func flags() throws {
        let prod = try configuration(profile: "prod")
        #expect(prod.addressingStyle == .virtual)
        #expect(prod.usesDualStackEndpoint && prod.usesFIPSEndpoint && prod.usesAccelerateEndpoint)
        let normal = try configuration()
        #expect(normal.addressingStyle == .automatic)
        #expect(!normal.usesDualStackEndpoint && !normal.usesFIPSEndpoint && !normal.usesAccelerateEndpoint)
        #expect(try configuration(profile: "served").usesDualStackEndpoint)
        #expect(try configuration(["AWS_USE_DUALSTACK_ENDPOINT": "true"]).usesDualStackEndpoint)
        #expect(try !configuration(["AWS_USE_FIPS_ENDPOINT": "no"], profile: "prod").usesFIPSEndpoint)
    }

    @Test("name a file of authorities")
    func authorities() throws {
        #expect(try configuration(["AWS_CA_BUNDLE": "/ca.pem"], profile: "prod").caBundle == "/ca.pem")
        #expect(try configuration(profile: "prod").caBundle?.hasSuffix("/ca.pem") == true)
        #expect(try configuration(profile: "prod").caBundle?.hasPrefix("/") == true)
        #expect(try configuration().caBundle == nil)
    }

    @Test("read the files that the environment names, and do without any")
    func otherFiles() throws {
        let folder = try TemporaryFolder()
        let environment = [
            "AWS_CONFIG_FILE": try folder.write("[profile a]\nregion = x".utf8, to: "one"),
            "AWS_SHARED_CREDENTIALS_FILE": "~/two",
        ]
        try folder.write("[b]\nregion = y".utf8, to: "two")
        for (profile, region) in [("a", "x"), ("b", "y")] {
            let found = try AWSConfiguration(environment: environment, home: folder.path, profile: profile)
            #expect(found.region == region)
        }
        #expect(try AWSConfiguration(environment: [:], home: nil).region == nil)
        #expect(try AWSConfiguration(environment: [:], home: folder.path).region == nil)
    }

    @Test("refuse a profile that is nowhere, and list those there are")
    func missingProfile() throws {
        let error = try #require(throws: AWSConfigurationError.self) { try configuration(profile: "prd") }
        #expect("\(error)" == "cannot use the profile 'prd': it is in neither of the AWS files")
        #expect(error.nextStep == "the profiles there are: default, other, prod, served")
        #expect(error.category == .unreachable)
        let named = try #require(throws: AWSConfigurationError.self) { try configuration(["AWS_PROFILE": "prd"]) }
        #expect("\(named)".contains("'prd' that AWS_PROFILE names"))
        let alone = try #require(throws: AWSConfigurationError.self) {
            try AWSConfiguration(environment: [:], home: nil, profile: "x")
        }
        #expect(
            alone.nextStep == "there is no profile at all: AWS_CONFIG_FILE says where the file is, if not in ~/.aws"
        )
    }

    @Test("name the file that can't be read, and the line")
    func brokenFiles() throws {
        let broken = try AWSWorld(config: "[default]\nSECRET")
        let folder = try TemporaryFolder()
        try folder.makeFolder(".aws/credentials")
        let binary = try AWSWorld()
        try binary.folder.write([0xFF], to: ".aws/config")
        let long = try AWSWorld(config: String(repeating: "#", count: 2 << 20))
        let expected = [
            broken.folder.path: "~/.aws/config: line 2 is neither a [section] nor a 'name = value'",
            folder.path: "~/.aws/credentials: is a directory",
            binary.folder.path: "~/.aws/config: it is not UTF-8 text",
            long.folder.path: "~/.aws/config: it is longer than 1.0 MiB",
        ].map { ($0.key, "cannot read \($0.value)") }
        for (home, text) in expected {
            let error = try #require(throws: AWSConfigurationError.self) {
                try AWSConfiguration(environment: [:], home: home)
            }
            #expect("\(error)" == text)
        }
    }

    @Test(
        "refuse values that mean nothing",
        arguments: [
            (["AWS_REGION": "a.evil/"], "the region: 'a.evil/' is not a region such as eu-west-1"),
            (["AWS_ENDPOINT_URL": "s3"], "AWS_ENDPOINT_URL: 's3' is not a URL such as https://host:9000"),
            (
                ["AWS_ENDPOINT_URL_S3": "https://me:SECRET@host"],
                "AWS_ENDPOINT_URL_S3: 'https://***@host' is not a URL such as https://host:9000"
            ),
        ]
    )
    func invalid(environment: [String: String], text: String) throws {
        let error = try #require(throws: AWSConfigurationError.self) {
            try configuration(environment).endpoint(of: "s3")
        }
        #expect("\(error)" == "cannot use \(text)")
    }

    @Test("refuse an addressing style that there is not")
    func invalidStyle() throws {
        let world = try AWSWorld(config: "[default]\ns3 =\n  addressing_style = odd")
        let error = try #require(throws: AWSConfigurationError.self) { try world.configuration() }
        #expect("\(error)" == "cannot use addressing_style: 'odd' is not one of auto, path, virtual")
    }

    @Test("show no secret when they are printed or dumped")
    func secrets() throws {
        let world = try AWSWorld(credentials: "[default]\naws_secret_access_key = fileSECRET")
        let configuration = try world.configuration(["AWS_SECRET_ACCESS_KEY": "SECRET"])
        var dumped = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("SECRET"))
    }
}
