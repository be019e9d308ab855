import TestSupport
import Testing

/// Files that etcd restores, although something about them is unusual: what the program says of them.
@Suite("A file with damage that loses no key", .ownThread)
struct ToleratedFileTests {
    private func program(with sample: String) throws -> Program {
        let program = try Program()
        try program.folder.write(Fixture.oddCase(sample), to: "file.db")
        return program
    }

    @Test(
        "is sound, with a sentence about what is unusual",
        arguments: [
            ("migrated.db", "note: file.db: its keys were migrated from etcd's API v2"),
            ("fl-leak.db", "warning: file.db: its list of free pages is wrong"),
            ("fl-used.db", "warning: file.db: its list of free pages is wrong"),
        ]
    )
    func sound(sample: String, sentence: String) throws {
        let program = try program(with: sample)
        try BackupVolume(folder: program.folder).add(2, content: Fixture.oddCase(sample))
        let get = "use pv .; cluster foo; pick max; get file.db --force"
        for command in ["verify file.db", "status file.db", get, "restore file.db --data-dir data"] {
            let outcome = try program.run(["-c", command])
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            #expect(outcome.talk.contains(sentence), "\(outcome.talk)")
        }
        let again = try program.run(["-c", "verify data/member/snap/db --allow-no-trailer"])
        #expect(again.exitCode == 0, "\(again.talk)")
        #expect(!again.talk.contains("free pages"), "\(again.talk)")
    }

    @Test("one torn meta page: the data is that of the other one, and a restore heals it")
    func tornMetaPage() throws {
        let program = try program(with: "tornnewest.db")
        let refused = try program.run(["-c", "restore file.db --data-dir data"])
        #expect(refused.exitCode == 5 && refused.talk.contains("add --skip-hash-check"), "\(refused.talk)")
        #expect(!program.folder.exists("data"))
        let outcome = try program.run(["-c", "restore file.db --data-dir data --skip-hash-check"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.talk.contains("meta page 0 is damaged")
                && outcome.talk.contains("transaction 15, revision 28 (0x1c)"),
            "\(outcome.talk)"
        )
        let again = try program.run(["-c", "verify data/member/snap/db --allow-no-trailer"])
        #expect(again.exitCode == 0 && !again.talk.contains("meta page"), "\(again.talk)")
    }

    @Test("a hint never names an option that was given")
    func hints() throws {
        let program = try Program()
        var bytes = try Fixture.snapshot("middle.db").dropLast(32)
        // A leaf that holds no more elements, in a file without a trailer.
        let leaf = try #require(
            stride(from: 2 * 4096, to: bytes.count, by: 4096).first { bytes[$0 + 8] == 2 && bytes[$0 + 10] > 20 }
        )
        bytes[leaf + 10] = 0
        try program.folder.write(bytes, to: "file.db")
        for (command, option) in [
            ("restore file.db --data-dir data", "--skip-hash-check"), ("verify file.db", "--allow-no-trailer"),
        ] {
            let outcome = try program.run(["-c", "\(command) \(option)"])
            #expect(outcome.exitCode == 5)
            #expect(outcome.talk.contains("a leaf below a branch is empty"), "\(outcome.talk)")
            #expect(!outcome.talk.contains("    hint: ") || !outcome.talk.contains("with \(option)"), "\(outcome.talk)")
        }
        #expect(!program.folder.exists("data"))
    }
}
