public import Backups
public import FoundationEssentials
import HTTP
import Text

/// Backups in a bucket.
public enum S3 {
    /// The backups of a bucket, found with the AWS settings of the machine.
    ///
    /// It is asked for credentials, and for what shows the layout.
    ///
    /// - Parameters:
    ///   - choice: The layouts that the bucket may have.
    ///   - environment: The process's environment.
    ///   - home: The folder that `.aws` is in.
    ///   - world: What may be reached, if not everything.
    ///   - report: Gets what a user should know: whose credentials are used, tries that failed, a clock that is off.
    /// - Throws: A `UserError` where the settings or the credentials can't be used, and `CancellationError`.
    public static func source(
        of settings: S3Settings,
        _ choice: LayoutChoice,
        environment: [String: String],
        home: String?,
        world: ClosedWorld? = nil,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> StoreSource {
        let (bucket, endpoint) = try await connect(
            settings,
            environment: environment,
            home: home,
            world: world,
            now: now,
            report: report
        )
        let store = RetryingStore(bucket, report: report)
        let location = location(settings, endpoint)
        var whole = settings
        whole.prefix = ""
        let place: PlacedLayout
        do {
            place = try await Self.place(in: settings.prefix, of: store, choice)
        } catch let error as LayoutError {
            throw error.at(location, nextStep: settings.nextStepWithoutBackups)
        }
        return StoreSource(
            location: location,
            root: Self.location(whole, endpoint),
            shortName: "s3",
            address: "s3://\(settings.bucket)",
            store: store,
            place: place
        )
    }

    /// The objects of a bucket, without the rules of a layout and without retries, and the server where one is named;
    /// the rest is as for `source`.
    static func connect(
        _ settings: S3Settings,
        environment: [String: String],
        home: String?,
        world: ClosedWorld? = nil,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> (store: S3Store, endpoint: HTTPBase?) {
        let configuration = try await AWSConfiguration.read(
            environment: environment,
            home: home,
            profile: settings.profile
        )
        let endpoint = try endpoint(settings, configuration)
        let client = try await client(settings, configuration, endpoint, world, now: now, report: report)
        return (S3Store(client: client), endpoint)
    }

    private static func client(
        _ settings: S3Settings,
        _ configuration: AWSConfiguration,
        _ endpoint: HTTPBase?,
        _ world: ClosedWorld?,
        now: @escaping @Sendable () -> Date,
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> S3Client {
        let region = settings.region ?? configuration.region ?? "us-east-1"
        try AWSConfiguration.check(region)
        let clock = ServerClock(now, report: report)
        let connections = HTTPConnections(
            files: TLSFiles(authorities: settings.caFile ?? configuration.caBundle),
            proxies: ProxyEnvironment(configuration.environment),
            world: world
        )
        if let origin = endpoint?.origin, !origin.isSecure, !origin.isLoopback {
            report(.warning("\(origin) is not encrypted: data from it can be read and changed on the way"))
        }
        var credentials: CachedCredentials?
        if !settings.isAnonymous {
            let context = ProviderContext(exchange: { try await connections.response(to: $0) }, clock: clock)
            let chain = CredentialChain(configuration, context: context)
            let cached = CachedCredentials(now: { clock.now }, resolve: { try await chain.resolve() })
            let found = try await cached.current()
            report(.note("credentials from \(found.provider)"))
            if found.credentials.isQuoted {
                report(
                    .warning(
                        "the keys from \(found.provider) are in quotes: as for the AWS tools, the quotes are a part of them"
                    )
                )
            }
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

    /// What lies below a prefix. Where nothing does any more, what did decides, if the bucket keeps it.
    ///
    /// - Throws: `LayoutError`, and what the store throws.
    static func place(in prefix: String, of store: any Store, _ choice: LayoutChoice) async throws -> PlacedLayout {
        let folder = prefix.isEmpty ? "" : prefix + "/"
        let path = PathParts.names(in: prefix)
        do {
            return try await choice.place(in: folder, path: path, of: store)
        } catch let nothing as LayoutError {
            guard nothing.isOfEmptyPlace else { throw nothing }
            // kamaji-etcd's script writes keys that begin with a slash.
            if !folder.isEmpty, !folder.hasPrefix("/"),
                let place = try await placeIfAny(in: "/" + folder, path, of: store, choice)
            {
                return place
            }
            do {
                return try await choice.place(in: folder, path: path, of: FormerNames(store: store))
            } catch is StoreError {
                // It keeps none.
                throw nothing
            }
        }
    }

    private static func placeIfAny(
        in folder: String,
        _ path: [String],
        of store: any Store,
        _ choice: LayoutChoice
    ) async throws -> PlacedLayout? {
        do {
            return try await choice.recognise(in: folder, path: path, of: store)
        } catch is LayoutError {
            return nil
        }
    }
}

extension S3Settings {
    fileprivate var nextStepWithoutBackups: NextStep {
        prefix.isEmpty
            ? """
            backups that lie deeper are found by naming their folder: \(.use(source: "s3", place: "BUCKET/PREFIX"))
            """
            : "is '\(prefix.printable)' the right prefix? name the folder that the backups are in, or the one above it"
    }
}

/// The names that a store had, and may keep.
private struct FormerNames: Store {
    let store: any Store

    var traits: StoreTraits { store.traits }

    func list(_ request: ListRequest) async throws -> ListPage {
        var request = request
        request.listsVersions = true
        return try await store.list(request)
    }

    func stat(_ key: String) async throws -> StoreEntry { try await store.stat(key) }

    func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        try await store.read(entry, range: range, into: sink)
    }
}
