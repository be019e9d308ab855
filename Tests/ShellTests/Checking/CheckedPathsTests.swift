import Language
import TestSupport
import Testing

@testable import Shell

@Suite("What a script can rely on")
struct CheckedPathsTests {
    /// The place and the message of each finding.
    private func findings(in text: String, name: String = "t") -> [String] {
        Checker.check(
            SourceFile(name: name, text: text),
            CheckContext(Sources.dependencies.with(home: "/home/me"))
        ).findings.map {
            let (line, column) = $0.source.position(at: $0.span.start)
            return "\(line):\(column) \($0.message)"
        }
    }

    private static let start = "cluster a; use pv; pick max"

    @Test(
        "holds on every path that leads there",
        arguments: [
            "use service || use s3 b || use pv; cluster a; ls",
            "use pv; cluster a; pick max; get o.db; expect file.verified",
            "use pv; cluster a; pick max; get o.db || exit 1; expect file.verified",
            "use pv; cluster a; pick max; get o.db && expect file.verified || echo failed",
            "use pv; cluster a; pick max || pick min; get",
            "use pv; cluster a; pick max; use s3 b || echo \"still the volume\"; ls",
            "use pv; cluster a; pick max && get o.db || exit 3; echo ${file.path}",
            "use pv || exit 7; cluster a; ls",
            "use pv && cluster a || exit 1; ls",
            "echo ${file.path:-none}",
            "use pv; cluster a; pick max; get || echo failed; echo ${file.path:-none} ${file.path:?no file}",
            "use pv || set v = a; set v = b; echo $v",
            "set v = a; use pv || set v = b; echo $v",
            "use pv && set v = a || set v = b; echo $v",
            "use pv || set v = b; echo ${v:-none} ${v:?not set}",
            "use pv; exit; echo ${v:-x}",
            "use pv; cluster a; pick max; set a = x; set b = ${pick.revision} || echo $a",
            "use pv; cluster a; pick max; set a = ${pick.revision} || get",
            "use pv; cluster a; pick max; set a = ${pick.revision} || exit 1; echo $a",
        ]
    )
    func sound(text: String) {
        #expect(findings(in: text) == [])
    }

