package import Backups
package import FoundationEssentials

/// What a session needs from outside; the program provides it.
package struct ShellDependencies: Sendable {
    package var now: @Sendable () -> Date
    /// The user's home directory, for `~`.
    package var home: String?
    /// The process's environment, for sources.
    package var processEnvironment: [String: String]
    /// The closed world that these are for; `inside(_:)` sets it.
    package internal(set) var world: ClosedWorld?
    /// What the home and the environment are in the real world, while these are for a closed one.
    var realHome: String?
    var realEnvironment: [String: String] = [:]
    /// All commands.
    package let commands: CommandTable
    /// Serves backups of a cluster, or of a source without clusters, until cancelled.
    ///
    /// - Returns: How many downloads were completed.
    package typealias Serve =
        @Sendable (
            _ options: ServeOptions,
            _ source: any BackupSource,
            _ cluster: ClusterName?,
            _ onListening: @escaping @Sendable (_ url: String) async -> Void,
            _ report: @escaping @Sendable (Notice) -> Void
        ) async throws -> Int
    package var serve: Serve
    /// Finds out whether `serve` could begin there, and reports what it would warn of; nothing is served.
    package typealias CheckServing =
        @Sendable (_ options: ServeOptions, _ report: @escaping @Sendable (Notice) -> Void) async throws -> Void
    package var checkServing: CheckServing
    /// Decodes encoded backups.
    package var codecs: [any Codec]
    /// Shows the progress of a long transfer.
    package var progress: @Sendable (_ label: String, _ totalByteCount: Int64?) -> any ProgressDisplay
    /// The lines that were typed, oldest first.
    package var history: @MainActor @Sendable () -> [String]
    /// How wide a line of the terminal is, in characters; 80 where there is none.
    package var lineWidth: @Sendable () -> Int = { 80 }
    /// Tells a prompt where a line is typed that a message is there.
    package var notifyPrompt: @Sendable () -> Void = {}
    /// Absent where there is no folder for drills.
    package var drills: DrillDependencies?
    /// Asks the user for a line, and shows what is typed unless it is a secret.
    package typealias Ask = @Sendable (_ question: String, _ isSecret: Bool) async throws -> String
    /// Absent where there is no terminal, and so no one to ask.
    package var ask: Ask?

    package init(
        now: @escaping @Sendable () -> Date = { Date() },
        home: String? = nil,
        processEnvironment: [String: String] = [:],
        sources: [SourceDeclaration],
        serve: @escaping Serve,
        checkServing: @escaping CheckServing = { _, _ in },
        codecs: [any Codec] = [],
        progress: @escaping @Sendable (_ label: String, _ totalByteCount: Int64?) -> any ProgressDisplay = { _, _ in
            NoProgress()
        },
        history: @escaping @MainActor @Sendable () -> [String] = { [] },
        ask: Ask? = nil
    ) {
        self.now = now
        self.home = home
        self.processEnvironment = processEnvironment
        commands = CommandTable(sources: sources)
        self.serve = serve
        self.checkServing = checkServing
        self.codecs = codecs
        self.progress = progress
        self.history = history
        self.ask = ask
    }
}
