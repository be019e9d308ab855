import Files
import Foundation
import TestSupport
import Testing

@testable import Backups

@Suite("The companions of a backup")
struct CompanionFolderTests {
    private let parent: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        parent = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    private func folder(
        replacing replacesExisting: Bool = false,
        _ limits: CompanionFolder.Limits = .init()
    ) throws -> CompanionFolder {
        try CompanionFolder(parent.path("beside"), replacesExisting: replacesExisting, limits: limits)
    }

    private func give(_ bytes: [UInt8], as name: String, kind: PackedEntry.Kind = .file, to folder: CompanionFolder)
        throws
    {
        guard let sink = folder.sink(for: PackedEntry(name: name, kind: kind, byteCount: nil)) else { return }
        for piece in stride(from: 0, to: bytes.count, by: 7) {
            try bytes[piece..<min(piece + 7, bytes.count)].withUnsafeBytes { try sink.write($0) }
        }
        try sink.finish()
    }

    @Test("get their names in the end, for their owner alone")
    func written() throws {
        let folder = try folder()
        try give(Array("a: 1\n".utf8), as: "./k0s.yaml", to: folder)
        try give(Array("key".utf8), as: "/etc/kubernetes/pki/sa.key", to: folder)
        try give([], as: "empty", to: folder)
        #expect(try parent.names(in: "beside").isEmpty)
        let outcome = folder.publish()
        #expect(outcome.written == ["empty", "etc/kubernetes/pki/sa.key", "k0s.yaml"] && outcome.refused.isEmpty)
        #expect(try parent.read("beside/etc/kubernetes/pki/sa.key") == Array("key".utf8))
        #expect(try parent.names(in: "beside") == ["empty", "etc", "k0s.yaml"])
        #expect(try parent.mode(of: "beside/k0s.yaml") == 0o600)
        #expect(try parent.mode(of: "beside/etc/kubernetes/pki") == 0o700 && parent.mode(of: "beside") == 0o700)
    }

    @Test("that lead out of the folder, or are no files, are refused and named")
    func refused() throws {
        try parent.makeFolder("beside")
        try parent.makeFolder("outside")
        try parent.link("beside/link", to: "../outside")
        try parent.write("mine".utf8, to: "outside/file")
        try parent.link("beside/file", to: "../outside/file")
        let folder = try folder(replacing: true)
        let names = [
            "../up", "a/../../up", "..", "/", "", "a\nb", "link/in", "\u{1B}[2J",
            // For Swift the sign and the mark behind it are one character, and "../" is no way up.
            "../\u{301}up/in", "a/../../\u{FE0F}up", "link/\u{301}up/in",
        ]
        for name in names {
            try give(Array("x".utf8), as: name, to: folder)
        }
        try give(Array("x".utf8), as: "symbolic", kind: .link, to: folder)
        try give(Array("x".utf8), as: "device", kind: .other, to: folder)
        try give(Array("x".utf8), as: String(repeating: "d/", count: 40) + "deep", to: folder)
        // A link under the name itself is replaced, and not followed.
        try give(Array("theirs".utf8), as: "file", to: folder)
        let outcome = folder.publish()
        #expect(outcome.written == ["file"] && outcome.refused.count == 14, "\(outcome)")
        #expect(outcome.refused.contains(.init(name: "../up", reason: .leavesFolder)))
        #expect(outcome.refused.contains(.init(name: "symbolic", reason: .link)))
        #expect(try parent.names() == ["beside", "outside"] && parent.names(in: "outside") == ["file"])
        #expect(try parent.read("outside/file") == Array("mine".utf8))
    }

