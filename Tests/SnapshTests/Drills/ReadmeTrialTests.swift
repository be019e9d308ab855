import Foundation
import TestSupport
import Testing

@Suite("The README on drills", .ownThread)
struct ReadmeTrialTests {
    @Test("shows what 'drill try' says of a runbook")
    func table() throws {
        let root = URL(fileURLWithPath: Fixture.folder).appendingPathComponent("../..").standardized.path
        let readme = try String(contentsOfFile: "\(root)/README.md", encoding: .utf8)
        let command = "drill try scripts/runbooks/anywhere.snapsh --seed 1"
        let start = try #require(readme.range(of: "    $ snapsh \(command)\n")).upperBound
        let shown = readme[start...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("    ") }.joined(separator: " ")

        let program = try Program()
        try program.folder.link("scripts", to: "\(root)/scripts")
        let outcome = try program.run(
            command.split(separator: " ").map(String.init),
            environment: ["HOME": program.folder.path, "XDG_STATE_HOME": program.folder.path("state")]
        )
        #expect(outcome.exitCode == 1, "\(outcome.talk)")
        // Lines break where the terminal ends.
        #expect(shown.split(separator: " ") == outcome.output.split(whereSeparator: \.isWhitespace))
    }
}
