import Foundation
import TestSupport
import Testing

/// Checking several files, and what code review gets.
@Suite(.ownThread) struct CheckedFilesTests {
    private let program: Program

    init() throws {
        program = try Program()
        let folder = program.folder
        try folder.makeFolder("repo/.git")
        try folder.write("use pv\ncluster a\necho $x $y\n".utf8, to: "repo/books/a b.snapsh")
        try folder.write("param cluster\nuse pv; cluster $cluster; ls\n".utf8, to: "repo/sound.snapsh")
        try folder.write("source 'books/a b.snapsh'\npik\n".utf8, to: "repo/outer.snapsh")
        try folder.makeFolder("elsewhere")
    }

    private func document(_ outcome: Program.Outcome) throws -> [String: Any] {
        let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        #expect(SARIFValidator(document).problems == [])
        return try #require(document as? [String: Any])
    }

    private func results(_ outcome: Program.Outcome) throws -> [[String: Any]] {
        let runs = try document(outcome)["runs"] as? [[String: Any]]
        return try #require(runs?.first?["results"] as? [[String: Any]])
    }

    private func places(_ results: [[String: Any]]) -> [String] {
        results.compactMap { result in
            let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
            let region = location?["region"] as? [String: Int]
            let uri = (location?["artifactLocation"] as? [String: String])?["uri"]
            return "\(uri ?? "") \(region?["startLine"] ?? 0):\(region?["startColumn"] ?? 0)"
        }
    }

    @Test("two findings on one line, from another folder, are valid SARIF with two fingerprints")
    func fromElsewhere() throws {
        var fingerprints: [Set<String>] = []
        for (place, path) in [
            ("elsewhere", "../repo/books/a b.snapsh"), ("repo/books", "a b.snapsh"),
            ("elsewhere", program.folder.path("repo/books/a b.snapsh")),
        ] {
            let outcome = try program.run(
                ["--check", "--sarif", path],
                prefix: Program.shell("cd \(place) && exec \"$@\"")
            )
            #expect(outcome.exitCode == 2 && outcome.talk.isEmpty)
            let results = try results(outcome)
            #expect(places(results) == ["books/a%20b.snapsh 3:6", "books/a%20b.snapsh 3:9"])
            fingerprints.append(
                Set(results.compactMap { ($0["partialFingerprints"] as? [String: String])?.values.first })
            )
        }
        #expect(fingerprints[0].count == 2 && Set(fingerprints).count == 1)
    }