    @Test(
        "is missed where a command before may have failed or was passed over",
        arguments: [
            ("get o.db || echo failed; expect file.verified", "a file is downloaded or verified", "file.verified"),
            ("get o.db || echo failed; echo ${file.path}", "a file is downloaded or verified", "file.path"),
            ("get o.db; get p.db || echo failed; echo ${file.path}", "a file is downloaded or verified", "file.path"),
            ("verify x || echo failed; expect file.keys > 0", "a file is downloaded or verified", "file.keys"),
            (
                "expect pick.age < 1d && get o.db || echo old; echo ${file.path}", "a file is downloaded or verified",
                "file.path"
            ),
            ("pick 7 || echo none; get", "a backup is picked", nil),
            ("pick 7 || echo none; echo ${pick.name}", "a backup is picked", "pick.name"),
            ("get --fresh o.db || echo none; info", "a backup is picked", nil),
            ("echo x && cluster b || echo y; info", "a backup is picked", nil),
            ("ls || echo none; expect ls.count > 0", "backups are listed", "ls.count"),
        ] as [(String, String, String?)]
    )
    func uncertain(text: String, what: String, fact: String?) throws {
        let found = findings(in: "\(Self.start)\n\(text)")
        let message = "it is not certain that \(what) here" + (fact.map { ", so '\($0)' may have no value" } ?? "")
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix(" \(message)") == true, "\(found)")
    }

    @Test("a fact that only a run finds may be unknown, and what it should have set is missing then")
    func unknownFacts() {
        for text in ["set r = ${pick.revision} || echo none", "param r = ${pick.revision} || echo none"] {
            #expect(findings(in: "\(Self.start)\n\(text)\necho $r").map { $0.prefix(4) } == ["3:6 "], "\(text)")
        }
    }

    @Test("a source and a cluster that are not there on every path are reported, each once")
    func gaps() {
        #expect(
            findings(in: "use pv || echo none; cluster a || echo none; ls; pick max") == [
                "1:46 it is not certain that a source of backups is in use here",
                "1:46 it is not certain that a cluster is chosen here",
            ]
        )
    }

    @Test("an included script counts as what it does, on each of its paths")
    func includes() throws {
        let folder = try TemporaryFolder()
        try folder.write("use pv\ncluster a\npick max\nget o.db\n".utf8, to: "all.snapsh")
        try folder.write("use pv || exit 7\n".utf8, to: "ends.snapsh")
        try folder.write("set v = x\nuse pv\nset w = x\n".utf8, to: "sets.snapsh")
        let name = folder.path("main.snapsh")
        #expect(findings(in: "source all.snapsh; expect file.verified", name: name) == [])
        #expect(findings(in: "source ends.snapsh; cluster a; ls", name: name) == [])
        #expect(
            findings(in: "source all.snapsh || echo failed; expect file.verified", name: name)
                == [
                    "1:42 it is not certain that a file is downloaded or verified here, so 'file.verified' may have no value"
                ]
        )
        // One that can't fail leaves what was there before it.
        try folder.write("set y = 2\n".utf8, to: "vars.snapsh")
        #expect(findings(in: "set x = 1\nsource vars.snapsh || echo $x", name: name) == [])
        #expect(findings(in: "use pv\ncluster a\nsource vars.snapsh || ls", name: name) == [])
        // Where its first line failed nothing is in use; where its second did, the volume is.
        #expect(
            findings(in: "source all.snapsh || use s3 b; clusters", name: name) == []
        )
        #expect(
            findings(in: "source sets.snapsh || echo failed; echo $v $w", name: name)
                == ["1:44 it is not certain that variable 'w' is set here"]
        )
        // What is known at each of its failures, whatever was set between them.
        for (wrong, isReached) in [(1, true), (2, true), (3, false), (4, false)] {
            let values = (1...4).map { $0 == wrong ? "none" : "\($0)" }
            let script =
                "use pv\nset v = \(values[1])\nset w = x\nclusters\nset v = \(values[2])\nset v = \(values[3])"
                + "; clusters || exit\n"
            try folder.write(script.utf8, to: "between.snapsh")
            let found = findings(in: "set v = \(values[0])\nsource between.snapsh || exit $v", name: name)
            #expect(found == (isReached ? ["2:31 'none' is not an exit code"] : []))
        }
        #expect(
            findings(in: "source between.snapsh || echo $w", name: name)
                == ["1:31 it is not certain that variable 'w' is set here"]
        )
    }

    @Test("an included script is read once for all checks of a run")
    func readOnce() throws {
        let folder = try TemporaryFolder()
        try folder.write("use pv\n".utf8, to: "a.snapsh")
        let source = SourceFile(name: folder.path("main.snapsh"), text: "source a.snapsh; source a.snapsh; clusters")
        let context = CheckContext(Sources.dependencies)
        #expect(Checker.check(source, context).findings.isEmpty)
        try folder.write("no command\n".utf8, to: "a.snapsh")
        #expect(Checker.check(source, context).findings.isEmpty)
        #expect(!Checker.check(source, CheckContext(Sources.dependencies)).findings.isEmpty)
    }

    @Test(
        "is checked in twice the time where the script is twice as long",
        arguments: [
            "set a# = x", "param a#", "use pv || set a# = x", "set a# = x || exit", "pick # || pick max",
            "verify x && expect file.keys != #", "expect file.keys != #",
        ]
    )
    func linear(line: String) throws {
        let folder = try TemporaryFolder()
        let name = folder.path("main.snapsh")
        func time(_ count: Int) throws -> Double {
            let lines = (0..<count).map { line.replacing("#", with: "\($0)") }.joined(separator: "\n")
            try folder.write("use pv; cluster a; pick max; verify x\n\(lines)".utf8, to: "\(count).snapsh")
            return try ["source \(count).snapsh", "source \(count).snapsh || ls"].map { text in
                let context = CheckContext(
                    Sources.dependencies,
                    needsParameterValues: false,
                    reportsUnusedParameters: true
                )
                _ = try context.included.read(folder.path("\(count).snapsh"))
                let source = SourceFile(name: name, text: text)
                return (0..<3).map { _ in ThreadTime.measure { _ = Checker.check(source, context) } }.min() ?? 0
            }.reduce(0, +)
        }
        // Half of what a quadratic cost would add.
        #expect(try time(6000) < 3 * time(3000), "\(line)")
    }

    @Test("a chain may be long, but not of any length")
    func long() {
        let links = (0..<1000).map { "use pv /\($0) || set v\($0) = x" }
        #expect(findings(in: links.joined(separator: "\n")).isEmpty)
        #expect(findings(in: links.joined(separator: " || ")).isEmpty)
        let longer = (links + links).joined(separator: " || ")
        #expect(
            findings(in: longer).map { $0.drop { $0 != " " } } == [
                " a chain has at most 2000 commands behind its first one"
            ]
        )
    }
}

