import TestSupport
import Testing

/// The command line itself: flags, and what is wrong with it.
@Suite(.ownThread) struct CommandLineTests {
    @Test func theVersionIsData() throws {
        let outcome = try Program().run(["--version"])
        #expect(outcome.output.wholeMatch(of: /snapsh \d+\.\d+\.\d+\n/) != nil)
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: ["--help", "-h"])
    func helpTellsEveryFlagAndExitCode(_ flag: String) throws {
        let outcome = try Program().run([flag])
        for text in [
            "-c <TEXT>", "--check", "--json", "--quiet", "--version", "130", "NAME=VALUE", "--confirmed <TEXT>",
        ] {
            #expect(outcome.output.contains(text))
        }
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: [
        (["--nosuch"], "Unknown option '--nosuch'"),
        (["-x"], "Unknown option '-x'"),
        (["-c"], "Missing value for '-c <TEXT>'"),
        (["-c", "echo ran", "script.snapsh"], "'script.snapsh' is not a value for a parameter: write NAME=VALUE."),
        (["-c", "param a; echo ran", "=1"], "'=1' is not a value for a parameter: write NAME=VALUE."),
        (["-c", "param a; echo ran", "a=1", "a=2"], "'a' is given twice."),
        (["--confirmed"], "Missing value for '--confirmed <TEXT>'"),
        (["-", "name"], "'name' is not a value for a parameter: write NAME=VALUE."),
    ])
    func whatIsWrongWithTheCommandLineIsSaidAndNothingIsRun(_ arguments: [String], _ sentence: String) throws {
        let outcome = try Program().run(arguments, input: "echo ran\n")
        expectFailure(outcome, 2, says: sentence)
        #expect(outcome.output.isEmpty)
    }

    @Test func asJSONTheMessageIsOneSentenceAndTheUsageIsTheHint() throws {
        let outcome = try Program().run(["--json", "--nosuch"])
        #expect(outcome.exitCode == 2)
        #expect(outcome.talk.contains(#""message":"Unknown option '--nosuch'.""#), "\(outcome.talk)")
        #expect(outcome.talk.contains(#""hint":"Usage: snapsh "#))
    }

    @Test func aValueForAParameterThatTheScriptDoesNotHaveIsAMistake() throws {
        let outcome = try Program().run(["-c", "param cluster = foo\necho ran", "clutser=bar"])
        expectFailure(outcome, 2, says: "'clutser' was given a value, but the script has no such parameter")
        #expect(outcome.talk.contains("did you mean 'cluster'?"))
        #expect(outcome.output.isEmpty)
    }

    @Test func aParameterWithoutAValueIsAMistake() throws {
        let outcome = try Program().run(["-c", "param cluster \"what to recover\"\necho ran"])
        expectFailure(outcome, 2, says: "parameter 'cluster' (what to recover) has no value")
        #expect(outcome.output.isEmpty)
    }

    @Test func aValueIsNeverACommandOrAnOption() throws {
        let text = "param a; echo $a; use pv $a || echo \"$a\""
        let outcome = try Program().run(["-c", text, "a=--force; exit\n!touch made"])
        #expect(outcome.output == "--force; exit\\n!touch made\n--force; exit\\n!touch made\n")
        #expect(outcome.exitCode == 0)
        expectPlainText(outcome)
    }
}
