import Testing

@testable import HTTP
@testable import S3Store

/// Addresses as botocore 1.43 builds them.
@Suite("Where a bucket is")
struct S3AddressTests {
    private func url(_ addressing: S3Addressing, region: String, key: String = "v1/foo/a b") -> String {
        let address = addressing.address(region: region)
        return "\(address.origin)\(address.target(key: key, query: []))"
    }

    @Test(
        "on AWS its name is in the host's, unless a certificate could not cover it",
        arguments: [
            ("backups", "eu-west-1", "https://backups.s3.eu-west-1.amazonaws.com/v1/foo/a%20b"),
            ("my.backups", "eu-west-1", "https://s3.eu-west-1.amazonaws.com/my.backups/v1/foo/a%20b"),
            ("My_Backups", "us-east-1", "https://s3.us-east-1.amazonaws.com/My_Backups/v1/foo/a%20b"),
            ("backups", "cn-north-1", "https://backups.s3.cn-north-1.amazonaws.com.cn/v1/foo/a%20b"),
        ]
    )
    func amazon(bucket: String, region: String, expected: String) {
        #expect(url(S3Addressing(bucket: bucket, style: .automatic), region: region) == expected)
    }

    @Test("on another server it is in the path, below the path that its URL has")
    func elsewhere() throws {
        let endpoint = try #require(HTTPBase("http://minio.test:9000/s3/"))
        var addressing = S3Addressing(bucket: "backups", endpoint: endpoint, style: .automatic)
        #expect(url(addressing, region: "any") == "http://minio.test:9000/s3/backups/v1/foo/a%20b")
        addressing.style = .virtual
        #expect(url(addressing, region: "any") == "http://backups.minio.test:9000/s3/v1/foo/a%20b")
        addressing.bucket = "my.backups"
        #expect(url(addressing, region: "any") == "http://minio.test:9000/s3/my.backups/v1/foo/a%20b")
    }

    @Test("styles and kinds of endpoints are as they are asked for")
    func kinds() {
        var addressing = S3Addressing(bucket: "backups", style: .path)
        #expect(url(addressing, region: "eu-west-1") == "https://s3.eu-west-1.amazonaws.com/backups/v1/foo/a%20b")
        addressing.style = .automatic
        addressing.usesDualStack = true
        #expect(
            url(addressing, region: "eu-west-1")
                == "https://backups.s3.dualstack.eu-west-1.amazonaws.com/v1/foo/a%20b"
        )
        addressing.usesFIPS = true
        #expect(
            url(addressing, region: "us-east-1")
                == "https://backups.s3-fips.dualstack.us-east-1.amazonaws.com/v1/foo/a%20b"
        )
        addressing = S3Addressing(bucket: "backups", style: .automatic)
        addressing.usesAcceleration = true
        #expect(url(addressing, region: "eu-west-1") == "https://backups.s3-accelerate.amazonaws.com/v1/foo/a%20b")
    }

    @Test("the bucket itself is at the root, or at its name")
    func root() {
        let query = [(name: "list-type", value: "2"), (name: "prefix", value: "a/b c+d")]
        let amazon = S3Addressing(bucket: "backups", style: .automatic).address(region: "eu-west-1")
        #expect(amazon.target(key: "", query: query) == "/?list-type=2&prefix=a%2Fb%20c%2Bd")
        let path = S3Addressing(bucket: "backups", style: .path).address(region: "eu-west-1")
        #expect(path.target(key: "", query: query) == "/backups?list-type=2&prefix=a%2Fb%20c%2Bd")
    }

    @Test("keys go as they are: nothing is folded")
    func keys() {
        let address = S3Addressing(bucket: "b", style: .path).address(region: "r")
        #expect(address.target(key: "/a//b/../c/.", query: []) == "/b//a//b/../c/.")
    }
}
