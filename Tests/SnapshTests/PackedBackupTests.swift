import TestSupport
import Testing

/// Backups that are packed with other files, or lie beside them, and encrypted ones.
@Suite(.ownThread) struct PackedBackupTests {
    private let program: Program
    private let snapshot: [UInt8]

    init() throws {
        program = try Program()
        snapshot = try Fixture.snapshot("late.db")
    }

    private var folder: TemporaryFolder { program.folder }

    @Test func whatLiesBesideABackupIsListedAndWritten() throws {
        let time = "2024-01-02_030405"
        try folder.write(snapshot, to: "backups/snapshot_\(time).db")
        try folder.write("resources".utf8, to: "backups/static_kuberesources_\(time).tar.gz")
        let outcome = try program.run([
            "-c", "use pv backups; pick max; info; get out.db --companions beside; get out.db --companions beside",
        ])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains(" static_kuberesources_\(time).tar.gz\n"), "\(outcome.output)")
        #expect(outcome.output.contains("static_kuberesources_\(time).tar.gz, in beside already"))
        #expect(try folder.read("beside/static_kuberesources_\(time).tar.gz") == Array("resources".utf8))
        #expect(try folder.mode(of: "beside/static_kuberesources_\(time).tar.gz") == 0o600)
        #expect(try folder.mode(of: "beside") == 0o700)
    }

    @Test func anUnsoundBackupLeavesNoCompanions() throws {
        try folder.write(Array(snapshot.dropLast(40)), to: "in/etcd.db")
        try folder.write("key".utf8, to: "in/sa.key")
        try folder.makeFolder("backups")
        try run("tar -C in -czf backups/etcd.db.tar.gz sa.key etcd.db && rm -r in")
        let outcome = try program.run(["-c", "use pv backups; pick max; get --companions beside"])
        #expect(outcome.exitCode == 5, "\(outcome.talk)")
        #expect(try folder.names(in: "beside").isEmpty)
        #expect(try folder.names() == ["backups", "beside"])
    }

    /// The real tools that encrypt, with the command that decrypts; each needs its key from a file or a line.
    private static let encryptions = [
        (
            "openssl enc -aes-256-cbc -pbkdf2 -pass file:key.txt -in late.db -out backups/etcd.db.enc",
            "openssl enc -d -aes-256-cbc -pbkdf2 -pass file:key.txt"
        ),
        (
            "age-keygen -o key.txt && age -r $(age-keygen -y key.txt) -o backups/etcd.db.enc late.db",
            "age -d -i key.txt"
        ),
    ]

    @Test(arguments: encryptions)
    func anEncryptedBackupIsReadByACommandOfTheUsers(encrypt: String, decrypt: String) throws {
        try folder.write(snapshot, to: "late.db")
        try folder.write("correct horse\n".utf8, to: "key.txt")
        try folder.makeFolder("backups")
        if encrypt.hasPrefix("age-keygen") { try run("rm key.txt") }
        try run(encrypt)
        let got = try program.run([
            "-c",
            "use pv backups; pick max; get out.db --decrypt '\(decrypt)' && expect file.verified; get k --as-stored --decrypt '\(decrypt)'",
        ])
        #expect(got.exitCode == 0, "\(got.talk)")
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.read("k") == folder.read("backups/etcd.db.enc"))
        for command in ["verify", "status", "keys", "hashkv", "diff late.db"] {
            let outcome = try program.run(["-c", "\(command) backups/etcd.db.enc --decrypt '\(decrypt)'"])
            #expect(outcome.exitCode == 0, "\(command): \(outcome.talk)")
        }
        let restored = try program.run([
            "-c",
            "restore backups/etcd.db.enc --data-dir made --decrypt '\(decrypt)'; expect data(made).revision == 208",
        ])
        #expect(restored.exitCode == 0, "\(restored.talk)")
        let refused = try program.run(["-c", "verify backups/etcd.db.enc"])
        expectFailure(refused, 1, says: "cannot decode backups/etcd.db.enc: it is encrypted")
        #expect(refused.talk.contains("hint: give the command that decrypts it: --decrypt '"))
    }

    @Test func aBackupOfOmniIsDecryptedToItsSnapshotAndSecrets() throws {
        let place = "backups/01234567-89ab-cdef-0123-456789abcdef"
        try folder.makeFolder("backups")
        try folder.makeFolder(place)
        try folder.write(snapshot, to: "late.db")
        // Two bytes of header, a secret of three bytes, and none; each behind its length.
        let fields =
            #"\000\000\000\000\000\000\000\002\010\001\000\000\000\000\000\000\000\003key\000\000\000\000\000\000\000\000"#
        try run(
            "age-keygen -o key.txt 2>age.log; (printf '\(fields)'; cat late.db)"
                + " | age -r $(age-keygen -y key.txt) -o \(place)/FFFFFFFF968245FC.snapshot"
        )
        let outcome = try program.run([
            "-c",
            "use pv backups; pick max; info --decrypt 'age -d -i key.txt'; get out.db --decrypt 'age -d -i key.txt' --companions beside",
        ])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("aes-cbc-secret, secretbox-secret\n"), "\(outcome.output)")
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.read("beside/aes-cbc-secret") == Array("key".utf8))
        #expect(try folder.read("beside/secretbox-secret") == [])
        #expect(try folder.mode(of: "beside/aes-cbc-secret") == 0o600)
    }

    @Test func theCommandThatDecryptsCounts() throws {
        try folder.write(Array("Salted__".utf8) + snapshot, to: "here.enc")
        let failing = try program.run(["-c", "verify here.enc --decrypt 'sh -c \"echo no key >&2; exit 3\"'"])
        expectFailure(failing, 1, says: "sh failed: exit code 3: no key")
        let missing = try program.run(["-c", "verify here.enc --decrypt 'no-such-program'"])
        expectFailure(missing, 1, says: "no-such-program failed: ")
        // What comes out of it is verified as anything else.
        let other = try program.run(["-c", "verify here.enc --decrypt 'echo placeholder'"])
        expectFailure(other, 5, says: "not an etcd snapshot")
    }

    @Test func neitherACheckNorADryRunDecrypts() throws {
        try folder.write(Array("Salted__".utf8) + snapshot, to: "here.enc")
        try folder.write("verify here.enc --decrypt 'touch ran'\n".utf8, to: "a.snapsh")
        #expect(try program.run(["--check", "a.snapsh"]).exitCode == 0)
        let outcome = try program.run(["--dry-run", "a.snapsh"])
        #expect(outcome.exitCode == 0 && outcome.talk.contains("note: would run: touch ran"), "\(outcome.talk)")
        #expect(!folder.exists("ran"))
    }

    private func run(_ line: String) throws {
        let outcome = try SystemTool.run(["sh", "-c", line], in: folder)
        guard outcome.exitCode == 0 else { throw PartFailure("'\(line)' failed: \(outcome)") }
    }
}
