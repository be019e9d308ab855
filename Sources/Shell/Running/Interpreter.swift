import Backups
package import Language

/// Runs checked programs in a session, one command after the other.
@MainActor
package struct Interpreter {
    private let session: Session
    /// Whether each command is shown before it runs.
    private let echoesCommands: Bool
    /// Asks before each command, where the script is run step by step.
    private let stepper: Stepper?
    /// Takes note of the choices that are made.
    private let recorder: PinRecorder?

    package init(
        _ session: Session,
        echoesCommands: Bool = false,
        stepper: Stepper? = nil,
        recorder: PinRecorder? = nil
    ) {
        self.session = session
        self.echoesCommands = echoesCommands
        self.stepper = stepper
        self.recorder = recorder
    }

    /// Checks a line typed at the prompt, from the state of the session.
    ///
    /// - Throws: `NotAnswering` if an included script is on a file system that does not respond,
    ///   `CancellationError`.
    package static func check(
        _ source: SourceFile,
        in session: Session
    ) async throws -> (program: Program, findings: [Diagnostic]) {
        let context = CheckContext(session.dependencies, isPrompt: true, clusters: session.knownClusters)
        let definitions = session.definitions
        let parsed = Parser.parse(source)
        return try await Checker.run(parsed.script, context.commands) {
            Checker.check(parsed, context, from: definitions)
        }
    }

    /// Checks a script that begins a session of its own.
    ///
    /// - Throws: as above.
    package static func check(
        _ parsed: (script: Script, findings: [Diagnostic]),
        _ context: CheckContext
    ) async throws -> (program: Program, findings: [Diagnostic]) {
        try await Checker.run(parsed.script, context.commands) { Checker.check(parsed, context) }
    }

    /// Runs a program up to its end, an `exit`, or the first failure that no `||` catches.
    ///
    /// - Throws: `CommandFailure`.
    package func run(_ program: Program) async throws {
        do {
            try await runChains(of: program)
        } catch {
            await session.recorder.catchUp(in: session)
            throw error
        }
        await session.recorder.catchUp(in: session)
    }

    private func runChains(of program: Program) async throws {
        for chain in program.chains where !session.isFinished {
            try await run(chain)
        }
    }

    private func run(_ chain: BoundChain) async throws {
        let chainRun = session.run(of: chain)
        var failure: CommandFailure?
        var failed: BoundCommand?
        var isFirst = true
        for (connector, command) in chain.links where !session.isFinished {
            switch (connector, failure) {
            // What stands before it was skipped, and counts as not written.
            case _ where isFirst: break
            case (.and, nil): break
            case (.or, let caught?) where caught.isCaughtByOr:
                let message = FailureMessage(caught, session.dependencies.commands)
                // Why a place can't be used matters also where the next one can.
                let hint = failed?.establishes.contains(.source) == true ? message.hint : nil
                session.output.passedOver(
                    "\(message.sentence); continuing after '||'" + (hint.map { "\n    hint: \($0)" } ?? "")
                )
            default: continue
            }
            switch await outcome(of: command, in: chainRun) {
            case .skipped: continue
            case .succeeded: failure = nil
            case .failed(let new):
                (failure, failed) = (new, command)
                recorder?.noteFailure(of: command)
            }
            isFirst = false
        }
        if let failure { throw failure }
    }

    private enum Outcome {
        case succeeded
        case failed(CommandFailure)
        /// The user did not want it to run.
        case skipped
    }

    /// Runs a command, and has those know of it who keep what the session does.
    private func outcome(of command: BoundCommand, in chain: ChainRun) async -> Outcome {
        var event = session.event(of: command, in: chain)
        let start = ContinuousClock.now
        // A command that leads into another world is still one of this world.
        let observers = session.everyObserver
        let outcome = await outcome(of: command, &event, observers)
        event.duration = ContinuousClock.now - start
        event.outcome =
            switch outcome {
            case .succeeded: .succeeded
            case .skipped: .skipped
            case .failed(let failure): .failed(FailureMessage(failure, session.dependencies.commands))
            }
        for observer in observers { await observer.ended(event, in: session) }
        return outcome
    }

    private func outcome(
        of command: BoundCommand,
        _ event: inout CommandEvent,
        _ observers: [any CommandObserver]
    ) async -> Outcome {
        do {
            try Task.checkCancellation()
            if let cause = session.causeOfGap(in: command) {
                session.leaveOpen(command, before: cause)
                try await recorder?.noteSuccess(of: command, nil, in: session)
                return .succeeded
            }
            let invocation = try await Invocation(command, in: session)
            event.invocation = invocation
            if let stepper {
                guard try await stepper.decides(command, invocation, session.output) else { return .skipped }
            } else if echoesCommands {
                let line = session.dependencies.commands.secretLine.masking(invocation.line)
                session.output.talk("+ \(Copyable.marked(line))")
            }
            for observer in observers { await observer.began(event, in: session) }
            if let included = invocation.included {
                try await runChains(of: included)
            } else if session.dryRun != nil {
                try await session.tryOut(command, invocation)
            } else {
                try await command.declaration.run(invocation, session)
            }
            try session.output.checkWritten()
            session.output.offers.note(invocation)
            try await recorder?.noteSuccess(of: command, invocation, in: session)
            return .succeeded
        } catch let failure as CommandFailure {
            return .failed(failure)
        } catch let mistake as UsageError
            where !mistake.isOfSecret && command.words.contains(where: { !$0.variableNames.isEmpty })
        {
            // What stands in the script was checked: a value that only a run could find is a matter of the world.
            let error = UnusableValue(mistake: mistake)
            return .failed(failure(error, of: command))
        } catch is CancellationError where !Task.isCancelled {
            // Only our own task's cancellation counts: any other one is a failure, which `||` catches.
            return .failed(failure(DroppedCall(), of: command))
        } catch {
            return .failed(failure(error, of: command))
        }
    }

    private func failure(_ error: any Error, of command: BoundCommand) -> CommandFailure {
        let decides = command.establishes.contains { $0 == .source || $0 == .cluster }
        let shownNames = session.parameterNames.subtracting(session.secretNames)
        let names = decides ? shownNames.intersection(command.words.flatMap(\.variableNames)) : []
        return CommandFailure(error: error, source: command.source, span: command.span, parameters: names.sorted())
    }
}
