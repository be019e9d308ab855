import Backups
import Blocking
package import Language

/// Runs checked programs in a session, one command after the other.
@MainActor
package struct Interpreter {
    private let session: Session
    /// Whether each command is shown before it runs, as a script's user wants to see it.
    private let echoesCommands: Bool

    package init(_ session: Session, echoesCommands: Bool = false) {
        self.session = session
        self.echoesCommands = echoesCommands
    }

    /// Checks a line that was typed at the prompt against what the session has come to.
    ///
    /// - Throws: `NotAnswering` where a script that it includes is on a file system that does not answer,
    ///   `CancellationError`.
    package static func check(
        _ source: SourceFile,
        in session: Session
    ) async throws -> (program: Program, findings: [Diagnostic]) {
        let context = Checker.CheckContext(session.environment, isPrompt: true)
        let definitions = session.definitions
        return try await BlockingWork.run(at: Place(description: "a script")) {
            var checker = Checker(context, definitions: definitions)
            let program = checker.check(source)
            return (program, checker.findings)
        }
    }

    /// Runs a program up to its end, an `exit`, or the first failure that no `||` catches.
    ///
    /// - Throws: `CommandFailure`.
    package func run(_ program: Program) async throws {
        for chain in program.chains where !session.isFinished {
            try await run(chain)
        }
    }

    private func run(_ chain: BoundChain) async throws {
        var failure = await failure(of: chain.first)
        for (connector, command) in chain.rest where !session.isFinished {
            switch (connector, failure) {
            case (.and, nil):
                failure = await self.failure(of: command)
            case (.or, let caught?) where caught.isCaughtByOr:
                let message = FailureMessage(caught, session.environment.commands)
                session.output.note("\(message.sentence); continuing after '||'")
                failure = await self.failure(of: command)
            default:
                continue
            }
        }
        if let failure { throw failure }
    }

    private func failure(of command: BoundCommand) async -> CommandFailure? {
        do {
            try Task.checkCancellation()
            let invocation = try Invocation(command, in: session)
            if echoesCommands {
                session.output.talk("+ \(session.environment.commands.secretLine.masking(invocation.line))")
            }
            if let included = invocation.included {
                try await run(included)
            } else {
                try await command.declaration.run(invocation, session)
            }
            try session.output.checkWritten()
            return nil
        } catch let failure as CommandFailure {
            return failure
        } catch is CancellationError where !Task.isCancelled {
            // Only who runs this cancels it: whatever else calls itself a cancellation is a failure, which `||` catches.
            return CommandFailure(error: DroppedCall(), source: command.source, span: command.span)
        } catch {
            return CommandFailure(error: error, source: command.source, span: command.span)
        }
    }
}

/// A command that failed, and where it stands.
package struct CommandFailure: Error {
    package var error: any Error
    var source: SourceFile
    var span: Span

    /// Whether `||` goes on after it: after what the world or an `expect` said, never after a mistake or Ctrl-C.
    var isCaughtByOr: Bool { error is any UserError || error is UnmetExpectation }
}
