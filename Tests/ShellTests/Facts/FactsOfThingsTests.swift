import Files
import Foundation
import Glibc
import Language
import TestSupport
import Testing
import Text

@testable import Shell

@Suite("Facts of things", .ownThread)
@MainActor
struct FactsOfThingsTests {
    private let folder: TemporaryFolder
    private let scene: Scene

    init() throws {
        folder = try TemporaryFolder()
        scene = try Scene()
        for (name, content) in [
            ("out.db", try Fixture.snapshot("late.db")), ("old.db", try Fixture.snapshot("middle.db")),
            ("cut.db", Array(try Fixture.snapshot("late.db").prefix(20000))),
            // A copy of a member's database: nothing proves that it is whole.
            ("copy.db", Array(try Fixture.snapshot("late.db").dropLast(32))),
        ] {
            try folder.write(content, to: name)
        }
        scene.session.variables["d"] = folder.path
    }

    private func value(_ fact: String) async -> String {
        let before = scene.data
        let exitCode = await scene.run("echo ${\(fact)}")
        return exitCode == .success
            ? String(scene.data.dropFirst(before.count).dropLast()) : "exit \(exitCode.rawValue)"
    }

    @Test("a snapshot file has them, as 'verify' and 'status' show them")
    func files() async {
        #expect(
            await value("file($d/out.db).sha256") == "3227c6327b61ce6d097d255882218604d82808bf01e01fecd7e972e877433036"
        )
        #expect(await value("file($d/out.db).verified") == "yes")
        #expect(await value("file($d/out.db).revision") == "208")
        #expect(await value("file($d/out.db).keys") == "139")
        #expect(await value("file($d/out.db).size") == "45088")
        #expect(await value("file($d/out.db).hash") == "71cf409a")
        #expect(await value("file($d/out.db).hashkv") == "1018532213")
        #expect(await value("file($d/copy.db).verified") == "no")
        #expect(await value("file($d/copy.db).keys") == "139")
        #expect(await value("file($d/cut.db).verified") == "no")
        #expect(await value("file($d/cut.db).size") == "20000")
    }

    @Test("what could not be read is a failure of its kind, which '||' catches")
    func failures() async {
        #expect(await value("file($d/none.db).verified") == "exit 4")
        #expect(await value("file($d/out.db/x).verified") == "exit 4")
        #expect(await value("file($d/cut.db).keys") == "exit 5")
        #expect(await value("file($d).keys") == "exit 1")
        #expect(await value("key($d/none.db, /a).exists") == "exit 4")
        #expect(await value("key($d/cut.db, /a).exists") == "exit 5")
        #expect(await value("key($d/out.db, /none).value") == "exit 4")
        #expect(await value("data($d/none).keys") == "exit 4")
        #expect(await value("data($d).keys") == "exit 4")
        #expect(await value("port(no-such-host.invalid:1).open") == "exit 6")
        #expect(await value("file($d/none.db).sha256:-nothing") == "nothing")
        #expect(await value("file($d/cut.db).keys:-nothing") == "exit 5")
        #expect(await scene.run("expect file($d/none.db).verified") == .notFound)
        #expect(await scene.run("expect file($d/cut.db).verified || echo caught") == .success)
        #expect(scene.data.hasSuffix("caught\n"))
        #expect(await scene.run("expect file($d/cut.db).verified") == .unmetExpectation)
        #expect(scene.talk.contains(".verified is no: it is truncated"))
    }

    @Test("a key is there or not, and 'expect' does not show its value")
    func keys() async {
        let key = "key($d/out.db, /registry/leases/kube-node-lease/node-0)"
        #expect(await value("\(key).exists") == "yes")
        #expect(await value("\(key).revision") == "156")
        #expect(await value("key($d/out.db, /registry/leases/kube-node-lease/node-).exists") == "no")
        let secret = #"{"kind":"Lease","node":"node-0","generation":1}"#
        #expect(await value("\(key).value") == secret)
        let before = (scene.data.count, scene.talk.count)
        #expect(await scene.run("expect \(key).value ~ '*generation*'; set v = ${\(key).value}") == .success)
        #expect(
            await scene.run("expect \(key).value == ${\(key).value} && expect \(key).value == other")
                == .unmetExpectation
        )
        #expect(await scene.run("expect file($d/out.db).sha256 == ${\(key).value}") == .unmetExpectation)
        #expect(scene.session.variables["v"] == secret)
        #expect(!scene.data.dropFirst(before.0).contains("generation\":1"))
        #expect(!scene.talk.dropFirst(before.1).contains("generation\":1"))
    }

    @Test("a private value is shown by no command that takes it, whatever is wrong with it")
    func heldValues() async {
        let key = "key($d/out.db, /registry/leases/kube-node-lease/node-0)"
        #expect(await scene.run("param v = ${\(key).value}; set w = \"a $v\"") == .success)
        #expect(scene.session.privateNames == ["v", "w"])
        #expect(await scene.run("use pv $d; pick max; expect pick.name == $v") == .unmetExpectation)
        #expect(await scene.run("target $v || echo caught") == .success)
        #expect(scene.talk.contains("what is given for VERSION is not a version"))
        #expect(!scene.data.contains("generation") && !scene.talk.contains("generation"))
        #expect(await scene.run("set v = x; echo $v") == .success)
        #expect(scene.session.privateNames == ["w"])
    }

    @Test("a private value stays so as a parameter, and as the name of a thing")
    func heldNames() async throws {
        let key = "key($d/out.db, /registry/leases/kube-node-lease/node-0)"
        try folder.write("param v = none\necho $v\n".utf8, to: "inc.snapsh")
        let echoing = Interpreter(scene.session, echoesCommands: true)
        let text = "set v = ${\(key).value}; source '\(folder.path("inc.snapsh"))'"
        let (program, findings) = try await Interpreter.check(.init(name: "t", text: text), in: scene.session)
        #expect(findings.isEmpty)
        try await echoing.run(program)
        #expect(scene.session.privateNames == ["v"] && scene.talk.contains("+ param v = ***\n+ echo ***\n"))
        // It was asked for by 'echo' only.
        let before = scene.data.count
        #expect(await scene.run("expect key($d/out.db, $v).exists == no") == .success)
        #expect(
            scene.data.hasSuffix(", ***).exists is no\n"),
            "\(scene.data)"
        )
        #expect(await scene.run("expect key($d/out.db, $v).exists") == .unmetExpectation)
        #expect(await scene.run("expect key($d/out.db, $v).revision > 1") == .notFound)
        #expect(await scene.run("expect port($v).open") != .success)
        #expect(!scene.data.dropFirst(before).contains("generation") && !scene.talk.contains("generation"))
    }

    @Test("a private value stands in no command line that is shown")
    func shownLines() async throws {
        let echoing = Interpreter(scene.session, echoesCommands: true)
        let text = "set v = ${key($d/out.db, /registry/leases/kube-node-lease/node-0).value}; echo a $v"
        let (program, findings) = try await Interpreter.check(.init(name: "t", text: text), in: scene.session)
        #expect(findings.isEmpty)
        try await echoing.run(program)
        #expect(scene.data.contains("node-0") && !scene.talk.contains("generation"))
        #expect(scene.talk.contains("+ set v = ***\n+ echo a ***\n"))
    }

    @Test("a data directory has them, and is not written to")
    func directories() async throws {
        #expect(await scene.run("restore $d/out.db --data-dir $d/data") == .success)
        let before = try folder.state()
        #expect(await value("data($d/data).revision") == "208")
        #expect(await value("data($d/data).cluster-id") == "cdf818194e3a8c32")
        #expect(await value("data($d/data).members") == "1")
        #expect(await value("data($d/data).keys") == "139")
        #expect(await scene.run("expect data($d/data).hashkv == ${file($d/out.db).hashkv}") == .success)
        #expect(await scene.run("expect data($d/data).hash != ${file($d/out.db).hash}") == .success)
        #expect(try folder.state() == before)
        try folder.write([1, 2, 3], to: "data/member/wal/0000000000000000-0000000000000000.wal")
        #expect(await value("data($d/data).cluster-id") == "exit 5")
        #expect(await value("data($d/data).keys") == "139")
    }

    @Test("the keys' hash of a data directory is the file's where the revision is, and 'help' and 'restore' say so")
    func hashOfRaisedRevision() async throws {
        let raise = "--bump-revision 5 --mark-compacted"
        #expect(await scene.run("restore $d/out.db --data-dir $d/raised \(raise)") == .success)
        #expect(scene.data.contains("1018532213 at revision 208, as in the file\n"))
        #expect(
            scene.data.contains(
                "'etcdctl endpoint hashkv' prints what this does: hashkv \(folder.path("raised/member/snap/db"))\n"
            )
        )
        #expect(await scene.run("expect data($d/raised).hashkv != ${file($d/out.db).hashkv}") == .success)
        #expect(await scene.run("restore $d/out.db --data-dir $d/same") == .success)
        #expect(scene.data.contains("1018532213 at revision 208, the same as in the file\n"))
        #expect(await scene.run("expect data($d/same).hashkv == ${file($d/out.db).hashkv}") == .success)
        let summary = try #require(Fact.byName["data().hashkv"]).summary
        #expect(summary.contains("--bump-revision"), "\(summary)")
    }

    @Test("the log of a data directory that was restored with --wal-dir is found in the same session only")
    func separateLogs() async throws {
        #expect(await scene.run("restore $d/out.db --data-dir $d/data --wal-dir $d/wal") == .success)
        #expect(await value("data($d/data).cluster-id") == "cdf818194e3a8c32")
        #expect(await value("data($d/data).keys") == "139")
        // To another session it is one without a log.
        try folder.write(try folder.read("data/member/snap/db"), to: "other/member/snap/db")
        try folder.makeFolder("other/member/wal")
        #expect(await value("data($d/other).cluster-id") == "exit 4")
        #expect(scene.talk.contains("is known only after 'restore' in the same session"), "\(scene.talk)")
    }

    @Test("a log that can't be read is no log that is missing, and only the fact that needs it fails")
    func unreadableLog() async throws {
        #expect(await scene.run("restore $d/out.db --data-dir $d/data") == .success)
        let log = folder.path("data/member/wal")
        try FileManager.default.removeItem(atPath: log)
        #expect(await value("data($d/data).cluster-id") == "exit 4")
        try FileManager.default.createSymbolicLink(atPath: log, withDestinationPath: log)
        #expect(await value("data($d/data).cluster-id") == "exit 1")
        #expect(scene.talk.contains("cannot read member/wal: too many levels of symbolic links"))
        #expect(await value("data($d/data).keys") == "139")
        let forbidden = DataDirectoryError.unreadableLog("data", name: "member/wal", SystemError(code: EACCES))
        #expect(ExitCode(forbidden) == .unreachable)
    }

    @Test("a file is read once as long as it does not change")
    func kept() async throws {
        let path = folder.path("out.db")
        let first = try await scene.session.files.checked(path, scene.session)
        try folder.write([], to: "out.db")
        try folder.write(try Fixture.snapshot("middle.db"), to: "out.db")
        let second = try await scene.session.files.checked(path, scene.session)
        #expect(first.result != second.result)
        #expect(await value("file($d/out.db).revision") == "168")
    }

    @Test("a host whose name servers are silent is given up after 5 s", .timeLimit(.minutes(1)))
    func silentNameServer() async throws {
        let address = try #require(HostAndPort("etcd-0.test:2379"))
        let error = await #expect(throws: UnknownHost.self) {
            try await address.acceptsConnections { _ in
                Glibc.sleep(20)
                return []
            }
        }
        #expect(error.map { "\($0)" } == "cannot find the host etcd-0.test: no answer from etcd-0.test:2379 within 5 s")
    }

    @Test("a port is open where something listens")
    func ports() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                try #require(bind(listener, plain, byteCount) == 0 && listen(listener, 1) == 0)
                try #require(getsockname(listener, plain, &byteCount) == 0)
            }
        }
        let port = UInt16(bigEndian: address.sin_port)
        #expect(await value("port(127.0.0.1:\(port)).open") == "yes")
        #expect(await scene.run("expect port(127.0.0.1:\(port)).open") == .success)
        #expect(await value("port(127.0.0.1:1).open") == "no")
    }

    @Test("the source in use is asked for its clusters and the newest backup")
    func sources() async throws {
        try scene.volume.add(15, age: 7200)
        try scene.volume.add(16, age: 3600)
        try scene.volume.add(3, cluster: "bar")
        #expect(await scene.run("echo ${source.clusters}") == .mistake)
        #expect(await scene.run("use pv; echo ${cluster.newest.age}") != .success)
        #expect(scene.talk.contains("bar, foo"))
        #expect(await scene.run("use pv; cluster foo; expect source.clusters == 2") == .success)
        #expect(await value("cluster.newest.revision") == "16")
        #expect(await value("cluster.newest.name") == "3.4.23_0000000000000010_etcd.backup")
        #expect(await scene.run("expect cluster.newest.age < 2h && expect cluster.newest.age >= 1h") == .success)
        #expect(await scene.run("expect cluster.newest.age < 30m") == .unmetExpectation)
    }

    @Test(
        "in a check they have types, and their words kinds",
        arguments: [
            ("expect file(a).keys", "1:8 'file(PATH).keys' is a whole number, and needs something to be compared with"),
            ("expect file(a).verifed", "1:8 unknown fact 'file(…).verifed'"),
            ("expect key(a).exists", "1:8 'key(…).exists' takes PATH, KEY"),
            ("expect key(a, '').exists", "1:15 a key can't be empty"),
            ("expect port(a).open", "1:13 'a' is not a host with a port"),
            ("expect file($x).verified", "1:13 variable 'x' is not set before this"),
            ("expect data(a).members == x", "1:27 'x' is not a whole number"),
            ("expect data(a).members < 0", "1:24 this can never hold: 'data(DIR).members' is 0 or more"),
            ("echo ${key(a, b).value}", ""),
            ("exit ${key(a, b).value}", "1:6 this takes an exit code from 0 to 255, and 'key(…).value' is a text"),
            (
                "exit ${file(a).verified}",
                "1:6 this takes an exit code from 0 to 255, and 'file(…).verified' is yes or no"
            ),
            ("param t --secret; expect file($t).verified", "1:31 't' is secret, and this would show it"),
            ("param t --secret; echo ${file($t).sha256}", "1:31 't' is secret, and this would show it"),
            (
                "expect source.clusters > 0",
                "1:8 no source of backups is in use before this, so 'source.clusters' has no value"
            ),
        ]
    )
    func checked(text: String, finding: String) {
        let context = CheckContext(Sources.dependencies, needsParameterValues: false)
        let findings = Checker.check(.init(name: "t", text: text), context).findings.map {
            "\($0.source.position(at: $0.span.start).line):\($0.source.position(at: $0.span.start).column) \($0.message)"
        }
        #expect(findings == (finding.isEmpty ? [] : [finding]))
    }

    @Test("Tab knows what they begin with, the file, and what it can be asked")
    func completion() {
        func candidates(_ line: String) -> [String] {
            Completer(scene.session, deadline: Deadline(limit: .seconds(300))).complete(line).candidates
        }
        #expect(candidates("expect fi").suffix(1) == ["file("])
        let path = "file(\(folder.path)"
        #expect(candidates("expect \(path)/o") == ["\(path)/old.db", "\(path)/out.db"])
        #expect(candidates("expect file(out.db).v") == ["file(out.db).verified"])
        #expect(candidates("expect data(x).c") == ["data(x).cluster-id"])
    }

    @Test("files and keys whose names only look the same are two")
    func lookalikes() async throws {
        let (composed, decomposed) = ("nod\u{E9}0", "node\u{301}0")
        var bytes = try Fixture.snapshot("late.db")
        while let range = bytes.firstRange(of: Array("node-lease/node-0".utf8)) {
            bytes.replaceSubrange(range, with: Array("node-lease/\(composed)".utf8))
        }
        try folder.write(Resealed.bytes(bytes), to: "\(composed).db")
        try folder.write(try Fixture.snapshot("middle.db"), to: "\(decomposed).db")
        #expect(await value("file($d/\(composed).db).revision") == "208")
        #expect(await value("file($d/\(decomposed).db).revision") == "168")
        #expect(await value("file($d/\(composed).db).revision") == "208")
        #expect(await value("key($d/\(composed).db, /registry/leases/kube-node-lease/\(composed)).exists") == "yes")
        #expect(await value("key($d/\(composed).db, /registry/leases/kube-node-lease/\(decomposed)).exists") == "no")
        try folder.write(Array("echo one".utf8), to: "\(composed).snapsh")
        try folder.write(Array("echo two".utf8), to: "\(decomposed).snapsh")
        let line = [composed, decomposed].map { "source $d/\($0).snapsh" }.joined(separator: "; ")
        #expect(await scene.run(line) == .success)
        #expect(scene.data.hasSuffix("one\ntwo\n"))
    }
}
