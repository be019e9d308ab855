import Language

/// What becomes of a chain once its choices are fixed: nothing else than what was chosen is ever taken.
///
/// A `use` or a `pick` that failed is left out, with the `||` behind it, and so is a parameter that nothing uses any
/// more. A `pick` that was not reached ends the script.
struct PinnedChain {
    struct Part {
        let connector: Connector
        let command: BoundCommand
        /// Whether `exit 4` stands in its place.
        let isUnreachedPick: Bool
    }

    private(set) var parts: [Part] = []
    private(set) var leftOut: [(command: BoundCommand, reason: String)] = []

    /// - Parameters:
    ///   - unusedParameters: The names of those that nothing uses.
    ///   - ending: How a command ended; `nil` where it was not run.
    init(
        _ chain: BoundChain,
        leavingOut unusedParameters: Set<String> = [],
        ending: (BoundCommand) -> PinRecorder.Ending?
    ) {
        /// The connector of a command that was left out, for the next one that was run.
        var waiting: Connector?
        for (connector, command) in chain.links {
            let ending = ending(command)
            if waiting != nil, ending == nil { continue }
            if let reason = Self.reasonToLeaveOut(command, ending, unusedParameters) {
                waiting = waiting ?? connector
                leftOut.append((command, reason))
                continue
            }
            let isUnreachedPick = ending == nil && command.mayPick
            parts.append(Part(connector: waiting ?? connector, command: command, isUnreachedPick: isUnreachedPick))
            waiting = nil
        }
    }

    private static func reasonToLeaveOut(
        _ command: BoundCommand,
        _ ending: PinRecorder.Ending?,
        _ unusedParameters: Set<String>
    ) -> String? {
        if ending == .failed, command.isChoice { return "it failed in the dry run" }
        let isUnused = command.parameterName.map(unusedParameters.contains) == true
        return isUnused ? "nothing uses it here" : nil
    }

    /// What stands for a `pick` that was not reached.
    static let exit = "\(CommandDeclaration.exit.name) \(ExitCode.notFound.rawValue)"

    /// Commands and what stands between them, as text.
    static func joined(_ parts: some Sequence<(connector: Connector, text: String)>) -> String {
        parts.enumerated().map { index, part in
            index == 0 ? part.text : (part.connector == .and ? " && " : " || ") + part.text
        }.joined()
    }
}

extension BoundCommand {
    /// Whether it chooses where backups come from, or which one is taken.
    fileprivate var isChoice: Bool { establishes.contains(.source) || establishes.contains(.pick) }

    /// The parameter that it declares.
    fileprivate var parameterName: String? {
        guard declaration.staticEffect == .declaresParameter else { return nil }
        return words(of: ParamArguments.name).first?.literal
    }

    /// Whether it, or the script that it includes, picks a backup.
    var mayPick: Bool {
        establishes.contains(.pick) || included?.chains.contains { $0.commands.contains(where: \.mayPick) } == true
    }
}
