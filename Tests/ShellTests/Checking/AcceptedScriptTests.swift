import Foundation
import Language
import TestSupport
import Testing

@testable import Shell

@Suite("A script that the check accepts", .ownThread)
@MainActor
struct AcceptedScriptTests {
    /// How many scripts are run of which the check finds nothing wrong.
    private static let count = ProcessInfo.processInfo.environment["SNAPSH_RANDOM_SCRIPTS"].flatMap { Int($0) } ?? 250

    @Test("never stops with a mistake when it runs, whatever the commands find")
    func neverMistaken() async throws {
        var accepted = 0
        var outcomes: Set<ExitCode> = []
        for seed in 0..<UInt64(Self.count * 100) where accepted < Self.count {
            let folder = try TemporaryFolder()
            let script = RandomScript(seed: seed, folder: folder.path)
            for (name, text) in script.included { try folder.write(text.utf8, to: name) }
            let source = SourceFile(name: "random", text: script.text)
            let context = CheckContext(
                Sources.dependencies.with(canAskSecrets: true),
                parameters: script.parameters
            )
            let (program, findings) = Checker.check(source, context)
            guard findings.isEmpty else { continue }
            accepted += 1
            let scene = try Scene()
            // Some worlds lack what others have.
            for revision in 15..<15 + Int64(seed % 3) { try scene.volume.add(revision, age: 60 * Double(revision)) }
            try folder.write(Fixture.snapshot("late.db"), to: "out.db")
            try folder.write(Fixture.snapshot("late.db").prefix(9000), to: "cut.db")
            scene.session.variables.merge(script.parameters) { $1 }
            scene.session.hide(program.secretParameters)
            do {
                try await Interpreter(scene.session).run(program)
                outcomes.insert(.success)
            } catch let failure as CommandFailure {
                outcomes.insert(ExitCode(failure.error))
                let isMistake =
                    failure.error is UsageError || failure.error is UnmetNeed
                    || failure.error is UnusableValue && !dependsOnFacts(failure, program)
                #expect(!isMistake, "seed \(seed): \(failure.error)\n\(script.text)\(script.included)")
            }
        }
        #expect(accepted == Self.count)
        #expect(outcomes.isSuperset(of: [.success, .failed, .notFound]), "\(outcomes)")
    }

    /// Whether a word of the failed command is filled in from a fact: its value at a run may be one that the command
    /// does not take.
    private func dependsOnFacts(_ failure: CommandFailure, _ program: Shell.Program) -> Bool {
        let commands = program.allCommands
        var names = Set(Fact.all.map(\.name))
        for _ in commands {
            for command in commands where command.words.contains(where: { !names.isDisjoint(with: $0.variableNames) }) {
                guard ["set", "param"].contains(command.declaration.name), let name = command.words[0].literal else {
                    continue
                }
                names.insert(name)
            }
        }
        return commands.contains { command in
            command.source === failure.source && command.span == failure.span
                && command.words.contains { !names.isDisjoint(with: $0.variableNames) }
        }
    }
}

extension Shell.Program {
    /// Those of the scripts that it includes, too.
    fileprivate var allCommands: [BoundCommand] {
        chains.flatMap { [$0.first] + $0.rest.map(\.command) }.flatMap { [$0] + ($0.included?.allCommands ?? []) }
    }
}
