import TestSupport
import Testing

/// What `keys --history` says of the changes that it leaves out.
@Suite(.ownThread) struct KeyHistoryTests {
    @Test(
        arguments: [
            ("--limit 3", "the first 3 changes; there are more"), ("--limit 1", "the first change; there are more"),
            ("--limit 153", "the first 153 changes; there are more"), ("--limit 154", "154 changes"),
            ("--limit 155", "154 changes"), ("", "154 changes"),
        ]
    )
    func aLimitedHistorySaysThatThereIsMore(_ option: String, _ sentence: String) throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let outcome = try program.run(["-c", "keys out.db --history \(option)"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.talk == "note: \(sentence)\n")
        let count = Int(sentence.split { !$0.isNumber }.first ?? "1") ?? 0
        #expect(outcome.output.split(separator: "\n").count == count + 1)
    }
}
