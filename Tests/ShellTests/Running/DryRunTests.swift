import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite("A dry run")
@MainActor
struct DryRunTests {
    /// Every line that `help` shows as an example, of commands that scripts can have.
    nonisolated static let examples = Sources.commands.all.filter { !$0.isForPromptOnly }.flatMap { command in
        command.examples.map(\.line)
    }

    @Test("no command of the table writes anything", arguments: examples)
    func examples(line: String) async throws {
        let folder = try TemporaryFolder()
        let drills = try TemporaryFolder()
        let scene = try Scene(isDryRun: true, drills: .unused(in: drills.path))
        try scene.volume.add(15, content: Fixture.snapshot("late.db"), age: 3600)
        try scene.volume.add(16, content: Fixture.snapshot("late.db"), age: 60)
        let text = try ExampleFiles.prepare(line, in: folder, volume: scene.volume.path)
        let before = [try folder.state(), try scene.volume.folder.state()]
        if !line.hasPrefix("use") { #expect(await scene.run("use pv; cluster foo; pick max") == .success) }
        let outcome = await scene.run(text)
        #expect(outcome == .success, "\(text): \(scene.talk)")
        #expect([try folder.state(), try scene.volume.folder.state()] == before, "\(text)")
        #expect(try drills.names().isEmpty, "\(text)")
    }

    @Test(
        "what follows from a download is not known, and what follows from the source is",
        arguments: [
            ("pick max; get F/o.db; expect file.keys > 0", true),
            ("pick max; get F/o.db; set a = ${file.keys}; set b = $a; echo $b", true),
            ("pick max; get F/o.db; echo ${file.keys:-none}", true),
            ("pick max; get F/o.db; keys F/./o.db", true),
            ("pick max; get F/o.db; restore F/o.db --data-dir F/d; verify F/d/member/snap/db", true),
            ("pick max; get F/o.db; pick ${file.revision}; info", true),
            ("pick max; get F/o.db; expect file(F/o.db).verified", true),
            ("pick max; get F/o.db; restore F/o.db --data-dir F/d; expect data(F/d).keys > 0", true),
            ("pick max; set a = F/o.db; get $a; echo ${file($a).keys}", true),
            ("pick max; get F/o.db; expect file(F/there.db).verified", false),
            ("pick max; get F/o.db; set a = ${file.keys}; set a = 1; echo $a", false),
            ("pick max; get F/o.db; pick ${file.revision}; pick max; info", false),
            ("pick max; get F/o.db; verify F/there.db; expect file.keys > 0", false),
            ("pick max; set a = ${pick.revision}; expect pick.revision == $a; echo $a", false),
        ]
    )
    func unknowns(text: String, isUnknown: Bool) async throws {
        let scene = try Scene(isDryRun: true)
        try scene.volume.add(208, content: Fixture.snapshot("late.db"), age: 60)
        let folder = try TemporaryFolder()
        try folder.write(try Fixture.snapshot("late.db"), to: "there.db")
        let outcome = await scene.run("use pv; cluster foo; " + text.replacing("F/", with: folder.path + "/"))
        #expect(outcome == .success, "\(scene.talk)")
        let last = scene.data.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("not known before") == isUnknown, "\(scene.data)")
        #expect(try folder.names() == ["there.db"])
    }
}
