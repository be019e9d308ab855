import Backups
import Language
import TestSupport
import Testing

@testable import Shell

@Suite("Words of other tools") @MainActor
struct ForeignWordTests {
    private static func findings(_ text: String, isPrompt: Bool = true) -> [Diagnostic] {
        var dependencies = Sources.dependencies.with(home: "/home/me")
        dependencies.processEnvironment = ["CLUSTER": "demo", "API_TOKEN": "hunter2"]
        return Checker.check(
            SourceFile(name: isPrompt ? "prompt" : "r.snapsh", text: text),
            CheckContext(dependencies, isPrompt: isPrompt)
        ).findings
    }

    /// What is wrong with a line that is offered, beside what must come before it and the names that stand for values.
    private static func mistakes(in line: String) -> [String] {
        let program = Parser.parse(SourceFile(name: "prompt", text: line))
        var binder = Binder(program.script.source, Sources.commands, isTyped: true)
        for command in program.script.chains.map(\.first) { _ = binder.bind(command) }
        return (program.findings + binder.findings).map(\.message)
    }

    @Test("no row hides a command", arguments: ForeignWord.all.map(\.words))
    func rowsAreFree(words: [String]) {
        #expect(Sources.commands.commands(named: words[0]).isEmpty, "\(words): the row is of no use any more")
    }

    @Test(
        "each is answered once, with a line that can be typed where one is offered",
        arguments: ForeignWord.all.map(\.words)
    )
    func rows(words: [String]) throws {
        for rest in ["", " out.db", " out.db --nonsense=5"] {
            let text = words.joined(separator: " ") + rest
            let found = Self.findings(text)
            #expect(found.count == 1, "\(text): \(found.map(\.message))")
            let hint = try #require(found.first?.hint, "\(text)")
            guard case .command? = ForeignWord.row(for: words)?.meaning else { continue }
            let line = try #require(hint.hasPrefix("write: ") ? String(hint.dropFirst(7)) : nil, "\(text): \(hint)")
            let isUsage = Sources.commands.all.contains { $0.briefUsage == line }
            #expect(isUsage || Self.mistakes(in: line).isEmpty, "\(text): \(line): \(Self.mistakes(in: line))")
        }
    }

    @Test("what options are called elsewhere is answered with the option, and hides none")
    func options() throws {
        for (line, hint) in [
            ("serve --port 80", "write: --listen ADDRESS:PORT"), ("use s3 b --url http://h", "write: --endpoint URL"),
            ("get a --overwrite", "write: --force"), ("get a --prefix", "'keys' has it"),
            ("verify a --layout k3s", "'use s3' and 'use pv' have it"),
        ] {
            let found = Self.findings(line)
            #expect(found.first?.hint == hint, "\(line): \(found.map { $0.hint ?? "" })")
        }
        for row in ForeignOption.otherNames {
            let owners = Sources.commands.all.filter { $0.options.contains { $0.name == row.name } }
            #expect(!owners.isEmpty, "\(row.name)")
            #expect(owners.allSatisfy { $0.options.allSatisfy { !row.others.contains($0.name) } }, "\(row.name)")
        }
    }

    @Test("what is taken for a command's word stands for no other one, and does the same")
    func otherWords() throws {
        for command in Sources.commands.all {
            for word in command.otherWords {
                let siblings = Sources.commands.all.filter { $0.words.dropLast() == command.words.dropLast() }
                #expect(siblings.count { $0.isMeant(by: word) } == 1, "\(word)")
                let text = (command.words.dropLast() + [word]).joined(separator: " ")
                let (taken, own) = (Self.findings(text), Self.findings(command.name))
                #expect(taken.map(\.message) == own.map(\.message), "\(text)")
            }
        }
        #expect(Sources.commands.all.flatMap(\.otherWords).count >= 10)
    }

