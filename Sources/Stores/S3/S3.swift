public import Backups
public import FoundationEssentials
import HTTP
import Layouts
import Text

/// Backups that the etcd operator wrote to a bucket.
public enum S3 {
    /// The backups of a bucket, found with the AWS settings of the machine.
    ///
    /// Nothing is asked yet but for credentials: whether the bucket is there shows when it is listed.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - home: The folder that `.aws` is in.
    ///   - report: Told what a user should know of: whose credentials are used, tries that failed, a clock that is off.
    /// - Throws: A `UserError` where the settings or the credentials can't be used, and `CancellationError`.
    public static func source(
        of settings: S3Settings,
        environment: [String: String],
        home: String?,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> StoreSource {
        let configuration = try AWSConfiguration(environment: environment, home: home, profile: settings.profile)
        let endpoint = try endpoint(settings, configuration)
        let client = try await client(settings, configuration, endpoint, now: now, report: report)
        return StoreSource(
            location: location(settings, endpoint),
            shortName: "s3",
            store: RetryingStore(S3Store(client: client), report: report),
            layout: OperatorLayout(clustersPrefix: clustersPrefix(settings.prefix), hasNamespaces: true)
        )
    }

    /// The objects of a bucket, without the rules of a layout and without retries; the rest is as for `source`.
    public static func store(
        of settings: S3Settings,
        environment: [String: String],
        home: String?,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> any Store {
        let configuration = try AWSConfiguration(environment: environment, home: home, profile: settings.profile)
        let endpoint = try endpoint(settings, configuration)
        return S3Store(client: try await client(settings, configuration, endpoint, now: now, report: report))
    }

    private static func client(
        _ settings: S3Settings,
        _ configuration: AWSConfiguration,
        _ endpoint: HTTPBase?,
        now: @escaping @Sendable () -> Date,
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> S3Client {
        let region = settings.region ?? configuration.region ?? "us-east-1"
        try AWSConfiguration.check(region)
        let clock = ServerClock(now, report: report)
        let connections = HTTPConnections(
            files: TLSFiles(authorities: settings.caFile ?? configuration.caBundle),
            proxies: ProxyEnvironment(configuration.environment)
        )
        if let origin = endpoint?.origin, !origin.isSecure, !origin.isLoopback {
            report(.warning("\(origin) is not encrypted: what comes from it can be read and changed on the way"))
        }
        var credentials: CachedCredentials?
        if !settings.isAnonymous {
            let context = ProviderContext(exchange: { try await connections.answer(to: $0) }, clock: clock)
            let chain = CredentialChain(configuration, context: context)
            let cached = CachedCredentials(now: { clock.now }, resolve: { try await chain.resolve() })
            report(.note("credentials from \(try await cached.current().provider)"))
            credentials = cached
        }
        return S3Client(
            addressing: S3Addressing(
                bucket: settings.bucket,
                endpoint: endpoint,
                style: settings.usesPathStyle ? .path : configuration.addressingStyle,
                usesDualStack: configuration.usesDualStackEndpoint,
                usesFIPS: configuration.usesFIPSEndpoint,
                usesAcceleration: configuration.usesAccelerateEndpoint
            ),
            region: region,
            connections: connections,
            credentials: credentials,
            clock: clock,
            report: report
        )
    }

    private static func endpoint(
        _ settings: S3Settings,
        _ configuration: AWSConfiguration
    ) throws(AWSConfigurationError) -> HTTPBase? {
        guard let url = settings.endpoint else { return try configuration.endpoint(of: "s3") }
        guard let base = HTTPBase(url) else {
            throw .invalid(setting: "the endpoint", value: url, expected: "a URL such as https://host:9000")
        }
        return base
    }

    private static func location(_ settings: S3Settings, _ endpoint: HTTPBase?) -> String {
        let name = settings.prefix.isEmpty ? settings.bucket : "\(settings.bucket)/\(settings.prefix)"
        return "bucket \(name.printable)" + (endpoint.map { " at \($0.origin)" } ?? "")
    }

    /// Below a prefix lies `v1`, unless that is its own last part.
    static func clustersPrefix(_ prefix: String) -> String {
        if prefix.isEmpty { return "v1/" }
        return prefix == "v1" || prefix.hasSuffix("/v1") ? prefix + "/" : prefix + "/v1/"
    }
}
