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

    @Test(arguments: [
        ("foo", "begin with /registry/leases/, /registry/minions/, /registry/namespaces/, /registry/pods/,"),
        ("/registy/", "no key begins with /registy/; did you mean /registry/?"),
        ("/registry/pod/", "no key begins with /registry/pod/; did you mean /registry/pods/?"),
        ("registry/pods", "no key begins with registry/pods; did you mean /registry/pods/?"),
        ("/registry/pods/defautl/", "did you mean /registry/pods/default/"),
    ])
    func aPrefixThatNoKeyHasIsAnsweredWithHowKeysBegin(_ prefix: String, _ sentence: String) throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        for option in ["", " --history"] {
            let outcome = try program.run(["-c", "keys out.db \(prefix)\(option)"])
            #expect(outcome.exitCode == 0 && outcome.output.isEmpty)
            #expect(outcome.talk.contains(sentence), "\(outcome.talk)")
        }
        try program.folder.write(Fixture.snapshot("empty.db"), to: "empty.db")
        let empty = try program.run(["-c", "keys empty.db \(prefix)"])
        #expect(empty.exitCode == 0 && !empty.talk.contains("did you mean"), "\(empty.talk)")
    }

    @Test func oneKeyExactlyIsListedWithItsHistoryOrIsNotFound() throws {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let key = "/registry/minions/node-0"
        let exact = try program.run(["-c", "keys out.db \(key) --exact"])
        let lines = exact.output.split(separator: "\n")
        #expect(lines.count == 2 && lines.last?.hasSuffix("  \(key)") == true, "\(exact.output)")
        let changes = try program.run(["-c", "keys out.db \(key) --exact --history"])
        let rows = changes.output.split(separator: "\n").dropFirst()
        #expect(!rows.isEmpty && rows.allSatisfy { $0.hasSuffix("  \(key)") }, "\(changes.output)")
        for option in ["", " --history"] {
            // Longer keys begin so.
            let missing = try program.run(["-c", "keys out.db /registry/minions/node- --exact\(option)"])
            expectFailure(missing, 4, says: "cannot find the key '/registry/minions/node-' in out.db")
        }
        expectFailure(try program.run(["-c", "keys out.db --exact"]), 2, says: "--exact needs the key")
    }
}
