/// What a user says of a bucket; all else comes from the AWS settings of the machine.
public struct S3Settings: Sendable, Equatable {
    public var bucket: String
    /// What the keys begin with before `v1/`: `backups/etcd`; empty where nothing comes before it.
    public var prefix: String
    /// The URL of a server that is not AWS.
    public var endpoint: String?
    public var region: String?
    public var profile: String?
    /// Whether the bucket is named in the path and not in the host's name.
    public var usesPathStyle: Bool
    /// Whether requests are not signed.
    public var isAnonymous: Bool
    /// A PEM file with the authorities to trust instead of the system's.
    public var caFile: String?

    public init(
        bucket: String,
        prefix: String = "",
        endpoint: String? = nil,
        region: String? = nil,
        profile: String? = nil,
        usesPathStyle: Bool = false,
        isAnonymous: Bool = false,
        caFile: String? = nil
    ) {
        self.bucket = bucket
        self.prefix = prefix
        self.endpoint = endpoint
        self.region = region
        self.profile = profile
        self.usesPathStyle = usesPathStyle
        self.isAnonymous = isAnonymous
        self.caFile = caFile
    }
}
