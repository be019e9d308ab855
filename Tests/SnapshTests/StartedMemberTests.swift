import Foundation
import TestSupport
import Testing

/// The lines that `restore` ends with start etcd, and others can use it.
@Suite("Members that are started as 'restore' says", .ownThread)
struct StartedMemberTests {
    private struct Record: Decodable {
        struct Copy: Decodable, Equatable {
            var directory: String
            var host: String
        }
        var next: [String]
        var copies: [Copy]
    }

    private func restore(_ program: Program, _ words: String) throws -> Record {
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let outcome = try program.run(["--json", "-c", "restore out.db \(words)"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let line = try #require(outcome.output.split(separator: "\n").first { $0.contains("\"restored\"") })
        return try JSONDecoder().decode(Record.self, from: Data(line.utf8))
    }

    /// The value of an option in a line.
    private func value(_ option: String, _ line: String) throws -> String {
        let words = line.split(separator: " ").map(String.init)
        let index = try #require(words.firstIndex(of: option))
        return words[index + 1]
    }

    /// Three members with peer URLs of this machine.
    private func peers(_ scheme: String) throws -> String {
        try (1...3).map { number in
            // The port below is the clients'.
            var (client, peer) = (try EtcdServer.freePort(), try EtcdServer.freePort())
            while peer != client + 1 { (client, peer) = (peer, try EtcdServer.freePort()) }
            return "m\(number)=\(scheme)://127.0.0.1:\(peer)"
        }.joined(separator: ",")
    }

    /// Starts the lines, and expects that each member answers to its client URL, with what was saved and what is
    /// written now.
    private func play(_ release: EtcdRelease, _ lines: [String], _ program: Program, _ client: [String] = []) throws {
        let tool = try release.tool("etcd").joined(separator: " ")
        let members = try lines.map { line in
            #expect(line.hasPrefix("etcd "))
            return try ShellLine(tool + line.dropFirst("etcd".count) + " --logger zap", in: program.folder)
        }
        func ctl(_ line: String, _ words: String...) throws -> (exitCode: Int32, output: String) {
            let endpoint = ["--endpoints", try value("--advertise-client-urls", line)]
            return try SystemTool.run(release.tool("etcdctl") + client + endpoint + words, in: program.folder)
        }
        let isUp = try lines.allSatisfy { line in
            let deadline = Date(timeIntervalSinceNow: 60)
            while Date() < deadline {
                if try ctl(line, "endpoint", "health").exitCode == 0 { return true }
                usleep(100_000)
            }
            return false
        }
        try #require(isUp, "\(members.map { $0.said().suffix(1000) })")
        #expect(try ctl(lines[0], "put", "/after", "new").exitCode == 0)
        for line in lines {
            #expect(try ctl(line, "get", "/after", "--print-value-only").output == "new\n")
            #expect(try ctl(line, "get", "", "--prefix", "--keys-only").output.split(separator: "\n").count == 140)
        }
    }

    @Test("three on one machine, over http", arguments: EtcdRelease.available)
    func plain(release: EtcdRelease) throws {
        let program = try Program()
        let record = try restore(program, "--all all --initial-cluster \(peers("http"))")
        #expect(record.next.count == 3 && record.copies.isEmpty)
        try play(release, record.next, program)
    }

    @Test(
        "three on one machine, over https, once the places of certificates are filled in",
        arguments: EtcdRelease.available
    )
    func secure(release: EtcdRelease) throws {
        let program = try Program()
        let record = try restore(program, "--all all --initial-cluster \(peers("https"))")
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(for: ["127.0.0.1"])
        let lines = record.next.map { line in
            line.split(separator: " ").map { word in
                switch word {
                case "CERT", "PEER-CERT": certificate.file
                case "KEY", "PEER-KEY": certificate.keyFile
                case "CA", "PEER-CA": authority.file
                default: String(word)
                }
            }.joined(separator: " ")
        }
        #expect(lines != record.next)
        let client = ["--cacert", authority.file, "--cert", certificate.file, "--key", certificate.keyFile]
        try play(release, lines, program, client)
    }

    @Test("one alone, as the only one of its cluster")
    func alone() throws {
        let program = try Program()
        let port = try EtcdServer.freePort()
        let record = try restore(
            program,
            "--data-dir d --name solo --initial-advertise-peer-urls http://127.0.0.1:\(port)"
        )
        #expect(try value("--listen-client-urls", record.next[0]) == "http://127.0.0.1:2379")
        let other = "http://127.0.0.1:\(try EtcdServer.freePort())"
        try play(.v34, [record.next[0].replacing("http://127.0.0.1:2379", with: other)], program)
    }

    @Test("on several machines: each directory is copied first, and names are listened to on all addresses")
    func severalMachines() throws {
        let program = try Program()
        let record = try restore(
            program,
            "--all all --initial-cluster m1=https://10.0.0.1:2380,m2=https://etcd-2.example:2380"
        )
        #expect(
            record.copies == [
                .init(directory: "all/m1", host: "10.0.0.1"), .init(directory: "all/m2", host: "etcd-2.example"),
            ]
        )
        #expect(
            try record.next.map { try value("--listen-client-urls", $0) } == [
                "https://10.0.0.1:2379", "https://0.0.0.0:2379",
            ]
        )
        #expect(
            try record.next.map { try value("--advertise-client-urls", $0) }
                == ["https://10.0.0.1:2379", "https://etcd-2.example:2379"]
        )
        #expect(try value("--listen-peer-urls", record.next[1]) == "https://0.0.0.0:2380")
        let text = try program.run([
            "restore", "out.db", "--all", "all", "--initial-cluster", "m1=http://a:1,m2=http://b:1",
            "--initial-cluster-token", "x",
        ])
        expectFailure(text, 1, says: "a member is in it already")
        let fresh = try program.run([
            "restore", "out.db", "--all", "b", "--initial-cluster", "m1=http://a:1,m2=http://b:1",
        ])
        #expect(fresh.output.contains("\n  before      copy b/m2 to b first\n"), "\(fresh.output)")
    }
}
