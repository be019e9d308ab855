import Foundation
import TestSupport
import Testing

/// Names from outside that would act on a terminal if they were printed as they are.
@Suite(.ownThread) struct HostileNameTests {
    private static let names: [(name: String, shown: String)] = [
        ("new\nline_etcd.backup", #"new\nline_etcd.backup"#),
        ("\u{1B}[31mred", #"\u{1b}[31mred"#),
        ("\u{1B}]0;title\u{7}", #"\u{1b}]0;title\u{7}"#),
        ("right\u{202E}to left", #"right\u{202e}to left"#),
        ("c1\u{9B}31m", #"c1\u{9b}31m"#),
        ("tab\tand\rreturn", #"tab\tand\rreturn"#),
    ]

    @Test(arguments: names)
    func aNameAmongTheBackupsIsShownEscaped(_ name: String, _ shown: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.write("text".utf8, to: "v1/foo/\(name)")
        try workplace.volume.folder.write("text".utf8, to: "v1/foo/tmp/\(name)")
        let before = try workplace.state()
        let outcome = try workplace.recover("ls; ls --ignored; pick max")
        #expect(outcome.output.contains("\n\(shown) "))
        #expect(outcome.output.contains("\ntmp/\(shown) "))
        #expect(outcome.talk.contains(shown))
        #expect(outcome.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
        #expect(outcome.exitCode == 0)
        expectPlainText(outcome)
        #expect(try workplace.state() == before)
    }

    @Test(arguments: names)
    func aNameAmongTheClustersIsShownEscapedAndNotUsed(_ name: String, _ shown: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9, cluster: name)
        let outcome = try workplace.program.run(["-c", "use pv backups; clusters"])
        expectFailure(outcome, 4, says: "nothing there is a cluster: \(shown) (no cluster can be called so)")
        let chosen = try workplace.program.run(["-c", "param name; use pv backups; cluster $name", "name=\(name)"])
        expectFailure(chosen, 2, says: "'\(shown)' can't be a cluster's name")
    }

    @Test(arguments: names)
    func jsonEscapesANameAsJSONDoes(_ name: String, _: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.write("text".utf8, to: "v1/foo/\(name)")
        let outcome = try workplace.recover("ls --ignored", ["--json", "--quiet"])
        let line = try #require(outcome.output.split(separator: "\n").first { $0.contains(#""kind":"ignored""#) })
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        #expect(object?["name"] == name)
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
    }

    @Test func aNameThatIsNotUTF8IsNamedAndIgnored() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let made = try SystemTool.run(
            ["sh", "-c", #"printf x > "v1/foo/$(printf 'a\377_etcd.backup')"; mkdir "v1/$(printf 'b\376')""#],
            in: workplace.volume.folder
        )
        try #require(made.exitCode == 0)
        let outcome = try workplace.recover("ls --ignored; pick max; get out.db")
        #expect(outcome.talk.contains("b\u{FFFD} (its name is not UTF-8)"))
        #expect(outcome.output.contains("a\u{FFFD}_etcd.backup  its name is not UTF-8"))
        #expect(outcome.exitCode == 0)
        #expect(try workplace.made() == ["out.db"])
    }

    @Test func aVolumeWithSuchANameIsShownEscaped() throws {
        let program = try Program()
        let volume = try BackupVolume()
        try volume.add(9)
        try program.folder.link("a\n\u{1B}[31m", to: volume.path)
        let outcome = try program.run(
            ["-c", "param dir; use pv $dir; cluster foo; pick max; info; use", "dir=a\n\u{1B}[31m"]
        )
        #expect(outcome.output.contains(#"using volume a\n\u{1b}[31m, layout operator: 1 cluster, foo"#))
        #expect(outcome.exitCode == 0)
        expectPlainText(outcome)
    }

    @Test func aDestinationWithSuchANameIsShownEscaped() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let outcome = try workplace.program.run(
            ["-c", "param file; use pv backups; cluster foo; pick max; get $file", "file=a\n\u{1B}[31m"]
        )
        expectPlainText(outcome)
    }
}