@Suite("Facts where a value of a kind is wanted")
struct CheckedFactsTests {
    private func findings(in text: String) -> [String] {
        let start = "use pv; cluster a; pick max; ls; get o.db; "
        return Checker.check(SourceFile(name: "t", text: start + text), CheckContext(Sources.dependencies))
            .findings.map {
                "\($0.span.start - start.utf8.count) \($0.message)" + ($0.hint.map { " | \($0)" } ?? "")
            }
    }

    @Test(
        "a fact of the type can be filled in",
        arguments: [
            "ls --limit ${ls.count}", "ls --limit 1${ls.count}", "exit ${ls.count}", "pick ${pick.revision}",
            "pick ${pick.name}", "pick ${file.revision}", "target ${pick.version}",
            "pick max --before ${pick.modified}", "pick 0x${file.hash}",
            "keys ${file.path} --revision ${pick.revision}",
            "get ${pick.name}", "get ${pick.cluster}-${pick.revision}.db", "ls *${pick.version}*",
            "echo ${pick.size} a${pick.age}", "set n = ${ls.count}; ls --limit $n", "cluster ${pick.cluster}",
            "use service http://${pick.cluster}:19999", "expect file.revision == ${pick.revision}",
            "expect pick.name == ${pick.version}", "expect pick.name ~ ${pick.version}*", "ls --limit ${ls.count:-5}",
            "param n = ${ls.count}; ls --limit $n",
        ]
    )
    func fitting(text: String) {
        #expect(findings(in: text) == [])
    }

    private static let counts =
        "facts that fit: pick.skipped, pick.doubts, file.keys, ls.count, diff.added, diff.removed, diff.changed, source.clusters, file(PATH).keys, file(PATH).hashkv,"
        + " data(DIR).members, data(DIR).keys, data(DIR).hashkv"

