import FoundationEssentials
import Language

/// One run of a command, as those get it who keep what a session does.
package struct CommandEvent: Sendable {
    /// Which command of the session it is, from 1.
    let number: Int
    let command: BoundCommand
    /// The chain that it is run in.
    let chain: ChainRun
    /// What runs; `nil` where one of its words has no value.
    var invocation: Invocation?
    let start: Date
    /// The drill that it runs in.
    let drill: String?
    var duration = Duration.zero
    var outcome = CommandOutcome.succeeded
}

/// One run of a chain.
struct ChainRun: Sendable {
    /// Which chain of the session it is, from 1.
    let number: Int
    let chain: BoundChain
}

/// How a command ended.
enum CommandOutcome: Sendable {
    case succeeded
    case failed(FailureMessage)
    /// The user did not want it to run.
    case skipped
}

/// Keeps what a session does, while it does it.
@MainActor
package protocol CommandObserver {
    /// A command is about to run.
    func began(_ event: CommandEvent, in session: Session) async
    /// A command has ended; the next one waits until this returns.
    func ended(_ event: CommandEvent, in session: Session) async
}
