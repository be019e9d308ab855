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
                // A value that a fact has only at a run may be one that the command does not take.
                let hasFact = Fact.all.contains { script.text.contains("${\($0.name)") }
                let isMistake =
                    failure.error is UsageError || failure.error is UnmetNeed
                    || failure.error is UnusableValue && !hasFact
                #expect(!isMistake, "seed \(seed): \(failure.error)\n\(script.text)")
            }
        }
        #expect(accepted == Self.count)
        #expect(outcomes.count >= 4, "\(outcomes)")
    }
}
