import Language

/// One run of a chain, as far as its commands have run.
struct RecordedChain {
    let steps: ArraySlice<RecordedStep>
    private let run: ChainRun

    /// Begins a comment that says what failed in a chain that succeeded.
    static let failureComment = Runbook.generatedComment + "failed: "
    /// Begins the reason, on the next line.
    static let reasonComment = Runbook.generatedComment + "  "

    /// - Parameter first: The first of the steps.
    init(_ steps: ArraySlice<RecordedStep>, first: RecordedStep) {
        self.steps = steps
        run = first.chain
    }

    var number: Int { run.number }
    var chain: BoundChain { run.chain }

    func step(of command: BoundCommand) -> RecordedStep? { steps.first { $0.command.path == command.path } }

    /// Whether it has succeeded as a whole, and is of commands that a runbook can have.
    var isWhole: Bool {
        guard !chain.rest.isEmpty, let first = steps.first, let last = steps.last,
            first.command.path == chain.first.path,
            case .succeeded? = last.ending, steps.allSatisfy({ $0.ending != nil }),
            let end = chain.commands.lastIndex(where: { $0.path == last.command.path })
        else { return false }
        // Behind a success, '||' runs nothing.
        return chain.links[(end + 1)...].allSatisfy { $0.connector == .or }
            && chain.commands.allSatisfy { command in
                let declaration = command.declaration
                return declaration.isRecorded && !declaration.isForPromptOnly
                    && declaration.staticEffect != .includesScript
            }
    }

    /// Comments on what failed: those that stand in the script already, where the same commands failed then. A reason
    /// may name a time, and a recording of a replay is the same file.
    func keepingComments(_ new: [String]) -> [String] {
        let prefixes = [Self.failureComment, Self.reasonComment]
        let old = (steps.first?.comments.after ?? []).filter { line in prefixes.contains { line.hasPrefix($0) } }
        let commands = { (lines: [String]) in lines.filter { $0.hasPrefix(Self.failureComment) } }
        return !old.isEmpty && commands(old) == commands(new) ? old : new
    }
}
