import Foundation
import TestSupport
import Testing

@Suite("Parameters", .ownThread)
struct ParameterTests {
    private static let script = """
        #!/usr/bin/env snapsh
        # recover.snapsh: the newest good backup of one cluster
        #
        # Run it on the first member.

        param cluster "the cluster to recover"
        param target = 3.4.23 "the etcd version that will run"
        param token --secret "the service's token"
        # this is no part of the header
        echo $cluster $target

        """

    private let program: Program

    init() throws {
        program = try Program()
        try program.folder.write(Self.script.utf8, to: "r.snapsh")
    }

    private func write(_ text: String, mode: Int = 0o600) throws {
        try program.folder.write(text.utf8, to: "p.yaml")
        let path = program.folder.path("p.yaml")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test(
        "come from the command line, else from the file, else from the environment, else from the script",
        arguments: [
            (["cluster=word", "target=3.1"], "word 3.1\n"), (["cluster=word"], "word 3.2\n"), ([], "file 3.2\n"),
        ]
    )
    func precedence(words: [String], output: String) throws {
        try write("cluster: file\ntarget: 3.2\ntoken: SECRET\n")
        let environment = ["SNAPSH_PARAM_CLUSTER": "environment", "SNAPSH_PARAM_TARGET": "3.3"]
        let outcome = try program.run(["--params", "p.yaml", "r.snapsh"] + words, environment: environment)
        #expect(outcome.exitCode == 0 && outcome.output == output, "\(outcome.talk)")
        #expect(!(outcome.output + outcome.talk).contains("SECRET"))
    }

    @Test func `come from the environment before the default, and an empty variable gives none`() throws {
        let environment = [
            "SNAPSH_PARAM_CLUSTER": "environment", "SNAPSH_PARAM_TARGET": "", "SNAPSH_PARAM_TOKEN": "SECRET-x",
            "SNAPSH_PARAM_OTHER": "x",
        ]
        let outcome = try program.run(["r.snapsh"], environment: environment)
        #expect(outcome.exitCode == 0 && outcome.output == "environment 3.4.23\n", "\(outcome.talk)")
        #expect(!(outcome.output + outcome.talk).contains("SECRET"))
        let bad = try program.run(["r.snapsh"], environment: environment.merging(["SNAPSH_PARAM_TOKEN": "a\nb"]) { $1 })
        expectFailure(bad, 2, says: "cannot use the value of 'token' from the environment (SNAPSH_PARAM_TOKEN)")
    }

    @Test func `decide which script is included, and that may have parameters of its own`() throws {
        try program.folder.write("param which\nsource $which\n".utf8, to: "outer.snapsh")
        try program.folder.write("param inner\necho $inner\n".utf8, to: "inner.snapsh")
        let environment = ["SNAPSH_PARAM_WHICH": "inner.snapsh", "SNAPSH_PARAM_INNER": "found"]
        let outcome = try program.run(["outer.snapsh"], environment: environment)
        #expect(outcome.exitCode == 0 && outcome.output == "found\n", "\(outcome.talk)")
    }

    @Test func `that are missing are named all at once, and without a terminal none is asked for`() throws {
        let outcome = try program.run(["r.snapsh"], input: "typed\ntyped\n")
        expectFailure(outcome, 2, says: "parameter 'cluster' (the cluster to recover) has no value")
        #expect(outcome.talk.contains("parameter 'token' (the service's token) has no value"))
        #expect(outcome.talk.contains("2 mistakes in r.snapsh: nothing was run"))
        #expect(outcome.output.isEmpty)
    }

    @Test func `that a file has and the script has not are named with their places`() throws {
        try write("cluster: a\n  \nclustr: b\nx: c\ntoken: SECRET\n")
        let outcome = try program.run(["--params", "p.yaml", "r.snapsh"])
        expectFailure(
            outcome,
            2,
            says: "cannot use the parameters in p.yaml: line 3, column 1: the script has no parameter 'clustr'"
        )
        #expect(outcome.talk.contains("hint: did you mean 'cluster'?"))
        #expect(outcome.talk.contains("line 4, column 1: the script has no parameter 'x'"))
        #expect(outcome.output.isEmpty && !outcome.talk.contains("SECRET"))
        #expect(try program.run(["--check", "--params", "p.yaml", "r.snapsh"]).exitCode == 2)
    }

    @Test(arguments: [
        ("cluster: [a]", "line 1, column 10: the value of 'cluster' is nested"),
        ("cluster: a\n\tx: b", "line 2, column 1: it is not YAML: "),
    ])
    func `in a file that is no list of texts are refused before anything runs`(text: String, reason: String) throws {
        try write(text)
        let outcome = try program.run(["--params", "p.yaml", "r.snapsh", "token=secret-x", "cluster=a"])
        expectFailure(outcome, 2, says: "cannot use the parameters in p.yaml: \(reason)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `that are secret are refused where they are too short to be hidden`() throws {
        let words = ["r.snapsh", "cluster=a"]
        for (more, environment, reason) in [
            (["token="], [:], "cannot use the value of 'token': the value is empty"),
            (["token=abc"], [:], "cannot use the value of 'token': the value is shorter than 4 bytes"),
            (["--params", "p.yaml"], [:], "cannot read the value of 'token' from p.yaml: the value is empty"),
            ([], ["SNAPSH_PARAM_TOKEN": "xyz"], "(SNAPSH_PARAM_TOKEN): the value is shorter than 4 bytes"),
        ] {
            try write("token: \"\"\n")
            let outcome = try program.run(words + more, environment: environment)
            expectFailure(outcome, 2, says: reason)
            #expect(outcome.output.isEmpty && !outcome.talk.contains("xyz"))
        }
    }

    @Test func `in several files that can't be read are all named, sorted`() throws {
        for _ in 0..<5 {
            let outcome = try program.run([
                "--params", "none.yaml", "r.snapsh", "token=@n1", "cluster=@n2", "target=@n3",
            ])
            expectFailure(outcome, 2, says: "cannot read the value of 'cluster' from n2: no such file or directory")
            let names = outcome.talk.matches(of: /(?:value of '(\w+)'|in (none.yaml))/).map { $0.1 ?? $0.2 ?? "" }
            #expect(names == ["cluster", "target", "token", "none.yaml"], "\(outcome.talk)")
        }
    }

    @Test func `in a file that is missing or too large are refused`() throws {
        expectFailure(
            try program.run(["--params", "none.yaml", "r.snapsh"]),
            2,
            says: "cannot use the parameters in none.yaml: no such file or directory"
        )
        expectFailure(
            try program.run(["--params", "/dev/zero", "r.snapsh"]),
            2,
            says: "cannot use the parameters in /dev/zero: it is larger than 1 MiB"
        )
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660])
    func `that are secret are not taken from a file that others can use`(mode: Int) throws {
        try write("cluster: a\ntoken: SECRET\n", mode: mode)
        let outcome = try program.run(["--params", "p.yaml", "r.snapsh"])
        expectFailure(outcome, 2, says: "it holds the secret 'token', and its permissions (0\(String(mode, radix: 8)))")
        #expect(outcome.talk.contains("hint: keep it for yourself: chmod 600 p.yaml"))
        #expect(outcome.output.isEmpty && !outcome.talk.contains("SECRET"))
        // Without a secret in it, anyone may read it.
        try write("cluster: a\n", mode: mode)
        try program.folder.write("a-token".utf8, to: "t")
        #expect(try program.run(["--params", "p.yaml", "r.snapsh", "token=@t"]).output == "a 3.4.23\n")
    }

    @Test(arguments: [
        ["--params", "dead/p.yaml", "r.snapsh", "token=@t"], ["r.snapsh", "cluster=@dead/p.yaml", "token=@t"],
        ["dead/p.yaml"],
    ])
    func `in a file on a mount that is silent are given up after 5 s`(words: [String]) throws {
        try program.folder.makeFolder("dead")
        try program.folder.write("cluster: a\n".utf8, to: "dead/p.yaml")
        try program.folder.write("t".utf8, to: "t")
        let silence = try SilentFolder(program.folder.path("dead"))
        try silence.fallSilent()
        let outcome = try program.run(words, environment: silence.environment)
        expectFailure(outcome, words.count > 1 ? 2 : 6, says: "no answer from")
        #expect(outcome.output.isEmpty)
    }

    @Test func `that are secret may come from a pipe`() throws {
        let pipe = Program.shell(#"printf 'cluster: a\ntoken: SECRET\n' | "$@""#)
        let outcome = try program.run(["--params", "/dev/stdin", "r.snapsh"], prefix: pipe)
        #expect(outcome.exitCode == 0 && outcome.output == "a 3.4.23\n", "\(outcome.talk)")
    }

    @Test func `are printed by --help with the comment at the beginning, wherever it stands`() throws {
        for words in [["r.snapsh", "--help"], ["-h", "r.snapsh"]] {
            let outcome = try program.run(words)
            #expect(
                outcome.output == """
                    recover.snapsh: the newest good backup of one cluster

                    Run it on the first member.

                    PARAMETER  DEFAULT             MEANING
                    cluster    (required)          the cluster to recover
                    target     3.4.23              the etcd version that will run
                    token      (secret, required)  the service's token

                    Usage: snapsh r.snapsh cluster=VALUE [target=VALUE] token=@FILE

                    """
            )
            #expect(outcome.exitCode == 0 && outcome.talk.isEmpty)
        }
        let json = try program.run(["--json", "r.snapsh", "--help"]).output
        #expect(json.contains(#""kind":"script""#) && json.contains(#""isRequired":true"#), "\(json)")
        #expect(json.split(separator: "\n").count == 5)
        #expect(try program.run(["-c", "echo ran", "--help"]).output == "Usage: snapsh -c 'TEXT'\n")
        expectFailure(try program.run(["none.snapsh", "--help"]), 2, says: "none.snapsh")
    }

    @Test func `that are secret have no default in --help`() throws {
        let text = "param password = hunter2\nparam api-key = hunter3 \"its key\"\nparam n = 3\n"
        try program.folder.write(text.replacing("api-key", with: "api_key").utf8, to: "s.snapsh")
        for flags in [[], ["--json"]] {
            let outcome = try program.run(flags + ["s.snapsh", "--help"])
            #expect(outcome.exitCode == 0 && !outcome.output.contains("hunter"), "\(outcome.output)")
            #expect(outcome.output.contains("***"))
        }
    }

    @Test func `that are missing are asked for at a terminal before anything runs`() throws {
        let session = try PromptSession(
            [Program.path, "r.snapsh"],
            prompt: "the cluster to recover, cluster:"
        ) { try $0.folder.write(Self.script.utf8, to: "r.snapsh") }
        #expect(try session.terminal.lines().contains("note: 2 parameters have no value: cluster, token"))
        try session.type("foo")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "the service's token, token (not shown):")
        try session.terminal.type("SECRET")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        let shown = try session.terminal.lines().joined(separator: "\n")
        #expect(shown.contains("foo 3.4.23") && !shown.contains("SECRET"), "\(shown)")
    }

