import Foundation
import TestSupport
import Testing

@Suite("What is no drill", .ownThread)
struct BadDrillTests {
    private let home: DrillHome

    init() throws { home = try DrillHome() }

    @Test(
        "is refused with a reason, and nothing is made",
        arguments: [
            ("service-gon", 4, "did you mean 'service-gone'?"),
            ("nothing-like-it", 4, "there is none of that name"),
            ("./missing.yaml", 1, "cannot read the drill ./missing.yaml: no such file or directory"),
            ("./text.yaml", 1, "cannot use the drill ./text.yaml"),
            ("./broken.yaml", 1, "cannot use the drill ./broken.yaml"),
            ("./bytes.yaml", 1, "cannot use the drill ./bytes.yaml"),
            ("./empty.yaml", 1, "cannot use the drill ./empty.yaml"),
            ("./large.yaml", 1, "cannot read the drill ./large.yaml: it is larger than 1.0 MiB"),
            ("./folder.yaml", 1, "cannot read the drill ./folder.yaml"),
            ("./beside.yaml", 1, "beside.db"),
            ("./outside.yaml", 1, "cannot use the drill ./outside.yaml"),
        ] as [(String, Int32, String)]
    )
    func refused(name: String, exitCode: Int32, reason: String) throws {
        let drill = try OwnDrill.text()
        try home.folder.write("just a text\n".utf8, to: "text.yaml")
        try home.folder.write(drill.replacing("world:", with: "world: {").utf8, to: "broken.yaml")
        try home.folder.write((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) }, to: "bytes.yaml")
        try home.folder.write([], to: "empty.yaml")
        try home.folder.write((drill + String(repeating: "# x\n", count: 300_000)).utf8, to: "large.yaml")
        try home.folder.makeFolder("folder.yaml")
        try home.folder.write(
            drill.replacing("content: shop-thursday", with: "content: ./beside.db").utf8,
            to: "beside.yaml"
        )
        try home.folder.write(
            drill.replacing("content: shop-thursday", with: "content: ./../../../etc/passwd").utf8,
            to: "outside.yaml"
        )
        let before = try home.folder.state()
        for words in [["-c", "drill start \(name)"], ["drill", "test", name]] {
            let outcome = try home.program.run(words)
            if words.first == "-c" || outcome.exitCode != 0 && !name.contains("beside") {
                expectFailure(outcome, exitCode, says: reason)
            } else {
                #expect(outcome.exitCode != 0)
            }
        }
        #expect(try home.sandboxes().isEmpty)
        let after = try home.folder.state()
        #expect(after.items.filter { !$0.key.hasPrefix(".local") } == before.items)
    }

    @Test("a snapshot beside a drill is used, also where it is not readable later")
    func beside() throws {
        try home.folder.write(try Fixture.snapshot("late.db"), to: "own/late.db")
        let drill = try OwnDrill.text().replacing("content: shop-thursday", with: "content: ./late.db")
            .replacing("    has-key: /shop/orders/1055", with: "    exists: true")
        try home.folder.write(drill.utf8, to: "own/own.yaml")
        let outcome = try home.program.run(["-c", "drill start own/own.yaml; drill reset; drill again"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        try FileManager.default.removeItem(atPath: home.folder.path("own"))
        let inside = try home.runInWork(
            "use s3 my-backups; cluster shop || cluster webshop || cluster shop-eu; use service; pick max"
        )
        #expect(inside.exitCode == 0, "\(inside.talk)")
        #expect(try home.program.run(["-c", "drill stop"]).exitCode == 0)
        try home.expectClean()
    }

    @Test("without a home there are no drills, and that is said")
    func noHome() throws {
        for environment in [["HOME": ""], ["HOME": "relative"]] {
            let outcome = try home.program.run(["-c", "drill start service-gone"], environment: environment)
            expectFailure(outcome, 1, says: "cannot run drills: there is no home directory to keep them in")
            // What needs no folder works.
            #expect(try home.program.run(["drill"], environment: environment).output.contains("service-gone"))
        }
        let other = try TemporaryFolder()
        let outcome = try home.program.run(
            ["-c", "drill start service-gone"],
            environment: ["HOME": "", "XDG_STATE_HOME": other.path]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try other.names(in: "snapsh/drills").count == 1)
        let refused = try home.program.run(["-c", "drill start service-gone"], environment: ["HOME": "/dev/null"])
        expectFailure(refused, 1, says: "cannot write /dev/null/.local: not a directory")
    }

    @Test("a torn line among results hides none of the others")
    func torn() throws {
        let way = """
            drill start service-healthy; use s3 my-backups; cluster shop || cluster webshop || cluster shop-eu; use service; pick max
            get recovered.db; drill check; drill stop --discard
            """
        #expect(try home.program.run(["-c", way]).exitCode == 0)
        let file = "\(DrillHome.drills)/results.jsonl"
        let line = try home.folder.read(file)
        try home.folder.write(
            line + [0xFF, 0, 10] + "{\"kind\":\"other\"}\n[]\n".utf8 + line.prefix(line.count / 2),
            to: file
        )
        #expect(try home.program.run(["-c", way]).exitCode == 0)
        let report = try home.program.run(["drill", "report", "-o", "r.md"])
        #expect(report.exitCode == 0 && report.output.contains("2 results"), "\(report.output)\(report.talk)")
        let list = try home.program.run(["drill"])
        #expect(list.exitCode == 0 && list.output.contains("5 min, done"))
    }
}
