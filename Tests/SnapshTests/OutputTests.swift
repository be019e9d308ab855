import Foundation
import TestSupport
import Testing

/// Where words go: data to standard output, everything else to standard error.
@Suite(.ownThread) struct OutputTests {
    private static let text = "clusters; ls; pick max; info; get out.db"

    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try StandardVolume.fill(workplace.volume)
        return workplace
    }

    @Test func jsonIsOneObjectALineAndNothingElse() throws {
        let outcome = try workplace().recover(Self.text, ["--json"])
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last == "")
        for line in lines.dropLast() {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["kind"] is String, "\(line)")
        }
        #expect(lines.count > 10)
        #expect(outcome.exitCode == 0)
    }

    @Test func quietLeavesListingsOnly() throws {
        let outcome = try workplace().recover(Self.text, ["--quiet"])
        #expect(outcome.output.hasPrefix("CLUSTER"))
        #expect(!outcome.output.contains("got out.db"))
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test func quietKeepsTheObjectsOfResults() throws {
        let outcome = try workplace().recover("pick max; get out.db", ["--quiet", "--json"])
        #expect(outcome.output.contains(#""kind":"file""#))
        #expect(outcome.talk.isEmpty)
    }

    @Test func quietKeepsErrors() throws {
        let outcome = try workplace().recover("pick 300", ["--quiet"])
        expectFailure(outcome, 4, says: "cannot pick revision 300 (0x12c): no backup has it")
    }

    @Test func aReaderThatHasSeenEnoughIsNoError() throws {
        let workplace = try workplace()
        let outcome = try workplace.recover(
            "ls; pick max; get out.db; ls; echo end",
            prefix: Program.shell(#"{ "$@"; echo "$?" > code; } | head -n 1"#)
        )
        #expect(outcome.output.hasPrefix("using volume backups"))
        #expect(outcome.output.split(separator: "\n").count == 1)
        #expect(!outcome.talk.contains("cannot") && !outcome.talk.lowercased().contains("pipe"))
        // The commands went on.
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("tombstone.db"))
        #expect(try workplace.folder.read("code") == Array("0\n".utf8))
    }

    @Test func aReaderThatIsSlowGetsAllAlsoWhereNothingWaitsForIt() throws {
        let workplace = try workplace()
        let whole = try workplace.program.run(["help", "manual"]).output
        let unblocking =
            "import fcntl, os, sys; fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK); os.execv(sys.argv[1], sys.argv[1:])"
        let outcome = try workplace.program.run(
            ["help", "manual"],
            prefix: Program.shell(#"python3 -c "\#(unblocking)" "$@" | { sleep 1; cat; }"#)
        )
        #expect(whole.utf8.count > 70_000)
        #expect(outcome.exitCode == 0 && outcome.output == whole)
    }

    @Test func aFullStandardOutputIsAnError() throws {
        let workplace = try workplace()
        let outcome = try workplace.recover("pick max; get out.db", prefix: Program.shell(#"exec "$@" > /dev/full"#))
        expectFailure(outcome, 1, says: "cannot write to standard output: no space left on device")
        #expect(try workplace.made().isEmpty)
    }

    @Test func thereAreNoColorsWithoutATerminal() throws {
        let outcome = try workplace().recover("ls; pick 300", environment: ["TERM": "xterm-256color"])
        #expect(outcome.exitCode == 4)
        expectPlainText(outcome)
    }

    @Test(arguments: [[:], ["NO_COLOR": "1"]])
    func thereAreNoColorsOnATerminalWhereNobodyWantsThem(_ environment: [String: String]) throws {
        let outcome = try workplace().recover(
            "ls; pick 300",
            prefix: Program.shell(#"PROGRAM=$1 TEXT=$3 exec script -qec '"$PROGRAM" -c "$TEXT"' /dev/null"#),
            environment: environment.merging(["TERM": "xterm-256color"]) { $1 }
        )
        #expect(outcome.exitCode == 4)
        #expect(outcome.output.contains("cannot pick revision 300 (0x12c)"))
        #expect(outcome.output.contains("\u{1B}[") == environment.isEmpty)
    }
}
