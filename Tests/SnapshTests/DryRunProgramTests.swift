import Foundation
import TestSupport
import Testing

@Suite("The program's dry run", .ownThread)
struct DryRunProgramTests {
    @Test("it opens nothing for writing, makes nothing and removes nothing")
    func systemCalls() throws {
        let workplace = try Workplace()
        try StandardVolume.fill(workplace.volume)
        try workplace.folder.write(try Fixture.snapshot("late.db"), to: "there.db")
        let text = """
            clusters; ls; ls --ignored; pick max; info; get; get out.db --force; get other.db --or-older
            expect file.keys > 0; expect pick.age < 100d; serve --listen 127.0.0.1:0; confirm done; target 3.4.23
            verify there.db; status there.db; keys there.db; diff there.db there.db; hashkv there.db
            expect file(there.db).verified; restore there.db --data-dir d; restore out.db --data-dir e
            pick 208; get there.db || get again.db --keep-unverified; set a = 1; echo $a
            """
        let before = try workplace.state()
        let trace = try TemporaryFolder()
        let calls =
            "trace=openat,open,creat,mkdir,mkdirat,unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,"
            + "symlink,symlinkat,truncate,ftruncate,fallocate,chmod,fchmod,fchmodat,fsync,flock"
        let outcome = try workplace.program.run(
            ["--dry-run"] + Workplace.words(text),
            prefix: ["strace", "-f", "-q", "-o", trace.path("trace"), "-e", calls]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.state() == before)
        let lines = String(decoding: try trace.read("trace"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count > 20)
        let writing = lines.filter { line in
            guard line.contains("open") else { return !line.contains("+++") && !line.contains("---") }
            return line.contains(/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|creat\(/) && !line.contains("/dev/")
        }
        #expect(writing.isEmpty, "\(writing.joined(separator: "\n"))")
    }

    @Test("the service gets no request for a new backup")
    func freshBackup() throws {
        let server = try FaultServer { _ in
            .init(200, body: Array(#"{"backups":3,"backupSize":0.5}"#.utf8))
        }
        let program = try Program()
        let text =
            "use service \(server.origin)\ncluster foo\nget out.db --fresh\nexpect pick.age < 1s\ninfo\nexpect file.verified"
        let outcome = try program.run(["--dry-run", "-c", text])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("would ask the backup service"), "\(outcome.output)")
        #expect(outcome.output.contains("not known before the new backup: expect pick.age < 1s"))
        #expect(outcome.output.contains("not known before the new backup: info"))
        #expect(outcome.output.contains("not known before the download: expect file.verified"))
        #expect(!server.requests.isEmpty)
        #expect(server.requests.allSatisfy { !$0.path.contains("backupnow") && $0.method != "POST" })
        #expect(try program.folder.names().isEmpty)
    }

    @Test("what a server needs is checked: that the address is free, and that certificate, key and token can be used")
    func serving() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let authority = try CertificateAuthority()
        let (certificate, other) = (try authority.issue(for: ["127.0.0.1"]), try authority.issue(for: ["127.0.0.1"]))
        try workplace.folder.write("0123456789abcdef\n".utf8, to: "token")
        try workplace.folder.write("short\n".utf8, to: "weak")
        let taken = try FaultServer { _ in .init(404) }
        let port = taken.origin.split(separator: ":").last ?? ""
        let tls = "--tls-cert \(certificate.file) --tls-key"
        for (options, sentence) in [
            ("--listen 127.0.0.1:\(port)", "cannot listen on 127.0.0.1:\(port): address already in use"),
            ("--listen 203.0.113.1:0", "cannot listen on 203.0.113.1:0: cannot assign requested address"),
            ("--listen 127.0.0.1:0 --spool-dir none", "cannot keep copies in none: no such file or directory"),
            ("--listen 127.0.0.1:0 --spool-dir token", "cannot keep copies in token: not a directory"),
            ("--listen 127.0.0.1:0 --token-file none", "cannot read the token in none"),
            ("--listen 127.0.0.1:0 --token-file weak", "cannot use the token in weak"),
            ("--listen 127.0.0.1:0 \(tls) \(other.keyFile)", "the key does not fit the certificate"),
            ("--listen 127.0.0.1:0 \(tls) token", "cannot serve with token: there is no key in it"),
        ] {
            expectFailure(try workplace.recover("serve \(options)", ["--dry-run"]), 1, says: sentence)
        }
        let options = "--listen 127.0.0.1:0 --token-file token \(tls) \(certificate.keyFile)"
        let fine = try workplace.recover("serve \(options)", ["--dry-run"])
        #expect(fine.exitCode == 0, "\(fine.talk)")
        let checked = "the address is free, the key fits the certificate, the token is long enough"
        #expect(fine.output.contains("  checked  \(checked)\n"), "\(fine.output)")
        let open = try workplace.recover("serve --listen :0", ["--dry-run", "--json"])
        #expect(open.output.contains(#""checked":["address"]"#), "\(open.output)")
        #expect(open.talk.contains("anyone who reaches 0.0.0.0:0 can read all secrets"), "\(open.talk)")
    }

    @Test("a download that would fail for want of room, of a folder or of permission fails in a dry run, too")
    func failures() throws {
        let workplace = try Workplace(unprivileged: true)
        try workplace.volume.add(9)
        try workplace.addLarge(12, byteCount: 1 << 42)
        try workplace.makeFolder("closed", mode: 0o555)
        for (command, sentence) in [
            ("pick max; get out.db", "are needed and"),
            ("pick 9; get none/out.db", "cannot write into the folder none"),
            ("pick 9; get closed/out.db", "permission denied"),
        ] {
            let outcome = try workplace.program.run(["--dry-run"] + Workplace.words(command))
            expectFailure(outcome, 1, says: sentence)
        }
    }
}
