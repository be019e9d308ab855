import TestSupport
import Testing

/// Secrets that are given on the command line, from files and in scripts.
@Suite(.ownThread) struct SecretParameterTests {
    private static let script = """
        param token --secret "the service's token"
        param note = none
        use service $service --header "Authorization: Bearer $token" || echo "no service"
        echo $note

        """

    private static let wholeScript = "param service\n" + script

    private func server() throws -> FaultServer {
        // It says back what it was sent, as a bad proxy may.
        try FaultServer { request in
            .init(403, body: Array("no access for \(request.headers["Authorization"] ?? "none")".utf8))
        }
    }

    @Test func aSecretFromAFileIsSentAndShownNowhere() throws {
        let program = try Program()
        let server = try server()
        try program.folder.write("SECRET-in-file\n".utf8, to: "token")
        try program.folder.write(Self.wholeScript.utf8, to: "s.snapsh")
        for flags in [[], ["--json"]] {
            let outcome = try program.run(flags + ["s.snapsh", "service=\(server.origin)", "token=@token"])
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
            let talk = outcome.talk.replacing("\\\"", with: "\"")
            #expect(talk.contains("+ param token \"the service's token\" --secret"))
            #expect(outcome.talk.contains("--header ***"))
            #expect(!(outcome.output + outcome.talk).contains("SECRET"), "\(outcome.talk)")
        }
        #expect(server.requests.allSatisfy { $0.headers["Authorization"] == "Bearer SECRET-in-file" })
        #expect(!server.requests.isEmpty)
    }

    @Test func aSecretThatIsNoHeaderIsRefusedBeforeAnythingRuns() throws {
        let program = try Program()
        try program.folder.write("SECRET without a colon\n".utf8, to: "token")
        let script = "param token --secret\necho ran\nuse service http://127.0.0.1:9 --header $token || echo caught\n"
        try program.folder.write(script.utf8, to: "s.snapsh")
        for flags in [[], ["--check"], ["--json"]] {
            let outcome = try program.run(flags + ["s.snapsh", "token=@token"])
            expectFailure(outcome, 2, says: "what is filled in here is not a header")
            #expect(!(outcome.output + outcome.talk).contains("SECRET") && !outcome.output.contains("ran"))
        }
        // What stands in the script is checked, too.
        let literal = try program.run(["-c", "use service http://127.0.0.1:9 --header 'no colon' || echo caught"])
        expectFailure(literal, 2, says: "cannot send a header: it is not written as 'Name: value'")
    }

