/// A kind of source of backups: its name, what a user says of it, and how it connects.
///
/// The store or client behind it declares it; the program puts it into its registry, and commands, checks, completion
/// and help follow from it. It knows nothing of how settings are written there.
public struct SourceDeclaration: Sendable {
    /// What users call it, one word: `s3`.
    public let name: String
    /// Other words that are taken for its name: `bucket`.
    public let otherNames: [String]
    /// What only places of this source begin with: `s3://`.
    public let placeStarts: [String]
    /// One line, without a full stop.
    public let summary: String
    /// What else there is to know, in sentences.
    public let details: String
    /// Where the backups are. Its name is what stands for it in help: `BUCKET[/PREFIX]`.
    public let place: SettingDeclaration
    public let settings: [SettingDeclaration]
    public let examples: [SourceExample]
    /// What else there is to know, each under a name of its own.
    public let topics: [SourceTopic]
    /// Whether it lists all backups that it has, or only the newest.
    public let listsAllBackups: Bool
    /// Whether a cluster must be chosen before it can be asked for backups.
    public let needsCluster: Bool
    /// Makes a source of the values.
    ///
    /// - Throws: A `UserError` where they can't be used, and `CancellationError`.
    public var connect: @Sendable (SettingValues, SourceContext) async throws -> any BackupSource

    /// - Parameters:
    ///   - otherNames: Other words that are taken for its name.
    ///   - placeStarts: What only places of this source begin with.
    ///   - needsCluster: Whether a cluster must be chosen before it can be asked for backups.
    ///   - connect: Makes a source of the values.
    public init<Place>(
        name: String,
        otherNames: [String] = [],
        placeStarts: [String] = [],
        summary: String,
        details: String,
        place: SourcePlace<Place>,
        settings: [any DeclaredSetting] = [],
        examples: [SourceExample],
        topics: [SourceTopic] = [],
        listsAllBackups: Bool = true,
        needsCluster: Bool = true,
        connect: @escaping @Sendable (Place, SettingValues, SourceContext) async throws -> any BackupSource
    ) {
        self.name = name
        self.otherNames = otherNames
        self.placeStarts = placeStarts
        self.summary = summary
        self.details = details
        self.place = place.declaration
        self.settings = settings.map(\.declaration)
        self.examples = examples
        self.topics = topics
        self.listsAllBackups = listsAllBackups
        self.needsCluster = needsCluster
        self.connect = { values, context in
            guard let place = place.result(values.place) else {
                throw SettingError("\(place.declaration.name) is missing")
            }
            return try await connect(place, values, context)
        }
    }
}

/// One way to use a source, with what it is for.
public struct SourceExample: Sendable {
    public let place: String?
    /// Names of settings and their values; a switch has none.
    public let settings: [(name: String, value: String?)]
    /// Whether a cluster must be chosen first.
    public let needsCluster: Bool
    /// One line, without a full stop.
    public let summary: String

    public init(
        _ place: String? = nil,
        settings: [(name: String, value: String?)] = [],
        needsCluster: Bool = false,
        summary: String
    ) {
        self.place = place
        self.settings = settings
        self.needsCluster = needsCluster
        self.summary = summary
    }
}

/// What a source can know beside its settings.
public struct SourceContext: Sendable {
    /// The process's environment, or that of the closed world.
    public var environment: [String: String]
    /// The user's home directory.
    public var home: String?
    /// The cluster to recover, where one is chosen.
    public var cluster: ClusterName?
    /// Takes what a user should know of its work, now and later.
    public var report: @Sendable (Notice) -> Void
    /// Where one is set, a source reaches nothing else.
    package var world: ClosedWorld?

    public init(
        environment: [String: String],
        home: String?,
        cluster: ClusterName? = nil,
        report: @escaping @Sendable (Notice) -> Void
    ) {
        self.environment = environment
        self.home = home
        self.cluster = cluster
        self.report = report
    }
}
