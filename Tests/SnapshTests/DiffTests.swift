import TestSupport
import Testing

/// `diff`: its sum, its facts, its exit code, and what changed in a value.
@Suite("Two files that are compared", .ownThread)
struct DiffTests {
    private func program() throws -> Program {
        let program = try Program()
        for name in ["early.db", "middle.db", "late.db"] {
            try program.folder.write(Fixture.snapshot(name), to: name)
        }
        return program
    }

    @Test("the sum is the last line of the output, and stays in a quiet run")
    func sum() throws {
        let program = try program()
        let plain = try program.run(["diff", "early.db", "late.db"])
        #expect(plain.exitCode == 0)
        let last = try #require(plain.output.split(separator: "\n").last)
        #expect(
            last.wholeMatch(of: #/from revision 9 to 208: \d+ keys added, \d+ removed, \d+ changed/#) != nil,
            "\(last)"
        )
        #expect(try program.run(["--quiet", "diff", "early.db", "late.db"]).output == plain.output)
        let same = try program.run(["diff", "late.db", "late.db"])
        #expect(same.output == "no keys differ between revision 208 and 208\n")
        let json = try program.run(["--json", "diff", "late.db", "late.db"])
        #expect(
            json.output.hasPrefix(
                #"{"added":0,"changed":0,"fromRevision":208,"kind":"difference-sum","removed":0,"toRevision":208}"#
            )
        )
    }

    @Test("the first few are listed where so many are asked for, and the sum counts all")
    func limit() throws {
        let program = try program()
        let all = try program.run(["diff", "early.db", "late.db"]).output.split(separator: "\n")
        let three = try program.run(["diff", "early.db", "late.db", "-n", "3", "--values"]).output
        let keys = three.split(separator: "\n").filter { "+-~".contains($0.prefix(1)) }
        #expect(keys.elementsEqual(all.prefix(3)) && three.split(separator: "\n").last == all.last, "\(three)")
    }

    @Test("the exit code is 1 for different files only where that is asked for, and '||' catches it")
    func exitCode() throws {
        let program = try program()
        let different = try program.run(["diff", "early.db", "late.db", "--exit-code"])
        expectFailure(different, 1, says: "early.db and late.db differ: ")
        #expect(different.output.contains("from revision 9 to 208: "))
        #expect(try program.run(["diff", "late.db", "late.db", "--exit-code"]).exitCode == 0)
        let caught = try program.run(["-c", "diff early.db late.db --exit-code || echo 'they differ'"])
        #expect(caught.exitCode == 0 && caught.output.hasSuffix("they differ\n"), "\(caught.talk)")
    }

    @Test("the facts are the sum's, and need a 'diff' before")
    func facts() throws {
        let program = try program()
        let text = "diff early.db late.db; expect diff.added > 100; echo ${diff.removed} ${diff.changed}"
        let outcome = try program.run(["-c", text])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let sum = try #require(
            outcome.output.firstMatch(of: #/(\d+) keys added, (\d+) removed, (\d+) changed/#)
        )
        #expect(outcome.output.hasSuffix("\n\(sum.output.2) \(sum.output.3)\n"))
        expectFailure(try program.run(["-c", "expect diff.added == 0"]), 2, says: "no files are compared before this")
    }

    @Test("--values shows the part of a value that changed, before and after")
    func values() throws {
        let program = try program()
        let outcome = try program.run(["diff", "middle.db", "late.db", "--values"])
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let changed = lines.indices.filter { lines[$0].hasPrefix("~ ") && !lines[$0].contains("the same value") }
        #expect(!changed.isEmpty)
        for index in changed {
            #expect(lines[index + 1].hasPrefix("    - ") && lines[index + 2].hasPrefix("    + "))
            #expect(lines[index + 1].dropFirst(6) != lines[index + 2].dropFirst(6))
        }
        let json = try program.run(["--json", "diff", "middle.db", "late.db", "--values"])
        #expect(json.output.contains(#""valueAfter":"#) && json.output.contains(#""valueBefore":"#))
    }
}
