package import Backups
package import Language

/// Where a script is to run, as far as the check depends on it.
package struct CheckContext: Sendable {
    /// All commands.
    let commands: CommandTable
    /// What the script includes, the same in each check of it.
    let included = IncludedScripts()
    /// The values given as `name=value` for the script's parameters.
    package var parameters: [String: String]
    /// Whether the line was typed at the prompt.
    package var isPrompt: Bool
    /// Whether a missing parameter value is a finding; not where a script is only checked.
    package var needsParameterValues: Bool
    /// Whether parameters that are never used are reported.
    package var reportsUnusedParameters: Bool
    /// Whether the user can be asked for a secret.
    package var canAskSecrets: Bool
    /// The commands that are to be checked as if they did not stand there.
    var skipped: Set<CommandPath> = []
    /// The texts that the command line confirms.
    package var confirmed: [String]
    package var home: String?
    /// The clusters in the source in use, as far as they are known.
    let clusters: [ClusterName]
    /// The names of the environment's variables, which are no variables of a script.
    let environmentNames: Set<String>
    /// Where the user gave the values, where that is not `name=value` on the command line.
    package var places: [String: ValuePlace] = [:]

    /// Where the value of a parameter stands that the user gave.
    package struct ValuePlace: Sendable {
        package var source: SourceFile
        package var span: Span

        package init(_ source: SourceFile, _ span: Span) {
            self.source = source
            self.span = span
        }
    }

    /// Where the value of a parameter stands; `nil` where none is given.
    func place(of parameter: String) -> ValuePlace? {
        if let place = places[parameter] { return place }
        return parameters[parameter].map { value in
            let source = SourceFile(name: "command line", text: "\(parameter)=\(value)")
            return ValuePlace(source, Span(parameter.utf8.count + 1, source.bytes.count))
        }
    }

    package init(
        _ dependencies: ShellDependencies,
        parameters: [String: String] = [:],
        isPrompt: Bool = false,
        needsParameterValues: Bool = true,
        reportsUnusedParameters: Bool = false,
        confirmed: [String] = [],
        clusters: [ClusterName] = []
    ) {
        self.clusters = clusters
        commands = dependencies.commands
        self.parameters = parameters
        self.isPrompt = isPrompt
        self.needsParameterValues = needsParameterValues
        self.reportsUnusedParameters = reportsUnusedParameters
        canAskSecrets = dependencies.ask != nil
        self.confirmed = confirmed
        home = dependencies.home
        environmentNames = Set(dependencies.processEnvironment.keys)
    }
}