    @Test(
        "are answered with what they mean here",
        arguments: [
            ("list", "write: ls"), ("list 3.4*", "write: ls 3.4*"), ("backups", "write: ls"), ("show", "write: info"),
            ("show out.db", "write: status out.db"), ("download out.db", "write: get out.db"),
            ("download s3://b/v1/x.db", "write: use s3 b/v1; pick x.db; get"),
            ("snapshot status out.db", "write: status out.db"),
            ("etcdctl snapshot restore out.db --data-dir d --name m1", "write: restore out.db --data-dir d --name m1"),
            ("etcdctl snapshot status out.db --write-out=table", "write: status [FILE]"),
            ("etcdctl member list", "write: !etcdctl member list"), ("df -h", "write: !df -h"),
            ("set cluster=demo", "write: cluster demo, or for a variable: set cluster = demo"),
            ("set number=5", "write: set number = 5"), ("param number=5", "write: param number = 5"),
            ("set token=abc", "write: set token = VALUE"),
            ("cluster=demo", "write: cluster demo, or for a variable: set cluster = demo"),
            ("X=5", "write: set X = 5"), ("recover.snapsh", "write: source recover.snapsh"),
            ("out.db", "write: status out.db"),
            ("use backups", "write: use s3 backups, or: use pv backups"),
            ("verify --help", "write: help verify"), ("verify -h", "write: help verify"),
            ("cluster $CLUSTER", "the environment's is not read: set CLUSTER = VALUE"),
            ("test out.db", "write: verify out.db"), ("assert a.db", "write: expect a.db"),
            (
                "find backups",
                "in the usual folders of this machine: use pv /; elsewhere: use pv DIR, or use s3 BUCKET; then: clusters"
            ),
            ("find / -name x", "write: !find / -name x"),
            ("expect out.db", "of a file: expect file(out.db).verified"),
            ("expect file(out.db).sound", "did you mean 'file(out.db).verified'?"),
            ("expect file('a b').checksum == x", "did you mean 'file('a b').sha256'?"),
            ("expect pick.date < 2036-01-01", "did you mean 'pick.modified'?"),
            ("export AWS_PROFILE=prod", "write: use s3 BUCKET --profile prod"),
            ("export AWS_REGION=eu", "write: use s3 BUCKET --region eu"),
            ("AWS_ENDPOINT_URL=http://h:9000", "write: use s3 BUCKET --endpoint http://h:9000"),
            (
                "export AWS_SECRET_ACCESS_KEY=abc",
                "'exit', and in the system's shell: export AWS_SECRET_ACCESS_KEY=VALUE"
            ),
            ("export X=5", "write: set NAME = VALUE"),
            ("pick previous", "for the one before the pick, write: pick max --before ${pick.modified}"),
            ("ls /mnt/x", "write: use pv /mnt/x; ls"), ("ls ~/x 5", "write: use pv ~/x; ls"),
            ("clusters s3://b/p", "write: use s3 s3://b/p; clusters"), ("pick ./x", "write: use pv ./x; pick max"),
            ("ls -la", "write: ls; -n N lists only the newest N"), ("ls -l", "write: ls; -n N lists only the newest N"),
            ("ls -n5", "write: ls -n 5"), ("keys out.db -la", "it has -n; put the word in quotes if it is meant"),
            ("recovery", "write: help recovery"), ("recovery k3s", "write: help recovery k3s"),
            ("recovery nonsense", "write: help recovery"), ("layouts", "write: help layouts"),
            ("get -f", "write: --fresh, or: --force"),
            ("get -o x.db", "write: get [FILE]; a file of that name is ./-o"),
            ("get --output x.db", "write: get [FILE]"), ("restore a.db dir", "write: --data-dir dir"),
            ("use s3 b endpoint=http://h", "write: --endpoint http://h"),
            ("use file:///mnt/x", "write: use pv /mnt/x"),
            ("get latest", "write: pick max; get"),
            ("get oldest", "write: pick min; get"),
            ("get 0xd0 --force", "write: pick 0xd0; get"),
            ("record stop", "write: record off"),
            ("get s3://b/x.db", "download it first: use s3 b; pick x.db; get"),
            ("get s3://b/folder/", "download it first: use s3 b/folder; pick max; get"),
            ("verify https://host/x.db", "download it first: curl --fail --output FILE https://host/x.db"),
        ]
    )
    func answers(text: String, hint: String) {
        #expect(Self.findings("use pv; pick max; \(text)").map(\.hint) == [hint])
    }

    @Test("each word that would become a file's name is answered, with lines that can be typed")
    func files() throws {
        for row in ForeignArgument.all {
            for word in row.words {
                let found = Self.findings("use pv; pick max; \(row.command) \(word)")
                #expect(found.map(\.hint) == ["write: \(row.line)"])
                #expect(found.first?.message.hasSuffix("one that is called so is ./\(word)") == true)
                #expect(Self.mistakes(in: "\(row.line); \(row.command) ./\(word)").isEmpty, "\(row.line)")
                #expect(Self.findings("use pv; pick max; \(row.command) ./\(word)").isEmpty)
            }
        }
        #expect(Self.findings("use pv; pick max; get '-la'; ls '-la'").isEmpty)
    }

    @Test("a cluster that the place in use has is no place, and chosen by the line that is offered")
    func clusterForPlace() async throws {
        let scene = try Scene()
        for name in ["foo", "s4"] { try scene.volume.add(15, cluster: name) }
        #expect(await scene.run("use pv \(scene.volume.path)") == .success)
        for name in ["foo", "s4"] {
            #expect(await scene.run("use \(name)") == .mistake)
            #expect(scene.talk.contains("hint: it is a cluster here, write: cluster \(name)"), "\(scene.talk)")
            #expect(await scene.run("cluster \(name)") == .success)
        }
        #expect(await scene.run("use other") == .mistake)
        #expect(scene.talk.contains("hint: write: use s3 other, or: use pv other"))
    }