    @Test("under --json the findings are data, of one file and of several, and how many there are is not")
    func findingsAsData() throws {
        let bad = "repo/books/a b.snapsh"
        var lines: [[Substring]] = []
        for files in [[bad], [bad, "repo/sound.snapsh"]] {
            let outcome = try program.run(["--check", "--json"] + files)
            #expect(outcome.exitCode == 2)
            lines.append(outcome.output.split(separator: "\n").filter { $0.contains(#""kind":"error""#) })
            let sound = outcome.output.contains(#""script":"repo/sound.snapsh"}"#)
            #expect(sound == (files.count > 1))
            #expect(outcome.talk.split(separator: "\n").count == 1 && outcome.talk.contains("script.not-run"))
        }
        #expect(lines[0] == lines[1] && lines[0].count == 2, "\(lines)")
        #expect(lines[0].allSatisfy { $0.contains(#""place":{"column":"#) })
        for files in [["none"], ["none", "repo/sound.snapsh"]] {
            let outcome = try program.run(["--check", "--json"] + files)
            #expect(outcome.exitCode == 2 && outcome.output.contains(#""kind":"error""#), "\(outcome.talk)")
        }
        // For people they are messages, and a run that does not begin has no result.
        let text = try program.run(["--check", bad])
        #expect(text.output.isEmpty && text.talk.contains("variable 'x' is not set"))
        let run = try program.run(["--json", bad])
        #expect(run.exitCode == 2 && run.records.isEmpty)
    }

    @Test("several files are checked, also what they include, and a parameter may be that of one of them")
    func several() throws {
        let files = ["repo/sound.snapsh", "repo/books/a b.snapsh", "repo/outer.snapsh", "repo/none.snapsh"]
        let outcome = try program.run(["--check"] + files + ["cluster=a"])
        #expect(outcome.exitCode == 2 && outcome.output == "repo/sound.snapsh is fine\n")
        for place in [
            "repo/books/a b.snapsh:3:6: variable 'x'", "repo/outer.snapsh:2:1: unknown command 'pik'",
            "repo/none.snapsh:1:1: cannot read the script repo/none.snapsh", "in 3 scripts: nothing was run",
        ] {
            #expect(outcome.talk.contains(place), "\(outcome.talk)")
        }
        #expect(try program.run(["--check", files[0], files[0]]).exitCode == 0)
        #expect(try program.run(["--check", files[0], files[0], "no=1"]).talk.contains("'no' was given a value"))
        let results = try results(try program.run(["--sarif", "--check"] + files + ["cluster=a"]))
        #expect(
            places(results) == [
                "books/a%20b.snapsh 3:6", "books/a%20b.snapsh 3:9", "books/a%20b.snapsh 3:6", "books/a%20b.snapsh 3:9",
                "outer.snapsh 2:1", "repo/none.snapsh 1:1",
            ]
        )
    }

    @Test("nothing found is valid SARIF, too, and JSON has an object for each finding")
    func forms() throws {
        let sound = try program.run(["--check", "--sarif", "repo/sound.snapsh"])
        #expect(try sound.exitCode == 0 && results(sound).isEmpty)
        // It is one document, with nothing behind it.
        #expect(try program.run(["--check", "--sarif", "--json", "repo/sound.snapsh"]).output == sound.output)
        let json = try program.run(["--check", "--json", "repo/sound.snapsh", "repo/books/a b.snapsh"])
        let lines = json.records + json.talk.split(separator: "\n")
        // One is sound, the other has two mistakes, and nothing was run.
        #expect(json.exitCode == 2 && lines.count == 4)
        for line in lines {
            _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
        }
        expectFailure(try program.run(["--sarif", "repo/sound.snapsh"]), 2, says: "'--sarif' is for a check")
    }

    @Test("a value that is secret in one script is shown for none, in no form")
    func secrets() throws {
        let folder = program.folder
        try folder.write("param login --secret\nuse service --header \"X: $login\"\n".utf8, to: "a.snapsh")
        try folder.write("use pv; cluster a\nparam login\nls -n $login\n".utf8, to: "b.snapsh")
        try folder.write("SECRET-login\n".utf8, to: "f")
        for files in [["a.snapsh", "b.snapsh"], ["b.snapsh", "a.snapsh"]] {
            for flags in [[], ["--json"], ["--sarif"]] {
                let outcome = try program.run(flags + ["--check"] + files + ["login=@f"])
                #expect(outcome.exitCode == 2 && (outcome.output + outcome.talk).contains("'***' is not"))
                #expect(!(outcome.output + outcome.talk).contains("SECRET"), "\(outcome.output)\(outcome.talk)")
            }
        }
        let short = try program.run(["--check", "b.snapsh", "a.snapsh", "login=12"])
        expectFailure(short, 2, says: "cannot use the value of 'login': the value is shorter than 4 bytes")
    }

    @Test("standard input and pipes are read once")
    func standardInput() throws {
        let folder = program.folder
        try folder.write("param x\necho $x\n".utf8, to: "b.snapsh")
        for files in [["-", "b.snapsh"], ["b.snapsh", "-"]] {
            let outcome = try program.run(["--check"] + files + ["x=1"], input: "echo $y\n")
            #expect(outcome.exitCode == 2)
            #expect(outcome.talk.contains("standard input:1:6: variable 'y'"), "\(outcome.talk)")
            #expect(outcome.talk.contains("1 mistake in 1 script: nothing was run"))
        }
        let pipe = try program.run(
            ["--check", "b.snapsh", "p", "x=1"],
            prefix: Program.shell("mkfifo p; echo 'echo $y' > p & exec \"$@\"")
        )
        #expect(pipe.exitCode == 2 && pipe.talk.contains("p:1:6: variable 'y'"), "\(pipe.talk)")
        expectFailure(try program.run(["--check", "-", "b.snapsh", "-"]), 2, says: "'-' is given twice")
    }

    @Test("what is given for one of several scripts is a mistake in none of them")
    func givenForOne() throws {
        let folder = program.folder
        try folder.write("param x\necho $x\nconfirm 'it is stopped'\n".utf8, to: "a.snapsh")
        try folder.write("param y\necho $y\n".utf8, to: "b.snapsh")
        try folder.write("param token --secret\nuse service --header \"X: $token\"\n".utf8, to: "c.snapsh")
        try folder.write("x: 1\ny: 2\n".utf8, to: "p.yaml")
        let files = ["a.snapsh", "b.snapsh"]
        for order in [files, files.reversed()] {
            let flags = ["--confirmed", "it is stopped", "--params", "p.yaml"]
            let outcome = try program.run(["--check"] + order + flags)
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
        }
        // What no script has is said once.
        let unknown = try program.run(["--check"] + files + ["--confirmed", "it was stopped", "z=1"])
        expectFailure(unknown, 2, says: "no 'confirm' in the script has the text of --confirmed: 'it was stopped'")
        #expect(unknown.talk.contains("'z' was given a value") && unknown.talk.contains("2 mistakes in 1 script"))
        try folder.write("x: 1\nz: 2\ntoken: SECRET\n".utf8, to: "p.yaml")
        let mode = try program.run(
            ["--check"] + files + ["c.snapsh", "--params", "p.yaml"],
            prefix: Program.shell("chmod 644 p.yaml; exec \"$@\"")
        )
        expectFailure(mode, 2, says: "line 2, column 1: the script has no parameter 'z'")
        #expect(mode.talk.contains("it holds the secret 'token', and its permissions (0644)"), "\(mode.talk)")
        #expect(mode.talk.count { $0 == "\n" } == 4, "\(mode.talk)")
    }

    @Test("a value that does not fit is shown on the command line, and nothing runs")
    func values() throws {
        try program.folder.write("param n = 3\necho ran\nls --limit $n\n".utf8, to: "typed.snapsh")
        let outcome = try program.run(["typed.snapsh", "n=many"])
        #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
        #expect(
            outcome.talk.contains(
                "command line:1:3: 'many' is not a whole number from 1 on\n    n=many\n      ^~~~\n"
                    + "    hint: 'n' is used at typed.snapsh:3:12"
            ),
            "\(outcome.talk)"
        )
    }
}
