import Backups
import Files
import FoundationEssentials
import Text

/// The state of one session: the source in use, the cluster, the target, the pick, the file, the variables.
@MainActor
package final class Session {
    /// What it needs from outside: in a drill, from the drill's world.
    package internal(set) var dependencies: ShellDependencies
    let output: Output

    var source: (any BackupSource)?
    /// As the user chose it.
    var cluster: ClusterName?
    /// The cluster in the source in use: the one that is meant or, without a choice, the only one.
    var sourceCluster: ClusterName?
    /// The clusters that the source in use had when it was first asked.
    var knownClusters: [ClusterName] = []
    /// Whether only the user says whose backups the source in use has.
    var isClusterSaid = false
    var target: EtcdVersion?
    var pick: Backup?
    /// Why the backup was picked.
    private(set) var pickReason = ""
    /// How it was chosen.
    private(set) var pickRule: PickRule?
    /// Backups that were skipped because they can't be used.
    private(set) var passedOver: [PassedOver] = []
    /// What makes the pick doubtful.
    private(set) var doubts = Doubts()
    var listedCount: Int?
    var file: FileFacts? {
        didSet { if let file, file.isVerified, let mark = file.mark { verified.insert(mark) } }
    }
    /// The states of files that were downloaded or verified.
    private(set) var verified: Set<FileMark> = []
    /// What the last `diff` has found.
    var difference: DifferenceSum?
    /// What the last `restore` has made.
    private(set) var restored: RestoreFacts?
    /// Where the logs of data directories are that were restored with `--wal-dir`, by the paths of these as they were
    /// given.
    private(set) var logFolders: [ByteText: String] = [:]
    /// What was read of files for facts.
    private(set) var files = FileReadings()
    /// Reads what names do not contain, and caches it for the session.
    private(set) var revisions = RevisionReader()
    var variables: [String: String]
    /// The variables that are secret.
    private(set) var secretNames: Set<String> = []
    /// The exit code from `exit`, once it has run.
    package private(set) var requestedExitCode: Int32?
    package var isFinished: Bool { requestedExitCode != nil }

    /// The drill that it is in.
    var drill: DrillSession?
    /// What a dry run leaves open; absent where commands do what they do.
    var dryRun: DryRunState?
    /// The texts that the command line confirms.
    private let confirmed: [String]

    /// - Parameters:
    ///   - parameters: The values given for the script's parameters.
    ///   - confirmed: The texts of steps that are done.
    ///   - isDryRun: Whether commands only say what they would do.
    package init(
        dependencies: ShellDependencies,
        output: Output,
        parameters: [String: String] = [:],
        confirmed: [String] = [],
        isDryRun: Bool = false
    ) {
        self.dependencies = dependencies
        self.output = output
        self.variables = parameters
        self.confirmed = confirmed
        dryRun = isDryRun ? DryRunState() : nil
        output.offers.commands = dependencies.commands
    }

    /// The variables that hold what is shown only where it is asked for.
    private(set) var privateNames: Set<String> = []

    /// - Parameters:
    ///   - value: `nil` where the variable has none.
    ///   - isPrivate: Whether the value is shown only where it is asked for.
    func set(_ name: String, to value: String?, isPrivate: Bool) {
        variables[name] = value
        if isPrivate { privateNames.insert(name) } else { privateNames.remove(name) }
    }

    /// The parameters that scripts have declared.
    var parameterNames: Set<String> = []

    /// Takes the values of a script's parameters.
    package func give(_ parameters: [String: String]) {
        variables.merge(parameters) { $1 }
    }

    /// Those who keep what the session does, beside the recorder.
    package var observers: [any CommandObserver] = []
    private(set) var recorder = Recorder()
    var everyObserver: [any CommandObserver] { [recorder] + observers }
    /// What is restored when the session leaves a closed world.
    var realPlace: RealPlace?
    private var commandCount = 0
    private var chainCount = 0

    /// A chain that is about to run.
    func run(of chain: BoundChain) -> ChainRun {
        chainCount += 1
        return ChainRun(number: chainCount, chain: chain)
    }

    /// A command that is about to run.
    func event(of command: BoundCommand, in chain: ChainRun) -> CommandEvent {
        commandCount += 1
        return CommandEvent(
            number: commandCount,
            command: command,
            chain: chain,
            start: dependencies.now(),
            drill: world?.name
        )
    }

    /// Makes variables secret, with or without values: they are never printed from now on.
    package func hide(_ names: some Sequence<String>) {
        secretNames.formUnion(names)
        for name in names {
            if let value = variables[name] { output.secrets.add(value) }
        }
    }

    /// What the check of the next line starts from.
    var definitions: Definitions {
        var definitions = Definitions(variables: variables.mapValues(Definitions.Known.value))
        // A finding would quote what is shown only where it is asked for.
        for name in privateNames where variables[name] != nil { definitions.variables[name] = .init(known: .unknown) }
        for name in secretNames where variables[name] != nil { definitions.variables[name] = .init(known: .secret) }
        if cluster ?? sourceCluster != nil { definitions.achieve([.cluster]) }
        if let source {
            definitions.achieve([.source])
            definitions.useSource(needsCluster: source.needsCluster)
        }
        if pick != nil { definitions.achieve([.pick]) }
        if listedCount != nil { definitions.achieve([.listing]) }
        if file != nil { definitions.achieve([.file, .currentFile]) }
        if difference != nil { definitions.achieve([.difference]) }
        return definitions
    }

    /// Whether the command line confirms a text, byte for byte.
    func isConfirmed(_ text: String) -> Bool {
        confirmed.contains { $0.hasSameBytes(as: text) }
    }

    /// Ends the session: no further command runs.
    func end(with exitCode: Int32) {
        requestedExitCode = exitCode
    }

    /// Makes a backup the pick.
    ///
    /// - Parameters:
    ///   - passedOver: Backups that were skipped because they can't be used.
    ///   - doubts: What makes it doubtful that it is the right one.
    func pick(
        _ backup: Backup,
        because reason: String,
        by rule: PickRule,
        passedOver: [PassedOver] = [],
        doubts: Doubts = Doubts()
    ) {
        pick = backup
        pickReason = reason
        pickRule = rule
        self.passedOver = passedOver
        self.doubts = doubts
    }

    /// Takes note of what the command that runs has restored.
    ///
    /// - Parameter facts: Gets the number of that command.
    func note(_ plan: RestorePlan, _ facts: (_ command: Int) -> RestoreFacts) {
        restored = facts(commandCount)
        logFolders.merge(plan.logFolders) { $1 }
    }

    /// Forgets what was chosen from another source or cluster.
    func forgetChoice() {
        pick = nil
        listedCount = nil
    }

    /// Forgets all that was chosen and found, but for the variables.
    ///
    /// - Parameter recorder: Keeps what is done from now on.
    func forgetAll(recordingWith recorder: Recorder) {
        source = nil
        knownClusters = []
        (cluster, sourceCluster) = (nil, nil)
        target = nil
        forgetChoice()
        (pickReason, pickRule, passedOver, doubts) = ("", nil, [], Doubts())
        file = nil
        difference = nil
        restored = nil
        logFolders = [:]
        files = FileReadings()
        revisions = RevisionReader()
        self.recorder = recorder
    }

    /// What the prompt shows: `drill:service-gone pv foo@15`, empty at the start.
    package var summary: String {
        var parts = [world.map { "drill:\($0.name.printable)" }].compactMap(\.self)
        if let source { parts.append(source.shortName) }
        if let cluster = sourceCluster ?? cluster {
            parts.append(cluster.description.printable + (pick?.knownRevision.map { "@\($0.value)" } ?? ""))
        }
        return parts.joined(separator: " ")
    }

    // The check made sure that earlier commands ask for it; only a run shows whether they got it.

    func requireSource() throws(UnmetNeed) -> any BackupSource {
        guard let source else { throw UnmetNeed(.source, dependencies.commands) }
        return source
    }

    /// The cluster whose backups are meant: the chosen one or, without a choice, the only one; `nil` if the source in
    /// use names none, or not of all backups.
    ///
    /// - Throws: `ClusterError.notChosen` with all clusters; `UnmetNeed`; what the source throws.
    func clusterInUse() async throws -> ClusterName? {
        let source = try requireSource()
        guard source.namesClusters else { return nil }
        if let cluster = sourceCluster ?? cluster { return cluster }
        sourceCluster = try await onlyClusterInUse()
        return sourceCluster
    }

    /// The only cluster of the source in use, whichever is chosen; `nil` where it has none, or names none.
    ///
    /// - Throws: as above.
    func onlyClusterInUse() async throws -> ClusterName? {
        let source = try requireSource()
        guard source.namesClusters else { return nil }
        if source.needsCluster {
            guard let sourceCluster, !isClusterSaid else { throw UnmetNeed(.cluster, dependencies.commands) }
            return sourceCluster
        }
        let listing = try await source.clusters()
        if listing.clusters.count > 1 {
            throw ClusterError.notChosen(listing.clusters, main: listing.main, location: source.location)
        }
        // Those without a name may be newer, and of the same cluster.
        return listing.hasUnnamedBackups ? nil : listing.clusters.first
    }

    func requirePick() throws(UnmetNeed) -> Backup {
        guard let pick else { throw UnmetNeed(.pick, dependencies.commands) }
        return pick
    }
}
