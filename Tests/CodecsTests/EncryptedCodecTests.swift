import Backups
import Codecs
import TestSupport
import Testing

@Suite("What is encrypted", .ownThread)
struct EncryptedCodecTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    private func unpack(_ bytes: [UInt8], with words: [String]?) throws -> (bytes: [UInt8], layers: [BackupEncoding]) {
        let codecs = words.map { CodecRegistry.all.decrypting(with: DecryptionCommand(words: $0)) } ?? CodecRegistry.all
        var result: [UInt8] = []
        let unpacked = try Unpacking(codecs).runHere(MemoryInput(bytes)) { piece, _ in result += piece }
        return (result, unpacked.layers)
    }

    private func problem(_ bytes: [UInt8], with words: [String]?) -> CodecError? {
        do {
            _ = try unpack(bytes, with: words)
            return nil
        } catch {
            return error as? CodecError
        }
    }

    /// A key of age's, for which it encrypts.
    private func age(_ bytes: [UInt8], options: String = "") throws -> [UInt8] {
        try Packing.shell(
            "test -e key.txt || age-keygen -o key.txt 2>/dev/null; age \(options) -r $(age-keygen -y key.txt)",
            bytes,
            in: folder
        )
    }

    @Test("by age is decrypted by the user's command, also in text", arguments: ["", "-a"])
    func age(options: String) throws {
        let encrypted = try age(snapshot, options: options)
        let (bytes, layers) = try unpack(encrypted, with: ["age", "-d", "-i", folder.path("key.txt")])
        #expect(bytes == snapshot && layers == [.age])
    }

    @Test("is searched for what is in it, layer by layer")
    func layers() throws {
        let encrypted = try age(try Packing.shell("zstd -q -c", snapshot))
        let (bytes, layers) = try unpack(encrypted, with: ["age", "-d", "-i", folder.path("key.txt")])
        #expect(bytes == snapshot && layers == [.age, .zstd])
    }

    @Test("by Omni has its secrets as companions, and decodes to the snapshot behind them")
    func omni() throws {
        let encrypted = try age(Packing.omni(snapshot, secret: "one", secretboxSecret: "other"))
        let words = ["age", "-d", "-i", folder.path("key.txt")]
        let codecs = CodecRegistry.all.decrypting(with: DecryptionCommand(words: words))
        var bytes: [UInt8] = []
        let unpacked = try Unpacking(codecs).runHere(MemoryInput(encrypted)) { piece, _ in bytes += piece }
        #expect(bytes == snapshot && unpacked.layers == [.age, .omni])
        #expect(unpacked.companions.map(\.name) == ["aes-cbc-secret", "secretbox-secret"])
        #expect(unpacked.companions.map(\.byteCount) == [3, 5])
    }

    @Test("by Omni with a secret of a gigabyte is damaged, and nothing of it is kept")
    func omniBomb() throws {
        var packed = Packing.omni(snapshot)
        packed[10 + 4] = 0x40
        #expect(
            problem(packed, with: nil)
                == CodecError(.omni, .damaged(offset: 10, reason: "a secret of 1073741832 bytes is too long"))
        )
    }

    @Test("by OpenPGP with a passphrase, in all its forms", arguments: ["", "--armor", "--cipher-algo AES256 -z 0"])
    func openPGP(options: String) throws {
        try folder.makeFolder("gnupg")
        let home = folder.path("gnupg")
        let command =
            "chmod 700 \(home); gpg --homedir \(home) --batch --quiet --pinentry-mode loopback --passphrase secret"
        let encrypted = try Packing.shell("\(command) \(options) --symmetric", snapshot, in: folder)
        let words = [
            "gpg", "--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "secret",
            "--decrypt",
        ]
        let (bytes, layers) = try unpack(encrypted, with: words)
        #expect(bytes == snapshot && layers == [.openPGP])
        _ = try SystemTool.run(["gpgconf", "--homedir", home, "--kill", "all"])
    }

    @Test("by openssl")
    func openSSL() throws {
        let encrypted = try Packing.shell("openssl enc -aes-256-cbc -pbkdf2 -pass pass:secret", snapshot)
        let words = ["openssl", "enc", "-d", "-aes-256-cbc", "-pbkdf2", "-pass", "pass:secret"]
        let (bytes, layers) = try unpack(encrypted, with: words)
        #expect(bytes == snapshot && layers == [.openSSL])
    }

    @Test("needs a command, and says which is likely")
    func withoutCommand() throws {
        let error = try #require(problem(try age(snapshot), with: nil))
        #expect(error == CodecError(.age, .encrypted(example: "age -d -i key.txt")))
        #expect("\(error)" == "it is encrypted (age)" && error.code == "codec.encrypted" && !error.isOfContent)
        #expect(error.nextStep != nil)
    }

    @Test("shows the errors of the command, whose exit code counts")
    func failing() throws {
        let encrypted = try age(snapshot)
        let failed = try #require(problem(encrypted, with: ["age", "-d", "-i", folder.path("missing.txt")]))
        #expect("\(failed)".hasPrefix("age failed: exit code 1: ") && "\(failed)".contains("missing.txt"))
        #expect(failed.code == "codec.decryption-failed")
        // What it wrote before does not count.
        let late = ["sh", "-c", "cat >/dev/null; cat '\(try folder.write(snapshot, to: "early.db"))'; exit 7"]
        #expect(problem(encrypted, with: late)?.problem == .decryptionFailed(program: "sh", reason: "exit code 7"))
        let missing = try #require(problem(encrypted, with: ["/nowhere/age"]))
        #expect("\(missing)" == "/nowhere/age failed: no such file or directory")
        // Its output is taken as it is: whoever gets it verifies it.
        #expect(try unpack(encrypted, with: ["sh", "-c", "cat >/dev/null; echo no"]).bytes == Array("no\n".utf8))
    }

    @Test("may be read only in part by its command, or not at all")
    func unread() throws {
        let encrypted = try age(snapshot + [UInt8](repeating: 7, count: 4 << 20))
        let path = try folder.write(snapshot, to: "early.db")
        #expect(try unpack(encrypted, with: ["cat", path]).bytes == snapshot)
    }

    @Test("is not waited for where its command has left another behind")
    func leftBehind() throws {
        let encrypted = try age(snapshot)
        let path = try folder.write(snapshot, to: "early.db")
        let file = folder.path("pid")
        let words = ["sh", "-c", "cat '\(path)'; echo well >&2; sleep 300 >/dev/null & echo $! >'\(file)'"]
        let start = ContinuousClock.now
        #expect(try unpack(encrypted, with: words).bytes == snapshot)
        // Its standard error is open for as long as the other one runs.
        #expect(ContinuousClock.now - start < .seconds(60))
        let process = String(decoding: try folder.read("pid"), as: UTF8.self).filter(\.isNumber)
        #expect(try SystemTool.run(["kill", process]).exitCode == 0)
    }

    @Test("shows the first errors of a command that has many, which does not wait for them to be read")
    func manyErrors() throws {
        let encrypted = try age(snapshot)
        let words = ["sh", "-c", "echo first >&2; head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 3"]
        let error = try #require(problem(encrypted, with: words))
        #expect("\(error)".hasPrefix("sh failed: exit code 3: first; xxx") && "\(error)".count < 2000)
    }

    @Test(
        "ends its command with its task",
        arguments: ["exec sleep 60", "cat >/dev/null; exec >&-; exec sleep 60"]
    )
    func cancelled(then line: String) async throws {
        let encrypted = try age(snapshot)
        let file = folder.path("pid")
        let unpacking = Unpacking(
            CodecRegistry.all.decrypting(
                with: DecryptionCommand(words: ["sh", "-c", "echo $$ >'\(file)'; \(line)"])
            )
        )
        let task = Task { try await unpacking.run(MemoryInput(encrypted)) { _, _ in } }
        try await eventually("the command runs") { try folder.exists("pid") && !folder.read("pid").isEmpty }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let process = String(decoding: try folder.read("pid"), as: UTF8.self).filter(\.isNumber)
        try await eventually("it ends") { try SystemTool.run(["kill", "-0", process]).exitCode != 0 }
    }
}