    @Test("replace nothing unless that is asked for, and are left as they are where they are the same")
    func existing() throws {
        try parent.write("one".utf8, to: "beside/a")
        for (replaces, outcome) in [
            (false, CompanionFolder.Outcome(written: ["b"], refused: [.init(name: "a", reason: .exists)])),
            (true, CompanionFolder.Outcome(written: ["a"], unchanged: ["b"])),
            (false, CompanionFolder.Outcome(unchanged: ["a", "b"])),
        ] {
            let folder = try folder(replacing: replaces)
            try give(Array("two".utf8), as: "a", to: folder)
            try give(Array("three".utf8), as: "b", to: folder)
            #expect(folder.publish() == outcome)
            #expect(try parent.read("beside/a") == Array((replaces || outcome.written.isEmpty ? "two" : "one").utf8))
        }
        #expect(try parent.names(in: "beside") == ["a", "b"])
    }

    @Test("are bounded, each and in all")
    func bounded() throws {
        var limits = CompanionFolder.Limits()
        (limits.maxFileByteCount, limits.maxByteCount, limits.maxCount) = (20, 30, 3)
        let folder = try folder(limits)
        for (name, count) in [("a", 15), ("large", 21), ("b", 14), ("more", 5), ("c", 1), ("d", 0)] {
            try give([UInt8](repeating: 1, count: count), as: name, to: folder)
        }
        let outcome = folder.publish()
        #expect(outcome.written == ["a", "b", "c"])
        #expect(
            outcome.refused.map(\.reason) == [
                .tooLarge(maxByteCount: 20), .tooMuch(maxByteCount: 30), .tooMany(maxCount: 3),
            ]
        )
        #expect(try parent.names(in: "beside") == ["a", "b", "c"])
    }

    @Test("leave nothing where the backup is not taken")
    func discarded() throws {
        try give(Array("x".utf8), as: "in/a", to: folder())
        #expect(try parent.names(in: "beside").isEmpty)
    }

    @Test("that come again, as those of a download that starts over, come once")
    func again() throws {
        var limits = CompanionFolder.Limits()
        limits.maxByteCount = 15
        let folder = try folder(limits)
        let broken = try #require(folder.sink(for: PackedEntry(name: "a", byteCount: nil)))
        try [UInt8](repeating: 1, count: 9).withUnsafeBytes { try broken.write($0) }
        broken.drop()
        for _ in 0..<3 { try give([UInt8](repeating: 2, count: 15), as: "a", to: folder) }
        #expect(folder.publish() == CompanionFolder.Outcome(written: ["a"]))
        #expect(try parent.read("beside/a") == [UInt8](repeating: 2, count: 15))
    }

    @Test("never take the place of the backup itself, nor of its hidden file")
    func besideTheBackup() throws {
        try parent.write("the snapshot".utf8, to: "beside/etcd.db")
        try parent.write("half a snapshot".utf8, to: "beside/.etcd.db.part")
        try parent.link("same", to: "beside")
        let mark = try #require(FileMark(path: parent.path("same/etcd.db")))
        let folder = try folder(replacing: true)
        try give(Array("theirs".utf8), as: "etcd.db", to: folder)
        try give(Array("theirs".utf8), as: "other.db", to: folder)
        #expect(try parent.read("beside/.etcd.db.part") == Array("half a snapshot".utf8))
        let outcome = folder.publish(beside: mark)
        #expect(outcome.written == ["other.db"] && outcome.refused == [.init(name: "etcd.db", reason: .exists)])
        #expect(try parent.read("beside/etcd.db") == Array("the snapshot".utf8))
        #expect(try parent.names(in: "beside") == [".etcd.db.part", "etcd.db", "other.db"])
    }

    @Test("keep few files open, however many they are")
    func manyFiles() throws {
        let folder = try folder()
        let before = try openFileCount()
        for number in 0..<300 { try give([7], as: "folder\(number % 7)/\(number)", to: folder) }
        #expect(try openFileCount() < before + 50)
        #expect(folder.publish().written.count == 300)
    }

    private func openFileCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    @Test("are refused each once, in a time that grows with their number")
    func manyRefusals() throws {
        let folder = try folder()
        for _ in 0..<2 {
            for number in 0..<20_000 { try give([], as: "link\(number)", kind: .link, to: folder) }
        }
        #expect(folder.publish().refused.count == 20_000)
    }
}
