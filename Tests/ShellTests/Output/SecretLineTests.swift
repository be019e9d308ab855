import Language
import Testing

@testable import Shell

@Suite("What is secret in a line")
struct SecretLineTests {
    @Test(
        "is hidden, byte for byte",
        arguments: [
            ("use service --header 'a: b' x", "use service --header ****** x"),
            ("use service --header=\"a: \\\"b\" x", "use service --header=******** x"),
            ("use service --header a:b;ls", "use service --header ***;ls"),
            ("use service --header a:b||ls", "use service --header ***||ls"),
            ("use service --header a\\ b c", "use service --header **** c"),
            ("--header 'é' --header b", "--header **** --header *"),
            ("use service --header \\\n  'a: b'\nls", "use service --header \\\n  ******\nls"),
            // What was never finished is hidden to its end.
            ("use service --header 'a: b", "use service --header *****"),
            ("use service --header", "use service --header"),
            ("use service --header ", "use service --header "),
            ("use service --headers a", "use service --headers a"),
            ("echo fine", "echo fine"),
        ]
    )
    func hidden(line: String, shown: String) {
        #expect(String(decoding: Sources.commands.secretLine.hiding(Array(line.utf8)), as: UTF8.self) == shown)
    }

    @Test(
        "is masked where a line is kept",
        arguments: [
            ("use service --header 'a: SECRET' http://h", "use service --header *** http://h"),
            ("set token = SECRET; ls", "set token = ***; ls"),
            ("ls; set db_password = 'SEC RET'", "ls; set db_password = ***"),
            ("param api_key = SECRET 'the key'", "param api_key = *** 'the key'"),
            ("use service http://u:SECRET@h", "use service http://***@h"),
            ("!curl -u me:SECRET http://h", "!curl -u *** http://h"),
            ("!curl -H 'Authorization: Bearer SECRET' h", "!curl -H *** h"),
            ("!curl --token SECRET h", "!curl --token *** h"),
            (
                "verify a.enc --decrypt 'openssl enc -d -pass pass:SECRET -pbkdf2'",
                "verify a.enc --decrypt 'openssl enc -d -pass pass:*** -pbkdf2'"
            ),
            ("get --decrypt 'gpg --passphrase SECRET -d'", "get --decrypt 'gpg --passphrase *** -d'"),
            ("!AWS_SECRET_ACCESS_KEY=SECRET aws s3 ls", "!AWS_SECRET_ACCESS_KEY=*** aws s3 ls"),
            ("use service --heder 'Authorization: Bearer SECRET'", "use service --heder 'Authorization: ***'"),
            ("use service --heder 'X-Vault-Token: SECRET'", "use service --heder 'X-Vault-Token: ***'"),
        ]
    )
    func kept(line: String, shown: String) {
        #expect(Sources.commands.secretLine.masking(line) == shown)
        #expect(Sources.commands.secretLine.masking(shown) == shown)
    }

    @Test(
        "is not what only says where the secret is",
        arguments: [
            "use service --header \"Authorization: Bearer $token\"", "use service --header $header",
            "use service --header \"X-Key: ${key}\"", "set token = $other",
            "param token --secret \"the service's token\"",
            "set target = 3.4", "serve --token-file /run/token", "restore x --initial-cluster-token etcd-1",
            "keys out.db /registry/secrets/", "!sort -u names", "!ls -H", "ls ***", "source secrets.snapsh",
        ]
    )
    func harmless(line: String) {
        #expect(Sources.commands.secretLine.masking(line) == line)
    }

    @Test("is what the options of the sources that there are declare")
    func declaredOptions() {
        let line = "use service --header 'a: b'"
        #expect(CommandTable(sources: []).secretLine.masking(line) == line)
        #expect(Sources.commands.secretLine.masking(line) == "use service --header ***")
    }

    @Test("is hidden where a finding shows its line")
    func finding() {
        let source = SourceFile(name: "-c", text: "use service --header 'a: SECRET' |")
        let findings = Parser.parse(source).findings
        #expect(!findings.isEmpty)
        for finding in findings {
            #expect(
                !FailureMessage(finding, Sources.commands).text(showingPlace: true).contains("SECRET"),
                "\(finding)"
            )
        }
    }

    @Test("is hidden in a finding on a line that another one goes before, and the caret stays in place")
    func joinedLines() {
        let source = SourceFile(name: "t", text: "ls\nuse service --header \\\n  'a: SECRET' |x\nls")
        let findings = Parser.parse(source).findings
        #expect(
            findings.map { FailureMessage($0, Sources.commands).text(showingPlace: true) } == [
                """
                t:3:15: a single '|' has no meaning here
                      *********** |x
                                  ^
                    hint: '||' runs the next command if the one before it failed; there are no pipes
                """
            ]
        )
    }

    @Test("whatever stands in a line, nothing moves, and what is masked stays masked")
    func robustness() {
        let pieces = [
            "--header", "-u", " ", "=", "@", ":", "//", "'", "\"", "\\\n", "set token", "$x", "a", "***", "?sig", ";",
            "é",
            "Authorization",
        ]
        var count = 0
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for d in pieces {
                        let line = a + b + c + d
                        let bytes = Array(line.utf8)
                        let hidden = Sources.commands.secretLine.hiding(bytes)
                        count += 1
                        guard hidden.count == bytes.count, zip(bytes, hidden).allSatisfy({ $0 == $1 || $1 == 0x2A })
                        else {
                            Issue.record("\(line)")
                            continue
                        }
                        let ranges = Sources.commands.secretLine.ranges(in: bytes)
                        if !zip(ranges, ranges.dropFirst()).allSatisfy({ $0.upperBound < $1.lowerBound }) {
                            Issue.record("\(line): \(ranges)")
                        }
                    }
                }
            }
        }
        #expect(count == 104_976)
    }

    @Test("is found in a line of 128 KiB without delay")
    func long() {
        for piece in ["--header ", "--header 'a ", "set token = ", "Authorization: ", "- ", "--header=$x ", "-u a:b "] {
            let line = String(repeating: piece, count: (1 << 17) / piece.utf8.count)
            let duration = ContinuousClock().measure { _ = Sources.commands.secretLine.masking(line) }
            #expect(duration < .seconds(30), "\(piece)")
        }
    }
}
