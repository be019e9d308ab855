import Drills
import TestSupport
import Testing

@testable import Shell

@Suite("The examples of drills", .ownThread)
struct DrillExampleTests {
    /// Every line that `help` shows as an example of a drill's command.
    private static let examples = ShellDependencies(sources: [], serve: { _, _, _, _, _ in 0 }).commands.all
        .filter { $0.words.first == "drill" }.flatMap(\.examples).map(\.line)

    @Test("do what they say, each in a home of its own", arguments: examples)
    func running(line: String) throws {
        let home = try DrillHome()
        let volume = try BackupVolume()
        try volume.add(15, age: 3600)
        try volume.add(16, age: 60)
        let drill = try #require(Catalog.drills.first)
        if !line.contains("drill from") { try home.folder.write(drill.bytes, to: "our-drill.yaml") }
        for name in ["a.jsonl", "b.jsonl"] { try home.folder.write([], to: name) }
        let script = """
            param cluster
            param out = recovered.db
            cluster $cluster
            use pv || use service
            pick max
            get $out

            """
        try home.folder.write(script.utf8, to: "anywhere.snapsh")
        let outcome = try home.program.start(["-c", line.replacing("use pv", with: "use pv \(volume.path)")])
            .wait(timeLimit: 300)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        expectPlainText(outcome)
        #expect(home.processes().isEmpty)
    }
}
