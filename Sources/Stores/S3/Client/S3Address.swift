import HTTP
import Text

/// Where a bucket's objects are: the host, and what comes before a key in the path.
struct S3Address: Sendable, Equatable {
    var origin: HTTPOrigin
    /// Empty, or beginning with `/` and not ending in one.
    var path: String

    /// The target of a request, percent-encoded.
    ///
    /// - Parameter key: Empty for the bucket itself.
    func target(key: String, query: [(name: String, value: String)]) -> String {
        let parameters = query.map { name, value in
            PercentEncoding.encode(name, keepsSlash: false) + "=" + PercentEncoding.encode(value, keepsSlash: false)
        }
        let keyPath = key.isEmpty && !path.isEmpty ? "" : "/" + PercentEncoding.encode(key, keepsSlash: true)
        return path + keyPath + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
    }
}

/// How a bucket's address comes about: a rule that only the region is missing for.
struct S3Addressing: Sendable {
    var bucket: String
    /// A server that is not AWS.
    var endpoint: HTTPBase?
    var style: AWSConfiguration.AddressingStyle
    var usesDualStack = false
    var usesFIPS = false
    var usesAcceleration = false

    /// AWS: the bucket in the host's name, unless its own has what TLS certificates don't cover. Elsewhere: in the
    /// path.
    ///
    /// Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets"; the AWS CLI does the same.
    func address(region: String) -> S3Address {
        let bucketPath = "/" + PercentEncoding.encode(bucket, keepsSlash: false)
        if let endpoint {
            guard style == .virtual, canBeInHostName, !endpoint.origin.isAddress else {
                return S3Address(origin: endpoint.origin, path: endpoint.path + bucketPath)
            }
            var origin = endpoint.origin
            origin.host = "\(bucket).\(origin.host)"
            return S3Address(origin: origin, path: endpoint.path)
        }
        let isVirtual = style != .path && canBeInHostName
        var host =
            "s3\(usesFIPS ? "-fips" : "")\(usesDualStack ? ".dualstack" : "").\(region).\(AWSConfiguration.domain(of: region))"
        if usesAcceleration, isVirtual {
            host = "s3-accelerate\(usesDualStack ? ".dualstack" : "").amazonaws.com"
        }
        if isVirtual { host = "\(bucket).\(host)" }
        return S3Address(origin: HTTPOrigin(isSecure: true, host: host), path: isVirtual ? "" : bucketPath)
    }

    /// 3 to 63 lower-case letters, digits and hyphens, without a dot: what one level of a host's name can be.
    private var canBeInHostName: Bool {
        let bytes = bucket.utf8
        return (3...63).contains(bytes.count) && bytes.first != 0x2D && bytes.last != 0x2D
            && bytes.allSatisfy { $0.isASCIIDigit || (0x61...0x7A).contains($0) || $0 == 0x2D }
    }
}