    @Test("'pick max --before' takes the backup before the pick, as the answer to 'pick previous' says")
    func previous() async throws {
        let scene = try Scene()
        let old = try scene.volume.add(15, age: 7200)
        try scene.volume.add(16, age: 3600)
        let text = "use pv \(scene.volume.path); pick max; pick max --before ${pick.modified}"
        #expect(await scene.run(text) == .success, "\(scene.talk)")
        #expect(scene.session.pick?.name == old)
    }

    @Test("a script has no loops, no conditions, no redirection and no programs, and each is reported once")
    func absent() {
        let text = """
            for c in a b; do
              cluster $c
            done
            while true
            do echo x; done
            if file.verified; then echo yes; else echo no; fi
            ls > list.txt
            echo fine 2>&1
            df -h
            """
        let found = Self.findings("use pv\n" + text, isPrompt: false)
        #expect(
            found.map { "\($0.source.line(at: $0.span.start)) \($0.message)" } == [
                "2 there are no loops", "7 there are no conditions but '&&' and '||'", "8 there is no redirection",
                "9 a single '&' has no meaning here", "10 unknown command 'df'",
            ]
        )
        #expect(found.last?.hint == "a script runs no programs of the system: run it before snapsh, or after it")
        #expect(Self.findings("echo 'a > b' \">\"; expect 1 > 2 || echo a").first?.message == "unknown fact '1'")
    }

    @Test(
        "a variable of the environment gets into a script by a parameter",
        arguments: [
            (
                "cluster $CLUSTER",
                "begin with 'param cluster', use $cluster, and run: snapsh r.snapsh cluster=\"$CLUSTER\""
            ),
            ("param cluster = x; cluster $CLUSTER", "use $cluster, and run: snapsh r.snapsh cluster=\"$CLUSTER\""),
            (
                "echo $API_TOKEN",
                "begin with 'param api_token --secret', use $api_token, and run:"
                    + " SNAPSH_PARAM_API_TOKEN=\"$API_TOKEN\" snapsh r.snapsh"
            ),
        ]
    )
    func environment(text: String, hint: String) {
        #expect(Self.findings(text, isPrompt: false).map(\.hint) == ["the environment's is not read: \(hint)"])
    }

    @Test(
        "a place says itself what it is a place of",
        arguments: [
            ("use /mnt/backups", "use pv"), ("use ./x", "use pv"), ("use .", "use pv"), ("use ~/x", "use pv"),
            ("use \"/mnt/$x\"", "use pv"), ("use volume /mnt", "use pv"), ("use s3://b/p", "use s3"),
            ("use s3 s3://b/p", "use s3"), ("use bucket b", "use s3"), ("use http://localhost:19999", "use service"),
            ("use sidecar", "use service"),
        ]
    )
    func places(text: String, name: String) async throws {
        let scene = try Scene()
        let (program, findings) = try await Interpreter.check(
            SourceFile(name: "prompt", text: "set x = y; \(text)"),
            in: scene.session
        )
        #expect(findings.isEmpty, "\(findings.map(\.message))")
        #expect(program.chains.last?.first.declaration.name == name)
    }

    @Test("every path of every command is one of this machine")
    func remoteFiles() {
        for command in Sources.commands.all {
            let kinds =
                command.arguments.map { ($0.name, $0.kind) }
                + command.options.compactMap { option in option.value.map { (option.name, $0.kind) } }
            for (name, kind) in kinds where kind.completion.isPath {
                let hint = kind.mistake(in: "s3://b/v1/x.db")?.hint
                #expect(hint == "download it first: use s3 b/v1; pick x.db; get", "\(command.name) \(name)")
            }
        }
    }

    @Test("'target any' takes back the target, and 'pick latest' is 'pick max'")
    func taken() async throws {
        let scene = try Scene()
        let old = try scene.volume.add(15)
        let new = try scene.volume.add(16)
        #expect(await scene.run("use \(scene.volume.path); cluster foo; target 3.1; target any") == .success)
        #expect(scene.session.target == nil && scene.data.contains("target any etcd"))
        for (word, name) in [("latest", new), ("first", old), ("newest", new), ("oldest", old), ("last", new)] {
            #expect(await scene.run("pick \(word)") == .success, "\(scene.talk)")
            #expect(scene.session.pick?.name == name, "\(word)")
        }
        #expect(await scene.run("quit") == .success)
        #expect(scene.session.isFinished)
    }
}
