import Language
import TestSupport
import Testing

@testable import Shell

@Suite("Checking a script")
struct CheckerTests {
    private func findings(
        in text: String,
        parameters: [String: String] = [:],
        needsValues: Bool = true,
        isPrompt: Bool = false,
        name: String = "t"
    ) -> [String] {
        let context = CheckContext(
            Sources.dependencies.with(home: "/home/me"),
            parameters: parameters,
            isPrompt: isPrompt,
            needsParameterValues: needsValues,
            reportsUnusedParameters: !needsValues
        )
        return Checker.check(SourceFile(name: name, text: text), context).findings.map { finding in
            let (line, column) = finding.source.position(at: finding.span.start)
            return "\(line):\(column) \(finding.message)" + (finding.hint.map { " | \($0)" } ?? "")
        }
    }

    static let texts: [(text: String, findings: [String])] = [
        ("use pv; cluster foo; ls; pick max; info; get out.db; expect file.verified", []),
        ("cluster foo; use pv || use pv /x; pick 0xf --before 2016-11-23 --etcd-version 3.4; get", []),
        ("pik max", ["1:1 unknown command 'pik' | did you mean 'pick'?"]),
        ("keys out.db -n 5", []),
        ("keys out.db '-z'", []), ("echo -n -z; set x = -5", []),
        ("keys out.db -z", ["1:13 'keys' has no option -z | it has -n; put the word in quotes if it is meant"]),
        ("keys out.db -n", ["1:13 --limit needs a value | write: --limit N"]),
        ("keys out.db -n 1 --limit 2", ["1:18 --limit is given twice"]),
        ("keys out.db -n x", ["1:16 'x' is not a whole number from 1 on"]),
        ("-n 5", ["1:1 an option, -n, stands where a command begins"]),
        ("frobnicate", ["1:1 unknown command 'frobnicate' | 'help' lists the commands"]),
        ("use pvv", ["1:5 unknown: use 'pvv' | did you mean 'pv'?"]),
        (
            "use nfs",
            ["1:5 unknown: use 'nfs' | write: use s3 nfs, or: use pv nfs"]
        ),
        (
            "set k = pv; use $k",
            [
                "1:17 what follows 'use' can't be a variable | write: use service [URL], or: use s3 BUCKET[/PREFIX], or: use pv [DIR]"
            ]
        ),
        (
            "use pv; cluster a; ls --json",
            ["1:23 'ls' has no option --json | give it to the program itself: snapsh --json"]
        ),
        (
            "use pv; cluster a; pick maxx",
            ["1:25 'maxx' is no revision, and no backup is called so | did you mean 'max'?"]
        ),
        (
            "use s3 b --endpoint 127.0.0.1:9000",
            ["1:21 '127.0.0.1:9000' is not a URL | write it as https://127.0.0.1:9000, or with http://"]
        ),
        (
            "use s3 b --endpoint http://user:pw@127.0.0.1:9",
            [
                "1:21 a URL can't hold a password or a signature here: 'http://***@127.0.0.1:9'"
                    + " | give the keys in the environment (AWS_ACCESS_KEY_ID …), in ~/.aws, or with --profile NAME"
            ]
        ),
        (
            "use service http://user:pw@127.0.0.1:9",
            [
                "1:13 a URL can't hold a password or a signature here: 'http://***@127.0.0.1:9'"
                    + " | send it in a header: --header \"Authorization: Bearer $token\" ('help param')"
            ]
        ),
        ("use pv; cluster a; ls --limt 5", ["1:23 'ls' has no option --limt | did you mean '--limit'?"]),
        ("use pv; cluster a; ls --limit", ["1:23 --limit needs a value | write: --limit N"]),
        ("use pv; cluster a; pick max; get --or-older; get x --or-older=2; get --or-older x", []),
        (
            "use pv; cluster a; pick max; get --or-older 2",
            ["1:45 --or-older takes a value after '=' only | write: --or-older=2; or put --or-older at the end"]
        ),
        (
            "use pv; cluster a; pick max; get --or-older=x; get --or-older=0",
            ["1:45 'x' is not a whole number from 1 on", "1:63 '0' is not a whole number from 1 on"]
        ),
        (
            "use pv; cluster a; pick max; get --or-older --keep-unverified",
            ["1:30 --or-older and --keep-unverified can't be used together | leave one of them out"]
        ),
        ("use pv; cluster a; ls --limit 0", ["1:31 '0' is not a whole number from 1 on"]),
        ("use pv; cluster a; ls --ignored=x", ["1:33 --ignored takes no value"]),
        ("use pv; cluster a; ls --ignored --ignored", ["1:33 --ignored is given twice"]),
        ("cluster", ["1:1 'cluster' needs NAME | write: cluster NAME [--namespace NS]"]),
        ("cluster a b", ["1:11 'cluster' does not take this | write: cluster NAME [--namespace NS]"]),
        ("cluster a/b/c", ["1:9 'a/b/c' can't be a cluster's name | write it as NAME, or NAMESPACE/NAME"]),
        ("exit 7", []),
        ("exit 256", ["1:6 '256' is not an exit code | write a whole number from 0 to 255"]),
        ("exit -1", ["1:6 '-1' is not an exit code | write a whole number from 0 to 255"]),
        ("exit seven", ["1:6 'seven' is not an exit code | write a whole number from 0 to 255"]),
        ("exit 1 2", ["1:8 'exit' does not take this | write: exit [CODE]"]),
        ("target three", ["1:8 'three' is not a version | write it as 3.1 or 3.1.0"]),
        ("set v = three; target $v", ["1:23 'three' is not a version | write it as 3.1 or 3.1.0"]),
        (
            "echo x || set v = three; target $v",
            [
                "1:33 it is not certain that variable 'v' is set here"
                    + " | set it before: set v = VALUE; or write ${v:-default}"
            ]
        ),
        ("set v = 3.4; echo x || set v = 3.5; target $v", []),
        (
            "set v = 3.4; echo x || set v = three; target $v",
            ["1:46 'three' is not a version | write it as 3.1 or 3.1.0"]
        ),
        (
            "echo x || set v = three; target ${v:-3.4}",
            ["1:33 'three' is not a version | write it as 3.1 or 3.1.0"]
        ),
        ("set v = 3.4; echo x || set v = 3; target $v.1", []),
        ("set t = keys; echo x || set t = kees; help $t", ["1:44 there is no help on 'kees' | did you mean 'keys'?"]),
        ("param v = three; target $v", ["1:25 'three' is not a version | write it as 3.1 or 3.1.0"]),
        (
            "use pv; cluster a; pick 00000000000000f",
            [
                "1:25 '00000000000000f' is not a revision"
                    + " | write it in decimal (15), in hexadecimal (0xf), or as the 16 digits that stand in a name"
            ]
        ),
        (
            "use pv; cluster a; pick max --before yesterday",
            [
                "1:38 'yesterday' is not a time | write 2016-11-23 or 2016-11-23T01:02:03Z (UTC)"
            ]
        ),
        ("echo $x", ["1:6 variable 'x' is not set before this | set it: set x = VALUE"]),
        (
            "set clutser = a; echo $cluster",
            ["1:23 variable 'cluster' is not set before this | did you mean 'clutser'?"]
        ),
        ("echo ${x:-a} \"${y:-}\"", []),
        ("echo ${x:?say which}", ["1:6 say which"]),
        ("set x = ''; echo ${x:?say which}", ["1:18 say which"]),
        (
            "echo $pick.age",
            [
                "1:6 variable 'pick' is not set before this | facts are written with braces: ${pick.…}"
            ]
        ),
        ("echo ${pick.agee}", ["1:6 unknown fact 'pick.agee' | did you mean 'pick.age'?"]),
        (
            "echo ${pick.age}",
            [
                "1:6 no backup is picked before this, so 'pick.age' has no value | choose one first: pick max"
            ]
        ),
        ("echo ${pick.age:-unknown}", []),
        (
            "ls",
            [
                "1:1 no source of backups is in use before this | connect to one first: use service [URL], use s3 BUCKET[/PREFIX], or use pv [DIR]"
            ]
        ),
        ("use pv --layout plain; ls", []),
        (
            "expect cluster.newest.age < 1h",
            [
                "1:8 no source of backups is in use before this, so 'cluster.newest.age' has no value | connect to one first: use service [URL], use s3 BUCKET[/PREFIX], or use pv [DIR]"
            ]
        ),
        // Which clusters are there, only a run shows.
        ("use s3 b --layout plain; use pv --layout operator; ls", []),
        ("use pv; cluster a; get", ["1:20 no backup is picked before this | choose one first: pick max"]),
        (
            "use pv; cluster a; pick max; cluster b; get",
            [
                "1:41 no backup is picked before this | choose one first: pick max"
            ]
        ),
        (
            "use pv; cluster a; pick max; echo x || cluster b; get",
            ["1:51 it is not certain that a backup is picked here | \(Need.hintOfUncertainty)"]
        ),
        ("!ls", ["1:1 '!' works at the prompt only, not in a script"]),
        ("history", ["1:1 'history' works at the prompt only, not in a script"]),
        (
            "expect file.verified",
            [
                "1:8 no snapshot is".replacing(
                    "no snapshot is",
                    with:
                        "no file that is downloaded, or verified as sound, is at hand, so 'file.verified' has no value"
                )
                    + " | download the pick first: get; or verify a file: verify FILE"
            ]
        ),
        (
            "use pv; cluster a; pick max; expect pick.age",
            [
                "1:37 'pick.age' is a duration such as 90s, 15m, 24h, 7d or 1y, and needs something to be compared with"
                    + " | write: expect pick.age OP VALUE"
            ]
        ),
        (
            "use pv; cluster a; pick max; expect pick.age = 1d",
            [
                "1:46 this is not a comparison | write '==' to compare"
            ]
        ),
        (
            "use pv; cluster a; pick max; expect pick.age <1d",
            [
                "1:46 this is not a comparison | put spaces around a comparison"
            ]
        ),
        (
            "use pv; cluster a; pick max; expect pick.age<1d",
            [
                "1:37 unknown fact 'pick.age<1d' | put spaces around a comparison: FACT == VALUE"
            ]
        ),
        ("use pv; cluster a; pick max; expect pick.age <", ["1:46 a value is missing after '<'"]),
        (
            "use pv; cluster a; pick max; expect pick.age < big",
            [
                "1:48 'big' is not a duration such as 90s, 15m, 24h, 7d or 1y"
                    + " | 'pick.age' is a duration such as 90s, 15m, 24h, 7d or 1y"
            ]
        ),
        ("use pv; cluster a; pick max; expect pick.name < x", ["1:47 '<' can't compare a backup's name"]),
        ("use pv; cluster a; pick max; expect pick.version ~ 3.4*", []),
        ("param 1x", ["1:7 '1x' can't be a variable's name | use letters, digits and '_'"]),
        ("set a=5", ["1:5 '=' needs a space on both sides | write: set a = 5"]),
        ("set a =", ["1:7 VALUE is missing after '=' | write: set NAME = VALUE"]),
        (
            "set a = --x",
            [
                "1:9 'set' has no option --x | it has no options; put a word that begins with '--' in quotes"
            ]
        ),
        (
            "keys out.db --raw",
            ["1:1 --raw needs the key whose value it writes | write: keys FILE KEY --raw"]
        ),
        ("use pv; cluster a; pick max; keys ${pick.name} a --raw", []),
        (
            "param all = d; restore out.db --all $all --initial-cluster a/b=http://h:1",
            ["1:16 'a/b' can't be the name of a directory | restore it by itself, with --data-dir"]
        ),
        (
            "help recovery nope",
            ["1:15 there is no help on 'recovery nope' | 'help recovery' lists what there is"]
        ),
        ("help recovery k4s", ["1:15 there is no help on 'recovery k4s' | did you mean 'k3s'?"]),
        ("help recovery; help recovery k3s", []),
        ("help pik", ["1:6 there is no help on 'pik' | did you mean 'pick'?"]),
        ("use pv ~", ["1:8 '~' alone is not a place | write ~/ for the home directory"]),
        (
            "pik; ls 'x\ncluster a//b",
            [
                "1:1 unknown command 'pik' | did you mean 'pick'?", "1:9 this quote is not closed on its line",
                "2:9 'a//b' can't be a cluster's name | write it as NAME, or NAMESPACE/NAME",
            ]
        ),
    ]

