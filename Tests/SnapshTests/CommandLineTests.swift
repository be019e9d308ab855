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
            "--params <FILE>",
        ] {
            #expect(outcome.output.contains(text))
        }
        #expect(outcome.talk.isEmpty)
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: [
        (["--nosuch"], "snapsh has no option '--nosuch'\n    hint: 'snapsh --help' lists those that it has\n"),
        (["-Z"], "snapsh has no option '-Z'\n"),
        (
            ["-n", "r.snapsh"],
            "snapsh has no option '-n'\n    hint: did you mean '--check', which only looks at a script, or '--dry-run'"
        ),
        (["-n"], "snapsh has no option '-n'\n    hint: did you mean '--check'"),
        (["--lint=x", "r.snapsh"], "snapsh has no option '--lint'\n    hint: did you mean '--check'?\n"),
        (["-c"], "missing value for '-c <TEXT>'\n    hint: 'snapsh --help' explains the command line\n"),
        (
            ["-c", "echo ran", "script.snapsh"],
            "'script.snapsh' is not a value for a parameter: write NAME=VALUE\n    hint: write: snapsh -c 'TEXT'\n"
        ),
        (
            ["-c", "param a; echo ran", "=1"],
            "'=1' is not a value for a parameter: write NAME=VALUE\n    hint: write: snapsh -c 'TEXT' a==1\n"
        ),
        (["--jsn", "-c", "echo ran"], "snapsh has no option '--jsn'\n    hint: did you mean '--json'?"),
        (["-c", "echo ran", "--jsn"], "snapsh has no option '--jsn'\n    hint: did you mean '--json'?"),
        (["--check", "-", "--nosuch"], "snapsh has no option '--nosuch'"),
        (["-c", "param a; echo ran", "a=1", "a=2"], "'a' is given twice"),
        (["--step", "-c", "echo ran"], "cannot ask before each command: there is no terminal"),
        (
            ["--step", "-"],
            "there is no terminal\n    hint: the script comes from standard input: name its file instead"
        ),
        (["--dry-run", "--check", "-c", "echo ran"], "'--check' and '--dry-run' can't be used together"),
        (["--dry-run", "--step", "-c", "echo ran"], "'--step' and '--dry-run' can't be used together"),
        (["--sarif", "ls"], "'--sarif' is for a check"),
        (["--dry-run", "--check", "ls"], "'--check' and '--dry-run' can't be used together"),
        (["--dry-run", "--step", "ls"], "'--step' and '--dry-run' can't be used together"),
        (["--confirmed"], "missing value for '--confirmed <TEXT>'"),
        (["--params"], "missing value for '--params <FILE>'"),
        (["--params", "a", "--params", "b", "-c", "echo ran"], "'--params' is given twice"),
        (["-", "name"], "'name' is not a value for a parameter: write NAME=VALUE"),
        (
            ["verfy", "out.db", "--json"],
            #""hint":"write: snapsh verify out.db","kind":"error","message":"cannot run 'verfy': it is neither a command"#
        ),
        (
            ["verfy", "a b.db", "--allow-no-trailer"],
            "it is neither a command nor a file\n    hint: write: snapsh verify 'a b.db' --allow-no-trailer\n"
        ),
        (
            ["list"],
            "cannot run 'list': it is neither a command nor a file\n    hint: write: snapsh -c 'use pv DIR; ls'\n"
        ),
        (["show", "out.db"], "hint: write: snapsh status out.db\n"),
        (["snapshot", "status", "out.db", "--nosuch"], "hint: write: snapsh status [FILE]\n"),
        (["download", "s3://b/v1/x.db"], "hint: write: snapsh -c 'use s3 b/v1; pick x.db; get'\n"),
        (["quit"], "hint: write: snapsh exit\n"),
        (["check", "r.snapsh"], "hint: write: snapsh --check r.snapsh\n"),
        (["check", "out.db"], "hint: write: snapsh verify out.db\n"),
        (["run", "r.snapsh", "a=b c"], "hint: write: snapsh r.snapsh 'a=b c'\n"),
        (["-c", "check r.snapsh"], "hint: in the system's shell: snapsh --check r.snapsh\n"),
        (["ls", "vol"], "hint: write: snapsh -c 'use pv vol; ls'\n"),
        (["ls", "/mnt/vol"], "hint: write: snapsh -c 'use pv /mnt/vol; ls'\n"),
        (["ls", "3.4*"], "hint: write: snapsh -c 'use pv DIR; ls 3.4*'\n"),
        (["clusters", "vol"], "hint: write: snapsh -c 'use pv vol; clusters'\n"),
        (["pick", "./vol"], "hint: write: snapsh -c 'use pv ./vol; pick max'\n"),
        (["ls", "-la"], "hint: write: ls; -n N lists only the newest N\n"),
        (["find", "backups"], "hint: snapsh looks for backups where you say; in the usual folders"),
        (["recovery", "k3s"], "hint: write: snapsh help recovery k3s\n"),
        (
            ["info"],
            "no backup is picked before this\n    info\n    ^~~~\n    hint: write: snapsh -c 'use pv DIR; pick max; info'\n"
        ),
        (["get", "a b", "--force"], "hint: write: snapsh -c \"use pv DIR; pick max; get 'a b' --force\"\n"),
    ])
    func whatIsWrongWithTheCommandLineIsSaidAndNothingIsRun(_ arguments: [String], _ sentence: String) throws {
        let outcome = try Program().run(arguments, input: "echo ran\n")
        expectFailure(outcome, 2, says: sentence)
        #expect(outcome.records.isEmpty)
    }

    @Test func aCommandIsRunByItsNameWhateverFilesAreThere() throws {
        let program = try Program()
        try program.folder.write("echo script".utf8, to: "echo")
        #expect(try program.run(["echo", "command"]).output == "command\n")
        #expect(try program.run(["./echo"]).output == "script\n")
        #expect(try program.run(["help", "verify"]).output.hasPrefix("verify [FILE]"))
        let help = try program.run(["help", "verify"]).output
        for words in [["verify", "--help"], ["--help", "verify"], ["-h", "verify"]] {
            #expect(try program.run(words).output == help)
        }
    }

    @Test func theWordsOfACommandAreTakenAsTheyAre() throws {
        let words = ["a b", "$x", ";", "&&", "'", "\"", "\\", "#", "~/x", "", "-n", "ü\nd"]
        let outcome = try Program().run(["echo"] + words)
        #expect(outcome.output == "a b $x ; && ' \" \\ # ~/x  -n ü\\nd\n")
        #expect(outcome.exitCode == 0)
        #expect(try Program().run(["echo", "--", "--json", "--", "-x"]).output == "--json -- -x\n")
    }

    @Test func aWordThatLooksLikeAnOptionIsWrittenBehindTwoHyphens() throws {
        let program = try Program()
        // The shell has read the quotes: quotes can't help here.
        let unknown = try program.run(["echo", "--word"])
        expectFailure(unknown, 2, says: "'echo' has no option --word")
        #expect(unknown.talk.contains("hint: it has no options; put '--' before a word that begins with '--'"))
        #expect(try program.run(["echo", "--", "--word"]).output == "--word\n")
        let short = try program.run(["ls", "-x"])
        expectFailure(short, 2, says: "'ls' has no option -x")
        #expect(short.talk.contains("it has -n; put '--' before the word if it is meant"))
        let script = try program.run(["-c", "echo --word"])
        #expect(script.talk.contains("hint: it has no options; put a word that begins with '--' in quotes"))
    }

    @Test func aShortOptionTakesItsValueAfterASpaceOrAnEqualsSign() throws {
        let workplace = try Workplace()
        for revision in [9, 10, 11] as [Int64] { try workplace.volume.add(revision) }
        for option in ["-n 2", "-n=2", "-n='2'", "--limit=2", "-n=$n"] {
            let outcome = try workplace.recover("set n = 2; ls \(option); expect ls.count == 2")
            #expect(outcome.exitCode == 0, "\(option): \(outcome.talk)")
        }
        let file = workplace.volume.folder.path("v1/foo/3.4.23_000000000000000b_etcd.backup")
        #expect(try workplace.program.run(["keys", file, "-n=2"]).output.split(separator: "\n").count < 6)
        expectFailure(try workplace.recover("ls -n=many"), 2, says: "'many' is not a whole number from 1 on")
        expectFailure(try workplace.program.run(["keys", file, "-n="]), 2, says: "'' is not a whole number")
        // Where a command has no short options, it is a word.
        #expect(try workplace.program.run(["echo", "-n=5", "-n"]).output == "-n=5 -n\n")
        #expect(try workplace.program.run(["-c", "set v = b; echo -n=a$v '-n=5'"]).output == "-n=ab -n=5\n")
    }

    @Test(arguments: [["--json", "echo", "a"], ["echo", "--json", "a"], ["echo", "a", "--json"]])
    func jsonWorksOnEitherSideOfTheName(_ arguments: [String]) throws {
        #expect(try Program().run(arguments).records == [#"{"kind":"echo","text":"a"}"#])
    }

    @Test(arguments: [["--quiet", "expect", "file.verified"], ["expect", "--quiet", "file.verified"]])
    func quietWorksOnEitherSideOfTheName(_ arguments: [String]) throws {
        expectFailure(
            try Program().run(arguments),
            2,
            says: "no file that is downloaded, or verified as sound, is at hand"
        )
    }

    @Test func aCommandEndsWithItsOwnExitCode() throws {
        let workplace = try Workplace()
        try workplace.folder.write(try Fixture.snapshot("late.db"), to: "out.db")
        let good = try workplace.program.run(["keys", "out.db", "-n", "2"])
        #expect(good.output.split(separator: "\n").count == 3, "\(good.output)")
        #expect(good.exitCode == 0)
        expectFailure(try workplace.program.run(["use", "pv", "nothing"]), 6, says: "cannot use the volume nothing")
        let missing = try workplace.program.run(["verify", "missing.db"])
        #expect(missing.exitCode == 4 && missing.talk.hasPrefix("cannot read"), "\(missing.talk)")
        #expect(try workplace.program.run(["exit", "7"]).exitCode == 7)
        let mistake = try workplace.program.run(["keys", "a $b.db", "-z"])
        expectFailure(mistake, 2, says: "'keys' has no option -z\n    keys 'a $b.db' -z\n                   ^~\n")
        #expect(!mistake.talk.contains("nothing was run"))
        expectFailure(try workplace.program.run(["history"]), 2, says: "'history' works at the prompt only")
        #expect(try workplace.program.run(["--check", "verify", "missing.db"]).exitCode == 0)
    }

    @Test(arguments: [
        ("verfy", "did you mean the command 'verify'?"), ("recover", "did you mean the file 'recover.snapsh'?"),
        ("lss", "did you mean the command 'ls', or the file 'less'?"),
        ("zzzzzz", "'snapsh help' lists the commands"),
        ("recovery", "write: snapsh help recovery"), ("version", "write: snapsh --version"),
        ("./recovr.snapsh", "did you mean the file './recover.snapsh'?"),
    ])
    func whatIsNeitherACommandNorAFileIsAnsweredWithTheNearest(_ word: String, _ hint: String) throws {
        let program = try Program()
        for name in ["recover.snapsh", "less"] { try program.folder.write("echo ran".utf8, to: name) }
        let outcome = try program.run([word])
        let sentence =
            word.contains(".")
            ? "cannot read the script \(word): no such file or directory"
            : "cannot run '\(word)': it is neither a command nor a file"
        expectFailure(outcome, 2, says: "\(sentence)\n    hint: \(hint)\n")
        #expect(outcome.output.isEmpty)
    }

    @Test func whatIsGivenInsteadOfAScriptIsAnsweredWithTheLineForIt() throws {
        let program = try Program()
        try program.folder.makeFolder("a folder")
        try program.folder.write([UInt8](repeating: 1, count: 17 << 20), to: "out.db")
        for (word, sentence) in [
            ("a folder", "is a directory\n    hint: backups in a folder: snapsh -c \"use pv 'a folder'; ls\"\n"),
            ("s3://b/p", "no such file or directory\n    hint: write: snapsh -c 'use s3 s3://b/p; ls'\n"),
            ("out.db", "; what is in a snapshot file is shown by: snapsh status out.db\n"),
        ] {
            let outcome = try program.run([word])
            expectFailure(outcome, 2, says: sentence)
            #expect(outcome.output.isEmpty)
        }
    }

    @Test(arguments: [
        (["foo"], "'foo' is not a value for a parameter: write NAME=VALUE", "cluster=foo [out=VALUE] key=@FILE"),
        (["--cluster", "foo"], "snapsh has no option '--cluster'", "cluster=foo [out=VALUE] key=@FILE"),
        (["--cluster"], "snapsh has no option '--cluster'", "cluster=VALUE [out=VALUE] key=@FILE"),
        (["--out=x y", "--cluster=foo"], "snapsh has no option '--out'", "cluster=foo out='x y' key=@FILE"),
        (["cluster=foo", "key=k", "bar"], "'bar' is not a value for", "[out=VALUE]"),
        (["--key", "hunter2", "key=k"], "snapsh has no option '--key'", "cluster=VALUE [out=VALUE]"),
        (["foo", "bar"], "'foo' is not a value for", "cluster=VALUE [out=VALUE] key=@FILE"),
    ])
    func whatIsNoValueForAParameterIsAnsweredWithTheParameters(_ words: [String], _ sentence: String, _ line: String)
        throws
    {
        let program = try Program()
        try program.folder.write(
            "param cluster\nparam out = x.db\nparam key --secret\necho $cluster $out".utf8,
            to: "r.snapsh"
        )
        let outcome = try program.run(["r.snapsh"] + words)
        expectFailure(outcome, 2, says: sentence)
        #expect(outcome.talk.contains("hint: write: snapsh r.snapsh \(line)\n"), "\(outcome.talk)")
        #expect(outcome.output.isEmpty && !outcome.talk.contains("hunter2"))
    }

    @Test func asJSONTheMessageIsOneSentenceWithItsHint() throws {
        let outcome = try Program().run(["--json", "--nosuch"])
        #expect(outcome.exitCode == 2)
        #expect(outcome.talk.contains(#""message":"snapsh has no option '--nosuch'""#), "\(outcome.talk)")
        #expect(outcome.talk.contains(#""hint":"'snapsh --help' lists those that it has""#))
    }

    @Test func aValueForAParameterThatTheScriptDoesNotHaveIsAMistake() throws {
        let program = try Program()
        try program.folder.write("#!/usr/bin/env snapsh\nparam cluster = foo\necho ran".utf8, to: "r.snapsh")
        let outcome = try program.run(["r.snapsh", "clutser=hunter2"])
        expectFailure(
            outcome,
            2,
            says: "command line:1:1: 'clutser' was given a value, but the script has no such parameter\n"
                + "    clutser=…\n    ^~~~~~~\n    hint: did you mean 'cluster'?\n"
        )
        #expect(!outcome.talk.contains("#!") && !outcome.talk.contains("hunter2"))
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
