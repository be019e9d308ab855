import TestSupport
import Testing

/// How a script gets into the program: as a file, a text, standard input, a program of its own.
@Suite(.ownThread) struct WaysToRunTests {
    private static let script = "param name = nobody\nparam greeting = hello\necho \"$greeting $name\"\n"

    @Test func aFileIsRunWithValuesForItsParameters() throws {
        let program = try Program()
        try program.folder.write(Self.script.utf8, to: "hello.snapsh")
        let outcome = try program.run(["hello.snapsh", "name=you = me", "greeting="])
        #expect(outcome.output == " you = me\n")
        #expect(outcome.exitCode == 0)
    }

    @Test func aFileIsRunFromAnotherFolder() throws {
        let program = try Program()
        let elsewhere = try TemporaryFolder()
        let path = try elsewhere.write("source beside.snapsh\n".utf8, to: "a script.snapsh")
        try elsewhere.write("echo beside\n".utf8, to: "beside.snapsh")
        let outcome = try program.run([path])
        #expect(outcome.output == "beside\n")
        #expect(outcome.exitCode == 0)
    }

    @Test func aTextIsRunWithoutShowingItsCommands() throws {
        let outcome = try Program().run(["-c", "param name; echo $name", "name=you"])
        #expect(outcome.output == "you\n")
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: [[], ["-"], ["-", "name=you"]])
    func standardInputIsRun(_ arguments: [String]) throws {
        let outcome = try Program().run(arguments, input: Self.script)
        #expect(outcome.output == (arguments.count > 1 ? "hello you\n" : "hello nobody\n"))
        #expect(outcome.talk.contains("+ echo 'hello "))
        #expect(outcome.exitCode == 0)
    }

    @Test func emptyStandardInputIsAnEmptyScript() throws {
        let outcome = try Program().run([])
        #expect(outcome.output.isEmpty)
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test func aScriptIsAProgramOfItsOwn() throws {
        let program = try Program()
        try program.folder.write("#!/usr/bin/env snapsh\n\(Self.script)".utf8, to: "hello")
        try Workplace.setMode(0o755, of: program.folder.path("hello"))
        let outcome = try program.run([], prefix: Program.shell("PATH=${1%/*}:$PATH; exec ./hello name=you"))
        #expect(outcome.output == "hello you\n")
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: ["\r\n", "\n"], [true, false])
    func aScriptMayHaveEitherLineEndAndNoneAtItsEnd(_ lineEnd: String, _ hasLastEnd: Bool) throws {
        let program = try Program()
        let lines = ["param name = you", "echo one \\", "two # comment", "", "echo $name"]
        let text = lines.joined(separator: lineEnd) + (hasLastEnd ? lineEnd : "")
        try program.folder.write(text.utf8, to: "script")
        let outcome = try program.run(["script"])
        #expect(outcome.output == "one two\nyou\n")
        #expect(outcome.exitCode == 0)
        expectPlainText(outcome)
    }

    @Test func aByteOrderMarkIsNoMistake() throws {
        let program = try Program()
        try program.folder.write("\u{FEFF}echo fine\n".utf8, to: "script")
        #expect(try program.run(["script"]).output == "fine\n")
    }

    @Test func aScriptOfOneLineOfAMegabyteIsRun() throws {
        let program = try Program()
        let word = String(repeating: "x", count: 1 << 20)
        try program.folder.write("echo \(word)".utf8, to: "script")
        let outcome = try program.run(["script"])
        #expect(outcome.output.utf8.count == word.utf8.count + 1)
        #expect(outcome.exitCode == 0)
    }

    @Test func checkRunsNothing() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db; echo done", ["--check"])
        #expect(outcome.output == "-c is fine\n")
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
        #expect(try workplace.state() == before)
    }

    @Test(arguments: ["file", "text", "standard input"])
    func checkFindsMistakesAndEndsWithTwo(_ way: String) throws {
        let program = try Program()
        try program.folder.write("echo fine\npikc max\n".utf8, to: "script")
        let outcome =
            switch way {
            case "file": try program.run(["--check", "script"])
            case "text": try program.run(["--check", "-c", "echo fine\npikc max\n"])
            default: try program.run(["--check"], input: "echo fine\npikc max\n")
            }
        expectFailure(
            outcome,
            2,
            says: "2:1: unknown command 'pikc'\n    pikc max\n    ^~~~\n    hint: did you mean 'pick'?"
        )
        #expect(outcome.output.isEmpty)
    }

    @Test func checkNeedsNoValuesForParameters() throws {
        let text = "param name; param key --secret; param b = 2; echo $name $b; use service --header $key"
        let words = ["--check", "-c", text]
        let outcome = try Program().run(words)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output == "-c is fine; it needs name, key\n" && outcome.talk.isEmpty)
        #expect(try Program().run(words + ["name=x"]).output == "-c is fine; it needs key\n")
        let environment = ["SNAPSH_PARAM_NAME": "x"]
        #expect(try Program().run(words, environment: environment).output == "-c is fine; it needs key\n")
        let quiet = try Program().run(["--quiet"] + words)
        #expect(quiet.exitCode == 0 && quiet.output.isEmpty && quiet.talk.isEmpty)
        #expect(
            try Program().run(["--json"] + words).records
                == [#"{"kind":"check","parameters":["name","key"],"script":"-c"}"#]
        )
    }
}
