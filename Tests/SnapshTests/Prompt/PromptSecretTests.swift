import TestSupport
import Testing

@Suite("Secrets at the prompt", .ownThread)
struct PromptSecretTests {
    private static func server() throws -> FaultServer {
        try FaultServer { _ in .init(403) }
    }

    private static func header(_ server: FaultServer) -> String? {
        server.requests.last?.headers["Authorization"]
    }

    @Test("a secret is asked for, and not shown while it is typed")
    func asking() throws {
        let server = try Self.server()
        let session = try PromptSession()
        try session.type("param token --secret \"the service's token\"")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "the service's token, token (not shown):")
        try session.terminal.type("SECRET-x")
        try session.terminal.press("BSpace")
        try session.terminal.type("y")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "snapsh>")
        try session.run("use service \(server.origin) --header \"Authorization: Bearer $token\"")
        #expect(Self.header(server) == "Bearer SECRET-y")
        #expect(try session.run("echo $token").joined().contains("'token' is secret, and this would show it"))
        #expect(!(try session.terminal.lines().joined().contains("SECRET")))
        let history = String(decoding: try session.folder.read(PromptSession.historyPath), as: UTF8.self)
        #expect(history.contains("--header \"Authorization: Bearer $token\""))
        #expect(!history.contains("SECRET"))
    }

    @Test("Ctrl-C gives up the question, and the terminal shows again what is typed")
    func interrupting() throws {
        let session = try PromptSession()
        try session.type("param token --secret")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "token (not shown):")
        try session.terminal.press("C-c")
        try session.terminal.wait(forLastLine: "snapsh>")
        #expect(try session.run("!stty -a | grep -c -- ' echo '") == ["1"])
    }

    @Test("a script asks for its secret at the terminal")
    func script() throws {
        let server = try Self.server()
        let text =
            "param token --secret\nuse service \(server.origin) --header \"Authorization: $token\" || echo done\n"
        let session = try PromptSession([Program.path, "s.snapsh"], prompt: "token (not shown):") {
            try $0.folder.write(text.utf8, to: "s.snapsh")
        }
        try session.terminal.type("SECRET-z")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        #expect(Self.header(server) == "SECRET-z")
        #expect(!(try session.terminal.lines().joined().contains("SECRET")))
    }

    @Test("Ctrl-C at a script's question ends it with 130, Ctrl-D and an empty line with a sentence")
    func givingUp() throws {
        for (key, exitCode, sentence) in [
            ("C-c", 130, ""), ("C-d", 2, "the input ended"), ("Enter", 2, "nothing was typed"),
        ] {
            let session = try PromptSession([Program.path, "s.snapsh"], prompt: "token (not shown):") {
                try $0.folder.write("param token --secret\necho not reached\n".utf8, to: "s.snapsh")
            }
            try session.terminal.press(key)
            #expect(try session.terminal.exitCode() == Int32(exitCode), "\(key)")
            let shown = try session.terminal.lines().joined(separator: "\n")
            #expect(shown.contains(sentence) && !shown.contains("not reached"), "\(shown)")
        }
    }

    @Test("after Ctrl-Z and 'fg' the question is asked anew, and what is typed is not shown")
    func stopping() throws {
        let server = try Self.server()
        let text =
            "param token --secret\nuse service \(server.origin) --header \"Authorization: $token\" || echo done\n"
        let session = try PromptSession(
            ["bash", "--norc", "--noprofile", "-i"],
            prompt: "$",
            environment: ["PS1": "$ ", "HISTFILE": ""]
        ) { try $0.folder.write(text.utf8, to: "s.snapsh") }
        try session.run("\(Program.path) s.snapsh", then: "token (not shown):")
        try session.terminal.type("SECRET-half")
        try session.terminal.press("C-z")
        try session.terminal.wait(forLastLine: "$")
        try session.terminal.type("clear; fg")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "token (not shown):")
        try session.terminal.type("SECRET-z")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "$")
        #expect(Self.header(server) == "SECRET-z")
        #expect(!(try session.terminal.lines().joined().contains("SECRET")))
    }

    @Test("a recalled line runs with its secret, also a changed one; after a restart it is refused")
    func recalling() throws {
        let server = try Self.server()
        let home = try TemporaryFolder()
        let first = try PromptSession(home: home)
        let masked = "use service \(server.origin) --header ***"
        try first.run("use service \(server.origin) --header 'Authorization: SECRET-r'")
        try first.terminal.press("Up")
        try first.expect(typed: masked)
        try first.terminal.press("Enter")
        try first.terminal.wait(forLastLine: "snapsh>")
        try first.terminal.wait(for: "the same header again") {
            server.requests.count == 2 && Self.header(server) == "SECRET-r"
        }
        try first.terminal.press("Up")
        try first.terminal.type(" --namespace prod")
        try first.terminal.press("Enter")
        try first.terminal.wait(for: "the same header in a changed line") {
            server.requests.count == 3 && Self.header(server) == "SECRET-r"
        }
        try first.terminal.wait(forLastLine: "snapsh>")
        #expect(try first.run("history").first == "  1  \(masked)")
        let kept = String(decoding: try home.read(PromptSession.historyPath), as: UTF8.self)
        #expect(kept == "\(masked)\n\(masked)\n\(masked) --namespace prod\nhistory\n")

        let next = try PromptSession(home: home)
        try next.terminal.press("Up", "Up", "Up")
        try next.expect(typed: masked)
        try next.terminal.press("Enter")
        try next.terminal.wait(for: "cannot run this line: its secret was not kept, only asterisks")
        try next.terminal.wait(forLastLine: "snapsh>")
        #expect(server.requests.count == 3)
    }

    @Test("what looks like a secret is kept as asterisks")
    func forms() throws {
        let session = try PromptSession()
        for line in ["set token = SECRET", "use service http://me:SECRET@h", "!echo --password=SECRET > /dev/null"] {
            try session.run(line)
        }
        try session.run("set token = other; echo one")
        try session.terminal.press("Up")
        try session.expect(typed: "set token = ***; echo one")
        let kept = String(decoding: try session.folder.read(PromptSession.historyPath), as: UTF8.self)
        #expect(
            kept
                == "set token = ***\nuse service http://***@h\n!echo --password=*** > /dev/null\nset token = ***; echo one\n"
        )
    }
}