    @Test(
        "what 'pick' takes is a backup's name or a revision, and no other text",
        arguments: [
            ("pick.cluster", "a text"), ("file.path", "a text"), ("file.sha256", "a SHA-256 of 64 hexadecimal digits"),
            ("file.hash", "a text of hexadecimal digits"),
            ("pick.version", "a version such as 3.1.0"), ("file.keys", "a whole number"),
        ]
    )
    func picking(fact: String, type: String) {
        #expect(
            findings(in: "pick ${\(fact)}") == [
                "5 this takes max, min, a revision or a backup's name, and '\(fact)' is \(type)"
                    + " | facts that fit: pick.name, pick.revision, file.revision, cluster.newest.name, cluster.newest.revision,"
                    + " file(PATH).revision, key(PATH, KEY).revision, data(DIR).revision"
            ]
        )
        #expect(findings(in: "set n = ${\(fact)}; pick $n").count == 1)
    }

    @Test(
        "one of another type is reported before anything runs",
        arguments: [
            (
                "ls --limit ${pick.name}",
                "11 this takes a whole number from 1 on, and 'pick.name' is a backup's name | \(counts)"
            ),
            (
                "ls --limit ${pick.size}",
                "11 this takes a whole number from 1 on, and 'pick.size' is a size such as 24KiB | \(counts)"
            ),
            (
                "ls --limit ${pick.name:-5}",
                "11 this takes a whole number from 1 on, and 'pick.name' is a backup's name | \(counts)"
            ),
            ("ls --limit ${ls.count:-none}", "11 'none' is not a whole number from 1 on"),
            (
                "ls --limit a${pick.size}",
                "11 no value of ${pick.size} makes this a whole number from 1 on"
            ),
            (
                "set n = ${pick.name}; ls --limit $n",
                "33 this takes a whole number from 1 on, and 'n' is a backup's name | \(counts)"
            ),
            (
                "exit ${pick.revision}",
                "5 this takes an exit code from 0 to 255, and 'pick.revision' is a revision such as 15 or 0xf | \(counts)"
            ),
            (
                "target ${pick.revision}",
                "7 this takes a version, and 'pick.revision' is a revision such as 15 or 0xf | facts that fit: pick.version"
            ),
            (
                "pick max --before ${pick.age}",
                "18 this takes a time, and 'pick.age' is a duration such as 90s, 15m, 24h, 7d or 1y | facts that fit: pick.modified"
            ),
            ("use service ${pick.name}", "12 this takes a URL, and 'pick.name' is a backup's name"),
            ("cluster a/b/${pick.revision}", "8 no value of ${pick.revision} makes this a cluster's name"),
            (
                "expect pick.age < ${pick.size}",
                "18 'pick.size' is a size such as 24KiB | 'pick.age' is a duration such as 90s, 15m, 24h, 7d or 1y"
            ),
            (
                "expect ls.count > x${ls.count}",
                "18 no value of ${ls.count} makes this a whole number | 'ls.count' is a whole number"
            ),
        ]
    )
    func unfitting(text: String, finding: String) {
        #expect(findings(in: text) == [finding])
    }

    private static let hash =
        "'file.hash' is up to 16 hexadecimal digits in lower case, without zeros before them"

    @Test(
        "an expectation that can never hold is reported",
        arguments: [
            ("expect ls.count < 0", "16 this can never hold: 'ls.count' is 0 or more"),
            ("expect ls.count == -1", "16 this can never hold: 'ls.count' is 0 or more"),
            ("expect ls.count <= -1", "16 this can never hold: 'ls.count' is 0 or more"),
            ("expect file.size < 0", "17 this can never hold: 'file.size' is 0 or more"),
            ("expect pick.revision < 0x0", "21 this can never hold: 'pick.revision' is 0 or more"),
            ("expect pick.age < 0s", "16 this can never hold: 'pick.age' is 0s or more"),
            ("set least = 0; expect ls.count < $least", "31 this can never hold: 'ls.count' is 0 or more"),
            ("expect ls.count > 9223372036854775807", "16 this can never hold: no ls.count is so"),
            (
                "expect file.sha256 == tooshort",
                "19 this can never hold: 'file.sha256' is 64 hexadecimal digits in lower case"
            ),
            (
                "expect file.sha256 ~ *x*",
                "19 this can never hold: 'file.sha256' is 64 hexadecimal digits in lower case"
            ),
            (
                "expect file.hash ~ [0-9]*-?",
                "17 this can never hold: \(hash)"
            ),
            ("expect file.hash == 00a1", "17 this can never hold: \(hash)"),
            ("expect file.hash == ${file.sha256}", "17 this can never hold: \(hash)"),
            ("expect file.hash ~ ${pick.version}", "17 this can never hold: \(hash)"),
            (
                "expect file.sha256 == ${file.keys}",
                "19 this can never hold: 'file.sha256' is 64 hexadecimal digits in lower case"
            ),
            (
                "expect file.sha256 == ${file.hash}",
                "19 this can never hold: 'file.sha256' is 64 hexadecimal digits in lower case"
            ),
            (
                "pick 15 || pick 16; expect pick.revision == 17",
                "41 this can never hold: it contradicts line 1"
            ),
            (
                "use pv || set n = 16; set m = 15; use pv || set m = 16; cluster a; pick $m; expect pick.revision == 17",
                "97 this can never hold: it contradicts line 1"
            ),
            (
                "set n = -1; use pv || set n = -2; cluster a; ls; expect ls.count < $n",
                "65 this can never hold: 'ls.count' is 0 or more"
            ),
            (
                "expect pick.version ~ v3.*",
                "20 this can never hold: 'pick.version' is numbers with dots between them, such as 3.4.23"
            ),
            (
                "expect ls.count > 3; expect ls.count <= 3",
                "37 this can never hold: it contradicts line 1"
            ),
            (
                "expect ls.count < 3 || expect ls.count < 2",
                "39 this can never hold: it contradicts line 1"
            ),
            (
                "expect file.verified; expect file.verified == no",
                "43 this can never hold: it contradicts line 1"
            ),
            (
                "expect pick.name == a; expect pick.name == b",
                "40 this can never hold: it contradicts line 1"
            ),
            (
                "expect pick.name ~ 3.4*; expect pick.name == 3.5",
                "42 this can never hold: it contradicts line 1"
            ),
            (
                "expect pick.version == 3.4; expect pick.version > 3.4.99; expect pick.version >= 3.5",
                "78 this can never hold: it contradicts line 1"
            ),
            (
                "pick 15; expect pick.revision == 16",
                "30 this can never hold: it contradicts line 1"
            ),
            (
                "pick some.db; expect pick.name ~ *.gz",
                "31 this can never hold: it contradicts line 1"
            ),
            (
                "expect pick.revision > 5; expect pick.revision < 7; expect pick.revision != 6",
                "73 this can never hold: it contradicts line 1"
            ),
        ]
    )
    func impossible(text: String, finding: String) {
        #expect(findings(in: text) == [finding])
    }

    @Test(
        "expectations that can hold together are not",
        arguments: [
            "expect ls.count > 3; ls; expect ls.count <= 3", "expect ls.count > 3 || echo few; expect ls.count <= 3",
            "expect ls.count < 3 || expect ls.count > 5", "expect pick.age > 2h; expect pick.age < 3h",
            "expect pick.age < 1h; expect pick.age > 1h", "expect file.sha256 ~ a*; expect file.sha256 ~ *[!a]",
            "expect pick.version ~ 3.[45].*; expect pick.version < 3.5", "expect pick.version ~ *-rc.?",
            "expect pick.version != 3.4; expect pick.version > 3.3; expect pick.version < 3.6",
            "expect pick.name != a; expect pick.name != b; expect pick.name ~ *", "expect file.hash == f",
            "expect pick.modified > 2016-01-01; expect pick.modified < 2016-01-02",
            "expect file(a).keys > 3; expect file(a).keys < 3", "expect pick.revision > 5; expect pick.revision < 7",
            "expect file.verified || expect file.verified == no", "pick 15; expect pick.revision == 0xf",
            "pick 15 || pick 16; expect pick.revision == 16", "pick 15 || pick max; expect pick.revision == 17",
            "set n = -1; use pv || set n = 2; cluster a; ls; expect ls.count < $n; expect ls.count == 1",
            "expect ls.count < 3 || expect ls.count > 5; expect ls.count == 6", "expect file.hash == 0",
            "expect file.sha256 == ${file.path}", "expect file.hash == ${file.keys}", "expect file.hash ~ 0*",
            "pick 15; pick max; expect pick.revision > 15", "pick 15; get --or-older; expect pick.revision < 15",
        ]
    )
    func together(text: String) {
        #expect(findings(in: text) == [])
    }

    @Test(
        "one that may hold, or always does, is not",
        arguments: ["< 1", "<= 0", "== 0", ">= 0", "> -1", "!= -1"]
    )
    func possible(comparison: String) {
        #expect(findings(in: "expect ls.count \(comparison)") == [])
    }
}