    @Test func `one that decides which script is included is asked for before those of that script`() throws {
        let session = try PromptSession([Program.path, "r.snapsh"], prompt: "which:") { program in
            try program.folder.write("param which\nparam own\nsource $which\necho $own\n".utf8, to: "r.snapsh")
            try program.folder.write("param inner\necho \"inner is $inner\"\n".utf8, to: "inc.snapsh")
        }
        try session.type("inc.snapsh")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "own:")
        try session.terminal.type("OWN")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "inner:")
        try session.terminal.type("INNER")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        let shown = try session.terminal.lines()
        #expect(shown.contains("inner is INNER") && shown.contains("OWN"), "\(shown)")
    }

    @Test(arguments: [("", "Enter", 2), ("", "C-d", 2), ("fo", "C-c", 130)])
    func `that are not typed end it before anything runs`(text: String, key: String, exitCode: Int32) throws {
        let session = try PromptSession(
            [Program.path, "r.snapsh"],
            prompt: "the cluster to recover, cluster:"
        ) { try $0.folder.write(Self.script.utf8, to: "r.snapsh") }
        try session.type(text)
        try session.terminal.press(key)
        #expect(try session.terminal.exitCode() == exitCode)
        let shown = try session.terminal.lines().joined(separator: "\n")
        #expect(!shown.contains("3.4.23"), "\(shown)")
        if exitCode == 2 { #expect(shown.contains("parameter 'cluster' has no value: "), "\(shown)") }
    }
}
