package import Backups
package import FoundationEssentials
import Text

/// Where backups are asked for, as `use` names it.
package enum SourceLocation: Sendable, Equatable {
    /// A folder, or the usual one.
    case volume(path: String?)
    case bucket(BucketLocation)
    case service(ServiceLocation)
}

/// A bucket, as far as `use` names it.
package struct BucketLocation: Sendable, Equatable {
    package var bucket: String
    package var prefix = ""
    package var endpoint: String?
    package var region: String?
    package var profile: String?
    package var caFile: String?
    package var usesPathStyle = false
    package var isAnonymous = false

    package init(bucket: String) {
        self.bucket = bucket
    }
}

/// A cluster's backup service, as far as `use` names it.
package struct ServiceLocation: Sendable, Equatable, SecretKeeping {
    /// Made from the cluster's name where it is not given.
    package var url: String?
    package var cluster: ClusterName?
    package var namespace: String?
    package var clusterDomain: String?
    package var caFile: String?
    package var certificateFile: String?
    package var keyFile: String?
    /// `Name: value`; the values are secrets.
    package var headers: [String] = []

    package init(cluster: ClusterName?) {
        self.cluster = cluster
    }

    package var description: String {
        "the backup service at \(url.map(SecretText.masking) ?? "the cluster's own address")"
    }
}

/// Where backups are served, as `serve` names it.
package struct ServeOptions: Sendable, Equatable {
    /// The sidecar's port of this machine where it is not given.
    package var address: String?
    package var certificateFile: String?
    package var keyFile: String?
    package var tokenFile: String?
    /// Where copies are kept of what a source hands out only once.
    package var spoolFolder: String?
}

/// What a session needs of the world around it; the program wires it.
package struct ShellDependencies: Sendable {
    package var now: @Sendable () -> Date
    /// The user's home directory, for `~`.
    package var home: String?
    /// Makes the source that a location names. What it says of its work later on, it reports.
    package typealias Connect =
        @Sendable (
            _ location: SourceLocation,
            _ report: @escaping @Sendable (Notice) -> Void
        ) async throws -> any BackupSource
    package var connect: Connect
    /// Serves a cluster's backups until its task is cancelled, and returns how many downloads came to their end.
    package typealias Serve =
        @Sendable (
            _ place: ServeOptions,
            _ source: any BackupSource,
            _ cluster: ClusterName,
            _ onListening: @escaping @Sendable (_ url: String) async -> Void,
            _ report: @escaping @Sendable (Notice) -> Void
        ) async throws -> Int
    package var serve: Serve
    /// What undoes the encodings of backups.
    package var codecs: [any Codec]
    /// Shows how far a long transfer is.
    package var progress: @Sendable (_ label: String, _ totalByteCount: Int64?) -> any ProgressDisplay
    /// The lines that were typed, oldest first.
    package var history: @MainActor @Sendable () -> [String]
    /// Asks the user for a secret without showing what is typed; absent where there is no terminal.
    package typealias AskSecret = @Sendable (_ question: String) async throws -> String
    package var askSecret: AskSecret?

    package init(
        now: @escaping @Sendable () -> Date = { Date() },
        home: String? = nil,
        connect: @escaping Connect,
        serve: @escaping Serve,
        codecs: [any Codec] = [],
        progress: @escaping @Sendable (_ label: String, _ totalByteCount: Int64?) -> any ProgressDisplay = { _, _ in
            NoProgress()
        },
        history: @escaping @MainActor @Sendable () -> [String] = { [] },
        askSecret: AskSecret? = nil
    ) {
        self.now = now
        self.home = home
        self.connect = connect
        self.serve = serve
        self.codecs = codecs
        self.progress = progress
        self.history = history
        self.askSecret = askSecret
    }
}

/// Shows how far one transfer is.
package protocol ProgressDisplay: Sendable {
    func update(doneByteCount: Int64)
    /// Takes so many bytes as there already: they don't count for the rate.
    func resume(from doneByteCount: Int64)
    /// Takes what was shown away.
    func finish()
    /// Takes what was shown away until the next update.
    func erase()
}

/// Shows nothing.
package struct NoProgress: ProgressDisplay {
    package init() {}
    package func update(doneByteCount: Int64) {}
    package func resume(from doneByteCount: Int64) {}
    package func finish() {}
    package func erase() {}
}
