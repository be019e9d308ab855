import Audit
import Dispatch
import TestSupport
import Testing

@testable import Shell

@Suite("The command table")
@MainActor
struct CommandTableTests {
    @Test("has a summary and an example for every command, each under its own name")
    func declarations() {
        for command in Sources.commands.all {
            #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."), "\(command.name)")
            #expect(!command.examples.isEmpty, "\(command.name)")
        }
        for command in Sources.commands.all {
            let names = Set(command.options.map(\.name))
            #expect(names.count == command.options.count, "\(command.name)")
            let letters = command.options.compactMap(\.short)
            #expect(Set(letters).count == letters.count && letters.allSatisfy { $0.count == 1 }, "\(command.name)")
            for option in command.options {
                let others = (option.goesWith() + option.excludes()).map(\.declaration.name)
                #expect(names.isSuperset(of: others), "\(command.name) --\(option.name)")
            }
        }
        #expect(Set(Sources.commands.all.map(\.name)).count == Sources.commands.all.count)
        #expect(Self.examples.count >= 30 && Sources.commands.all.count >= 40)
    }

    /// Every line that `help` shows as an example, but those of drills: they change the current folder, which all tests
    /// of this process share. The program's tests run them.
    nonisolated static let examples = Sources.commands.all.filter { $0.words.first != "drill" }.flatMap { command in
        command.examples.map { (command.name, $0.line) }
    }