    @Test func aByteOrderMarkIsNoPartOfASecret() throws {
        let program = try Program()
        let server = try server()
        try program.folder.write("\u{FEFF}SECRET-marked\n".utf8, to: "token")
        try program.folder.write(Self.wholeScript.utf8, to: "s.snapsh")
        let outcome = try program.run(["s.snapsh", "service=\(server.origin)", "token=@token"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(!(outcome.output + outcome.talk).contains("SECRET"), "\(outcome.talk)")
        #expect(server.requests.contains { $0.headers["Authorization"] == "Bearer SECRET-marked" })
        // A text in a script may have what a given value may not.
        let header = "use service \(server.origin) --header \"X-Key: SEC\u{200B}RET\""
        let literal = try program.run(["-c", "\(header) || use pv \"SEC\u{200B}RET\""])
        #expect(!(literal.output + literal.talk).contains("RET"), "\(literal.talk)")
    }

    @Test func aSecretOnTheCommandLineIsWarnedOf() throws {
        let program = try Program()
        let server = try server()
        try program.folder.write(Self.wholeScript.utf8, to: "s.snapsh")
        let outcome = try program.run(["s.snapsh", "service=\(server.origin)", "token=SECRET-word"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.talk.contains("warning: the value of 'token' is on the command line"))
        #expect(!(outcome.output + outcome.talk).contains("SECRET"))
    }

    @Test(
        arguments: [
            ("line1\nline2\n", "the value has more than one line"), ("a\r\n\n", "the value has more than one line"),
            ("a\rb\n", "the value has more than one line"), ("a\tb\n", "the value has a control character in it"),
            ("line\u{200B}1\n", "the value has an invisible character in it (U+200B)"),
        ]
    )
    func aSecretThatIsNoLineIsRefusedBeforeAnythingRuns(_ content: String, _ reason: String) throws {
        let program = try Program()
        let server = try server()
        try program.folder.write(content.utf8, to: "tok2")
        try program.folder.write(Self.wholeScript.utf8, to: "s.snapsh")
        for flags in [[], ["--check"]] {
            let outcome = try program.run(flags + ["s.snapsh", "service=\(server.origin)", "token=@tok2"])
            expectFailure(outcome, 2, says: "cannot read the value of 'token' from tok2: \(reason)")
            #expect(!(outcome.output + outcome.talk).contains("line1"))
        }
        let word = try program.run(["s.snapsh", "service=\(server.origin)", "token=\(content)"])
        expectFailure(word, 2, says: "cannot use the value of 'token': the value has")
        #expect(server.requests.isEmpty)
    }

    @Test func aSecretIsMissingWhereThereIsNoTerminal() throws {
        let program = try Program()
        try program.folder.write("param token --secret\necho ran\n".utf8, to: "s.snapsh")
        let outcome = try program.run(["s.snapsh"])
        expectFailure(outcome, 2, says: "parameter 'token' has no value")
        #expect(outcome.talk.contains("hint: give a file with it after the script's name: snapsh FILE token=@FILE"))
        #expect(outcome.output.isEmpty)
        let used = "use service --header \"Authorization: Bearer $token\"\n"
        try program.folder.write("param token --secret\n\(used)".utf8, to: "s.snapsh")
        #expect(try program.run(["--check", "s.snapsh"]).exitCode == 0)
    }

    @Test(arguments: [
        ("a=@one", "one\n"), ("a=@crlf", "one\n"), ("a=@two", "one\\n\n"), ("a=@@one", "@one\n"),
        ("a=@@@one", "@@one\n"),
        ("a=x@one", "x@one\n"), ("a=@spaced", "  one  \n"),
    ])
    func aValueIsReadFromAFile(_ word: String, _ output: String) throws {
        let program = try Program()
        let files = ["one": "one\n", "crlf": "one\r\n", "two": "one\n\n", "spaced": "  one  "]
        for (name, text) in files { try program.folder.write(text.utf8, to: name) }
        #expect(try program.run(["-c", "param a; echo $a", word]).output == output)
    }

    @Test(arguments: [
        ("missing", "cannot read the value of 'a' from missing: no such file or directory"),
        ("folder", "cannot read the value of 'a' from folder: is a directory"),
        ("", "cannot read the value of 'a': no file is named after '@'"),
        ("binary", "cannot read the value of 'a' from binary: it is not UTF-8 text"),
        ("nul", "cannot read the value of 'a' from nul: it is not UTF-8 text"),
        ("empty", "cannot read the value of 'a' from empty: it is empty"),
        ("large", "cannot read the value of 'a' from large: it is larger than 1 MiB"),
        ("/dev/zero", "cannot read the value of 'a' from /dev/zero: it is larger than 1 MiB"),
    ])
    func whatIsWrongWithTheFileIsSaid(_ file: String, _ sentence: String) throws {
        let program = try Program()
        try program.folder.makeFolder("folder")
        let files: [(String, [UInt8])] = [
            ("binary", [0xFF, 0xFE]), ("nul", [0x61, 0, 0x62]), ("empty", [0x0A]),
            ("large", [UInt8](repeating: 0x61, count: 1 << 20 + 1)),
        ]
        for (name, bytes) in files { try program.folder.write(bytes, to: name) }
        let outcome = try program.run(["-c", "param a; echo ran", "a=@\(file)"])
        expectFailure(outcome, 2, says: sentence)
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        "set token = SECRET; echo done", "param password = SECRET; echo done",
        "use service http://me:SECRET@127.0.0.1:1", "use service http://127.0.0.1:1/x?sig=SECRET",
        "use s3 b --endpoint http://me:SECRET@127.0.0.1:1 --oops", "use service me:SECRET@127.0.0.1",
        "use service http://127.0.0.1:1 --heder 'Authorization: Bearer SECRET'", "set token=SECRET",
        "use service 'http://127.0.0.1:1' --header 'X: SECRET-x' && use pv SECRET-x || use pv SECRET-x",
        "echo 'https://h/?X-Amz-Signature=SECRET&X-Amz-Credential=SECRET&X-Amz-Security-Token=SECRET'",
    ])
    func whatASecretLooksLikeIsShownNowhere(_ line: String) throws {
        let program = try Program()
        try program.folder.write((line + "\n").utf8, to: "s.snapsh")
        for flags in [[], ["--json"], ["--check"]] {
            let outcome = try program.run(flags + ["s.snapsh"])
            #expect(!(outcome.output + outcome.talk).contains("SECRET"), "\(outcome.output)\(outcome.talk)")
        }
    }

    @Test func theEnvironmentsAddressesAreMasked() throws {
        let environment = [
            "AWS_ENDPOINT_URL": "http://me:SECRET@host", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        ]
        let outcome = try Program().run(["-c", "use s3 bucket"], environment: environment)
        expectFailure(outcome, 6, says: "http://***@host")
        #expect(!outcome.talk.contains("SECRET"))
    }
}