    @Test("finds what is wrong, and nothing else", arguments: texts)
    func checking(_ example: (text: String, findings: [String])) {
        #expect(findings(in: example.text) == example.findings)
    }

    @Test("parameters: a value, a default, a missing one, an unknown one")
    func parameters() {
        let text = "param cluster \"the one to save\"\nparam v = 3.4\ncluster $cluster; target $v"
        #expect(findings(in: text, parameters: ["cluster": "foo"]).isEmpty)
        #expect(findings(in: text, needsValues: false).isEmpty)
        #expect(
            findings(in: text) == [
                "1:1 parameter 'cluster' (the one to save) has no value | give it after the script's name: snapsh FILE cluster=VALUE"
            ]
        )
        #expect(
            findings(in: text, parameters: ["cluster": "foo", "v": "x"])
                == ["1:3 'x' is not a version | write it as 3.1 or 3.1.0; 'v' is used at t:3:26"]
        )
        #expect(
            findings(in: text, parameters: ["cluster": "foo", "clutser": "foo"]) == [
                "1:1 'clutser' was given a value, but the script has no such parameter | did you mean 'cluster'?"
            ]
        )
    }

    @Test("a value that does not fit is shown where it was given, whatever variables it went through")
    func givenValues() {
        let text = "param v\nset w = $v\ntarget $w; target $v\nset w = 3.4; target $w"
        #expect(findings(in: text, parameters: ["v": "3.4"]).isEmpty)
        #expect(
            findings(in: text, parameters: ["v": "x"])
                == ["1:3 'x' is not a version | write it as 3.1 or 3.1.0; 'v' is used at t:3:8"]
        )
        #expect(
            findings(in: "param n; ls --limit 1$n; verify a; expect file.keys > $n", parameters: ["n": "x"]).suffix(2)
                == [
                    "1:21 '1x' is not a whole number from 1 on",
                    "1:3 'x' is not a whole number | 'file.keys' is a whole number; 'n' is used at t:1:55",
                ]
        )
    }

    @Test("a parameter that is never used is reported by a check alone, unless not all could be read")
    func unusedParameters() throws {
        let text = "param a; param b \"what it is\"\nparam c = $b\necho ${c:-$} 'x'".replacing("$}", with: "}")
        let unused = "1:7 parameter 'a' is never used | use it as $a, or remove it"
        #expect(findings(in: text, needsValues: false) == [unused])
        #expect(findings(in: text, parameters: ["a": "1", "b": "2"]).isEmpty)
        #expect(findings(in: text + "\necho '", needsValues: false).count == 1)
        #expect(findings(in: text + "\nsource /nothing.snapsh", needsValues: false).count == 1)
        #expect(findings(in: "param f; verify x; expect key($f, a).exists", needsValues: false).isEmpty)
        let folder = try TemporaryFolder()
        try folder.write("echo $a; param inner\n".utf8, to: "part.snapsh")
        #expect(
            findings(in: "param a; source part.snapsh; ls", needsValues: false, name: folder.path("main.snapsh")).map {
                String($0.prefix(40))
            }.filter { $0.contains("never") } == ["1:16 parameter 'inner' is never used | u"]
        )
    }

    @Test("included scripts are read, checked in their place, and found beside the script that names them")
    func includes() throws {
        let folder = try TemporaryFolder()
        try folder.write("use pv\ncluster $name\n".utf8, to: "parts/common.snapsh")
        try folder.write("source common.snapsh".utf8, to: "parts/outer.snapsh")
        try folder.write("source ./self.snapsh".utf8, to: "self.snapsh")
        try folder.write("source b.snapsh".utf8, to: "a.snapsh")
        try folder.write("source a.snapsh".utf8, to: "b.snapsh")
        try folder.write("ls\npik".utf8, to: "wrong.snapsh")
        try folder.makeFolder("folder.snapsh")
        let main = folder.path("main.snapsh")

        #expect(findings(in: "set name = foo\nsource parts/outer.snapsh\nls", name: main).isEmpty)
        #expect(
            findings(in: "source parts/common.snapsh", name: main)
                == ["2:9 variable 'name' is not set before this | set it: set name = VALUE"]
        )
        #expect(
            findings(in: "source nothing.snapsh", name: main)
                == ["1:8 cannot read the script \(folder.path("nothing.snapsh")): no such file or directory"]
        )
        #expect(
            findings(in: "source folder.snapsh", name: main)
                == ["1:8 cannot read the script \(folder.path("folder.snapsh")): is a directory"]
        )
        for name in ["self", "a"] {
            let found = findings(in: "source \(name).snapsh", name: main)
            #expect(found.count == 1 && found[0].contains("includes itself"), "\(found)")
        }
        #expect(
            findings(in: "echo '\nsource wrong.snapsh\npick", name: main).map { String($0.prefix(26)) } == [
                "1:6 this quote is not clos", "1:1 no source of backups i", "2:1 unknown command 'pik' ",
                "3:1 'pick' needs WHICH | w",
            ]
        )
        #expect(
            findings(in: "use pv; cluster a; pick max; source ${pick.name}", name: main) == [
                "1:37 the script to include must be known before anything runs"
                    + " | its name can't depend on what a command finds, or on whether one fails"
            ]
        )
    }

    @Test("a circle of scripts is found where it closes")
    func circle() throws {
        let folder = try TemporaryFolder()
        try folder.write("echo $x\nsource b.snapsh".utf8, to: "a.snapsh")
        try folder.write("clusters; source a.snapsh".utf8, to: "b.snapsh")
        #expect(
            findings(in: "echo $x\nsource b.snapsh", name: folder.path("a.snapsh")) == [
                "1:6 variable 'x' is not set before this | set it: set x = VALUE",
                "1:1 no source of backups is in use before this"
                    + " | connect to one first: \(Sources.dependencies.commands.sources.waysToConnect)",
                "1:18 'a.snapsh' includes itself",
            ]
        )
    }

    @Test("a script whose name is a parameter without a value may do anything, and that parameter decides")
    func undecidedIncludes() throws {
        let text = "param which\nset n = x\nset f = parts/$which\nsource $f\nls --limit $n; echo $other; get"
        #expect(findings(in: text, parameters: ["more": "1"], needsValues: false) == [])
        #expect(findings(in: text + "\npik", needsValues: false).count == 1)
        #expect(
            findings(in: text) == [
                "1:1 parameter 'which' has no value | give it after the script's name: snapsh FILE which=VALUE"
            ]
        )
        #expect(findings(in: "param which; source $which || ls; echo $x; pick max", needsValues: false) == [])
        let context = CheckContext(Sources.dependencies, needsParameterValues: false)
        let program = Checker.check(SourceFile(name: "t", text: text), context).program
        #expect(program.decidingParameters == ["which"])
    }

    @Test("a parameter that the script itself has set before is not one to give")
    func presetParameters() throws {
        let folder = try TemporaryFolder()
        try folder.write("param p \"x\"\nparam q\necho $p $q".utf8, to: "inc.snapsh")
        let source = SourceFile(name: folder.path("main.snapsh"), text: "set p = foo\nsource inc.snapsh")
        let context = CheckContext(Sources.dependencies, parameters: ["p": "1", "q": "2"])
        let (program, found) = Checker.check(source, context)
        #expect(program.parameters.map(\.name) == ["q"])
        #expect(found.map(\.message) == ["'p' was given a value, but the script sets it before its 'param'"])
    }

    @Test("a hundred thousand lines are checked, and a thousand mistakes end it")
    func long() {
        let lines = (0..<25_000).map { "use pv; cluster foo\nls --limit \($0 + 1)\nset x\($0) = $x\($0 - 1)\npick max" }
        #expect(
            findings(
                in: "set x-1 = a".replacing("-1", with: "") + "\n"
                    + lines.joined(separator: "\n").replacing("$x-1", with: "$x")
            ).isEmpty
        )
        let wrong = String(repeating: "set a = 1; echo $b\n", count: 5000)
        #expect(findings(in: wrong).count >= 1000)
    }
}