    @Test("every example does what it says", arguments: examples)
    func running(name: String, line: String) async throws {
        let scene = try Scene()
        try scene.volume.add(15, age: 3600)
        try scene.volume.add(16, age: 60)
        let folder = try TemporaryFolder()
        let text = try ExampleFiles.prepare(line, in: folder, volume: scene.volume.path)
        if !["use", "use s3", "use pv", "cluster"].contains(name) {
            #expect(await scene.run("use pv; cluster foo") == .success)
        }
        if ["info", "get"].contains(name) { #expect(await scene.run("pick max") == .success) }
        #expect(await scene.run(text) == .success, "\(text): \(scene.talk)")
    }

    @Test("help tells of every command, option, fact and exit code")
    func help() async throws {
        let scene = try Scene()
        #expect(await scene.run("help; help drill") == .success)
        for command in Sources.commands.all { #expect(scene.data.contains("  \(command.name)")) }
        for command in Sources.commands.all where command.name != "!" {
            let scene = try Scene()
            #expect(await scene.run("help \(command.name)") == .success)
            // A long one takes several lines.
            #expect(scene.data.replacing(/\n +\[/, with: " [").contains(command.usage))
            #expect(scene.data.contains(command.summary))
            for option in command.options { #expect(scene.data.contains("--\(option.name)")) }
        }
        _ = await scene.run("help facts; help codes; help language; help transcript")
        for field in TranscriptField.all { #expect(scene.data.contains("\n\(field.name) ")) }
        for fact in Fact.all { #expect(scene.data.contains(fact.usage)) }
        for code in ExitCode.allCases.map(\.rawValue) + [129, 143] { #expect(scene.data.contains("  \(code) ")) }
    }

    @Test("help knows commands by each of their words, and topics, in a terminal of 80 columns")
    func topics() async throws {
        for topic in HelpSubject.topics(Sources.commands) {
            let scene = try Scene()
            #expect(await scene.run("help \(topic)") == .success, "\(scene.talk)")
            #expect(scene.data.utf8.count > 200, "\(topic)")
            guard ["credentials", "proxy", "json", "codes"].contains(topic) else { continue }
            for line in scene.data.split(separator: "\n") { #expect(line.count <= 84, "\(line)") }
        }
        for command in Sources.commands.all where command.name != "!" {
            for word in [command.words.last ?? ""] + command.otherWords {
                let scene = try Scene()
                #expect(await scene.run("help \(word)") == .success, "\(word): \(scene.talk)")
            }
        }
        let meant = [
            "s3": "use s3 BUCKET", "volume": "use pv [DIR]", "bucket": "use s3 BUCKET", "service": "use service [URL]",
            "list": "ls [GLOB]", "download": "get [FILE]", "start": "drill start", "quit": "exit [CODE]",
            "credentials": "AWS_ACCESS_KEY_ID", "credential": "AWS_ACCESS_KEY_ID", "proxy": "HTTPS_PROXY",
            "json": "\"kind\":\"end\"", "codes": "129", "runbook": "one command a line", "layouts": "operator",
            "layout": "k3s",
        ]
        for (topic, text) in meant {
            let scene = try Scene()
            #expect(await scene.run("help \(topic)") == .success, "\(topic): \(scene.talk)")
            #expect(scene.data.contains(text), "\(topic): \(scene.data)")
        }
        let scene = try Scene()
        #expect(await scene.run("help frobnicate") == .mistake)
        #expect(await scene.run("help credentails") == .mistake)
        #expect(scene.talk.contains("did you mean 'credentials'?"))
    }
}

@Suite("Completion")
@MainActor
struct CompleterTests {
    private func candidates(_ line: String, in scene: Scene) -> [String] {
        // Other tests keep the machine busy: here nobody waits for a key.
        Completer(scene.session, deadline: Deadline(limit: .seconds(300))).complete(line).candidates
    }

    @Test("knows commands, options, clusters, backups, facts, topics and variables")
    func words() async throws {
        let scene = try Scene()
        let name = try scene.volume.add(15)
        try scene.volume.add(3, cluster: "two words")
        #expect(candidates("cl", in: scene) == ["clusters", "cluster"])
        #expect(candidates("use ", in: scene) == ["service", "s3", "pv"])
        #expect(candidates("use volume \(scene.volume.path)/v", in: scene) == ["\(scene.volume.path)/v1/"])
        #expect(candidates("use \(scene.volume.path)/v", in: scene) == ["\(scene.volume.path)/v1/"])
        #expect(candidates("echo a && pi", in: scene) == ["pick"])
        #expect(candidates("cluster ", in: scene).isEmpty)
        _ = await scene.run("use pv; cluster foo; set mine = 1")
        #expect(candidates("cluster ", in: scene) == ["foo", "'two words'"])
        #expect(candidates("cluster 'two", in: scene) == ["'two words'"])
        #expect(candidates("pick ", in: scene) == ["max", "min", name])
        #expect(
            candidates("pick max --", in: scene) == [
                "--before", "--etcd-version", "--node", "--kind", "--by", "--deleted", "--version-id", "--revision",
                "--etag",
                "--sha256",
            ]
        )
        #expect(candidates("pick max --etcd-version ", in: scene) == ["3.4.23"])
        #expect(
            candidates("pick max --before x --", in: scene) == [
                "--etcd-version", "--node", "--kind", "--by", "--deleted", "--version-id", "--revision", "--etag",
                "--sha256",
            ]
        )
        #expect(candidates("ls -", in: scene) == ["-n", "--limit", "--ignored", "--deleted"])
        #expect(candidates("ls -n 5 -", in: scene) == ["--ignored", "--deleted"])
        #expect(candidates("pick -n ", in: scene).isEmpty && candidates("ls -n ", in: scene).isEmpty)
        #expect(candidates("ls -n 5 3.4.23_", in: scene) == [name])
        #expect(candidates("expect pick.a", in: scene) == ["pick.age"])
        #expect(candidates("expect pick.age ", in: scene).contains(">="))
        #expect(candidates("help fa", in: scene) == ["facts"])
        #expect(candidates("help recovery ku", in: scene) == ["kubeadm", "kubespray", "kubekey", "kubermatic"])
        #expect(candidates("help recovery k3s ", in: scene).isEmpty)
        #expect(candidates("echo $m", in: scene) == ["$mine"])
        #expect(candidates("echo ${pick.ag", in: scene) == ["${pick.age}"])
        #expect(candidates("echo \"a $m", in: scene) == ["$mine"])
        #expect(candidates("echo a || pick 'ma", in: scene) == ["max"])
        #expect(candidates("pick max --etcd-version=", in: scene) == ["3.4.23"])
        #expect(candidates("pick max --etcd-version=3.4.23 --b", in: scene) == ["--before", "--by"])
        #expect(candidates("pick max --by ", in: scene) == ["revision", "time"])
        #expect(candidates("pick max --kind ", in: scene) == ["full"])
        #expect(candidates("echo '|' | pi", in: scene).isEmpty && candidates("echo $mine/pi", in: scene).isEmpty)
        #expect(candidates("# cl", in: scene).isEmpty && candidates("!cl", in: scene).isEmpty)
        #expect(candidates("nonsense ", in: scene).isEmpty)
    }

    @Test func `knows the nodes and kinds that the names of backups say`() async throws {
        let folder = try TemporaryFolder()
        for name in ["etcd-snapshot-node-a-1714500000", "on-demand-node-b-1714500000"] {
            try folder.write([1], to: name)
        }
        let scene = try Scene()
        _ = await scene.run("use pv \(folder.path)")
        #expect(candidates("pick max --node ", in: scene) == ["node-a", "node-b"])
        #expect(candidates("pick max --kind ", in: scene) == ["full", "on-demand", "scheduled"])
    }

    @Test("knows files and folders, and quotes what needs it")
    func paths() throws {
        let scene = try Scene()
        let folder = try TemporaryFolder()
        for name in ["a.db", "b c.db", ".hidden", "sub/x", "new\nline"] { try folder.write([1], to: name) }
        let path = folder.path
        #expect(candidates("get \(path)/", in: scene) == ["\(path)/a.db", "'\(path)/b c.db'", "\(path)/sub/"])
        #expect(candidates("get \(path)/.", in: scene) == ["\(path)/.hidden"])
        #expect(candidates("use pv \(path)/", in: scene) == ["\(path)/sub/"])
        #expect(candidates("get '\(path)/b ", in: scene) == ["'\(path)/b c.db'"])
        #expect(candidates("get /nonexistent/", in: scene).isEmpty)
        #expect(Completer(scene.session).complete("get \(path)/a").start == 4)
    }
}
