package import HTTP

/// Where the services are.
extension AWSConfiguration {
    /// The endpoint that is configured for a service, in the AWS CLI's order: `AWS_ENDPOINT_URL_S3`,
    /// `AWS_ENDPOINT_URL`, the profile's section `[services x]`, the profile's `endpoint_url`.
    ///
    /// - Parameter service: `s3`, `sts`, `sso`, `sso_oidc`
    /// - Returns: `nil` where it is AWS's own, also where `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is set.
    /// - Throws: `AWSConfigurationError` for what is not a URL.
    package func endpoint(of service: String) throws(AWSConfigurationError) -> HTTPBase? {
        if isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", profile: "ignore_configured_endpoint_urls") { return nil }
        let variable = "AWS_ENDPOINT_URL_\(service.uppercased())"
        let services = profile?["services"].flatMap { files.config[.services($0)] }
        let places = [
            (variable, environment[variable]),
            ("AWS_ENDPOINT_URL", environment["AWS_ENDPOINT_URL"]),
            ("endpoint_url of \(service) in its services", services?[service, "endpoint_url"]),
            ("endpoint_url", profile?["endpoint_url"]),
        ]
        guard case (let setting, let url?)? = places.first(where: { $0.1 != nil }) else { return nil }
        guard let base = HTTPBase(url) else {
            throw .invalid(setting: setting, value: url, expected: "a URL such as https://host:9000")
        }
        return base
    }

    /// The endpoint of a service that has one in each region: the configured one, or AWS's own.
    ///
    /// - Parameters:
    ///   - prefix: What stands before the region in the host's name: `portal.sso`.
    ///   - region: Checked already.
    func regionalEndpoint(
        of service: String,
        prefix: String,
        region: String
    ) throws(AWSConfigurationError) -> HTTPBase {
        if let configured = try endpoint(of: service) { return configured }
        return HTTPBase(origin: HTTPOrigin(isSecure: true, host: "\(prefix).\(region).\(Self.domain(of: region))"))
    }

    /// What the names of AWS's own hosts in a region end in.
    static func domain(of region: String) -> String {
        region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    }

    /// Whether S3 is reached over IPv6, too.
    package var usesDualStackEndpoint: Bool {
        (profile?["s3", "use_dualstack_endpoint"]).map { $0.lowercased() == "true" }
            ?? isTrue("AWS_USE_DUALSTACK_ENDPOINT", profile: "use_dualstack_endpoint")
    }

    package var usesFIPSEndpoint: Bool { isTrue("AWS_USE_FIPS_ENDPOINT", profile: "use_fips_endpoint") }

    /// Whether S3 is reached by its transfer acceleration.
    package var usesAccelerateEndpoint: Bool { profile?["s3", "use_accelerate_endpoint"]?.lowercased() == "true" }
}
