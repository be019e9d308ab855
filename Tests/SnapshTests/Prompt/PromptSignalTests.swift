import Foundation
import TestSupport
import Testing

/// Ctrl-C, Ctrl-Z, signals from elsewhere, and a terminal that goes away.
@Suite("Signals at the prompt", .ownThread)
struct PromptSignalTests {
    @Test("Ctrl-C drops the line and not the session")
    func controlC() throws {
        let session = try PromptSession()
        try session.type("echo not run")
        try session.dropLine()
        #expect(try session.terminal.lines().suffix(2) == ["snapsh> echo not run^C", "snapsh>"])
        #expect(try session.run("echo run") == ["run"])
    }

    @Test("Ctrl-C cancels a long 'get', which leaves nothing behind, and the session goes on")
    func controlCInAGet() throws {
        let session = try PromptSession()
        try session.beginLongGet()
        try session.terminal.wait(for: "MiB/s")
        try session.terminal.press("C-c")
        let lines = try session.terminal.wait(forLastLine: "snapsh pv foo@65536>")
        #expect(
            lines.suffix(4) == [
                "snapsh pv foo@65536> get out.db", "note: nothing was left behind; run 'get' again to start over",
                "interrupted", "snapsh pv foo@65536>",
            ]
        )
        #expect(try session.folder.names() == [".local", "backups"])
        #expect(try session.run("pick 208; get out.db", then: "snapsh pv foo@208>").contains { $0.hasPrefix("got ") })
    }

    @Test("Ctrl-C ends a command of the system's shell and not the session")
    func controlCInACommandOfTheShell() throws {
        let session = try PromptSession()
        try session.type("!echo begun; exec sleep 1000")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the command's output") { $0.last == "begun" }
        try session.terminal.press("C-c")
        try session.terminal.wait(for: "^Cthe shell command ended with exit code 130")
        try session.terminal.wait(forLastLine: "snapsh>")
    }

    @Test("a command of the system's shell has no signal ignored or blocked")
    func signalsOfChildren() throws {
        let session = try PromptSession()
        let blocked = try session.run("!grep SigBlk /proc/self/status")
        #expect(blocked == ["SigBlk: 0000000000000000"])
        try session.run("use pv backups", then: "snapsh pv foo>")
        // Waiting for a source has changed threads.
        #expect(try session.run("!grep SigBlk /proc/self/status") == blocked)
        // Of the first 31, of which SIGPIPE and SIGXFSZ are ignored by the session.
        #expect(try session.run("!grep SigIgn /proc/self/status").first?.hasSuffix("80000000") == true)
    }

    @Test("a command of the system's shell gets no open file but the terminal")
    func openFilesOfChildren() throws {
        let session = try PromptSession(["sh", "-c", "exec 9</dev/null; exec \(Program.path)"])
        // The last one is its own, of the folder that it lists.
        #expect(try session.run("!exec ls -x /proc/self/fd") == ["0  1  2  3"])
    }

    @Test("a second Ctrl-C ends a session whose command does not give way")
    func controlCTwice() throws {
        // What it prints goes into a full pipe.
        var pipe: Int32 = -1
        defer { close(pipe) }
        let session = try PromptSession(["sh", "-c", #"exec "$@" >pipe"#, "sh", Program.path]) {
            let path = $0.folder.path("pipe")
            guard mkfifo(path, 0o600) == 0 else { throw POSIXError(.EIO) }
            pipe = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            let bytes = [UInt8](repeating: 0, count: 4096)
            while write(pipe, bytes, bytes.count) > 0 { continue }
        }
        try session.terminal.wait(for: "the end of the session") {
            // A Ctrl-C that came before the command did left it.
            if try session.terminal.lines().last == "snapsh>" {
                try session.terminal.type("echo to nobody")
                try session.terminal.press("Enter")
                usleep(200_000)
            }
            try session.terminal.press("C-c")
            return try session.terminal.hasEnded()
        }
        #expect(try session.terminal.exitCode() == 130)
    }

    @Test("Ctrl-C leaves a script that never comes, and the session goes on")
    func controlCInAScript() throws {
        let session = try PromptSession {
            guard mkfifo($0.folder.path("pipe"), 0o600) == 0 else { throw POSIXError(.EIO) }
        }
        try session.interrupt("source pipe")
        #expect(try session.run("echo after") == ["after"])
    }

    @Test("Ctrl-Z stops the session, and 'fg' brings it back with the line that was being typed")
    func controlZ() throws {
        let session = try PromptSession(
            ["bash", "--norc", "--noprofile", "-i"],
            prompt: "$",
            environment: ["PS1": "$ ", "HISTFILE": ""]
        )
        try session.run("\(Program.path)", then: "snapsh>")
        for _ in 1...2 {
            try session.type("echo kept")
            try session.terminal.press("C-z")
            try session.terminal.wait(forLastLine: "$")
            try session.terminal.type("stty -a | grep -o -e '-\\?icanon' -e ' -\\?echo '; jobs; echo asked")
            try session.terminal.press("Enter")
            let lines = try session.terminal.wait(for: "the answers") { $0.suffix(2) == ["asked", "$"] }
            #expect(lines.suffix(5).prefix(2) == ["icanon", " echo"])
            #expect(lines.suffix(3).first?.contains("Stopped") == true)
            try session.terminal.type("fg")
            try session.terminal.press("Enter")
            try session.terminal.wait(forLastLine: "snapsh> echo kept")
            try session.terminal.press("Enter")
            try session.terminal.wait(for: "the line to be run") { $0.suffix(2) == ["kept", "snapsh>"] }
        }
        try session.terminal.press("C-d")
        try session.terminal.wait(forLastLine: "$")
    }

    @Test("Ctrl-Z stops a 'get', and 'fg' goes on with it")
    func controlZInAGet() throws {
        let session = try PromptSession(
            ["bash", "--norc", "--noprofile", "-i"],
            prompt: "$",
            environment: ["PS1": "$ ", "HISTFILE": ""]
        )
        try session.run("\(Program.path)", then: "snapsh>")
        try session.beginLongGet()
        try session.terminal.press("C-z")
        try session.terminal.wait(forLastLine: "$")
        try session.terminal.type("fg")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "MiB/s")
        try session.terminal.press("C-c")
        try session.terminal.wait(for: "interrupted")
        try session.terminal.wait(forLastLine: "snapsh pv foo@65536>")
    }

    @Test("Ctrl-S stops what is shown of a 'get', and not the 'get'; Ctrl-Q shows how far it has come")
    func controlSInAGet() throws {
        let session = try PromptSession()
        try session.beginLongGet()
        try session.terminal.wait(for: "MiB/s")
        try session.terminal.press("C-s")
        usleep(500_000)
        let shown = try session.terminal.lines()
        let path = session.folder.path(".out.db.part")
        let before = Self.byteCount(of: path)
        try session.terminal.wait(for: "the file to grow") { Self.byteCount(of: path) > before + 256 << 20 }
        #expect(try session.terminal.lines() == shown)
        try session.terminal.press("C-q")
        try session.terminal.wait(for: "another figure") { $0 != shown && $0.last?.contains("MiB/s") == true }
        try session.terminal.press("C-s")
        usleep(500_000)
        try session.terminal.press("C-c")
        try session.terminal.wait(for: "interrupted")
        try session.terminal.wait(forLastLine: "snapsh pv foo@65536>")
        #expect(try session.run("echo after") == ["after"])
    }

    private static func byteCount(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    @Test("SIGTERM ends the session with 143, at the prompt and in a 'get', and leaves nothing behind")
    func terminate() throws {
        let session = try PromptSession()
        try session.type("echo half a")
        kill(try session.terminal.processID(), SIGTERM)
        #expect(try session.terminal.exitCode() == 143)

        let busy = try PromptSession()
        try busy.beginLongGet()
        kill(try busy.terminal.processID(), SIGTERM)
        #expect(try busy.terminal.exitCode() == 143)
        #expect(try busy.folder.names() == [".local", "backups"])
    }

    @Test("a terminal that goes away ends the session, and a 'get' leaves nothing behind", arguments: [false, true])
    func hangUp(inAGet: Bool) throws {
        let session = try PromptSession()
        if inAGet { try session.beginLongGet() }
        let process = try session.terminal.processID()
        try session.terminal.closeWindow()
        try session.terminal.wait(for: "the program's end") {
            // Without a command line it has ended, whether or not somebody has asked for its exit code.
            (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/cmdline")))?.isEmpty != false
        }
        #expect(try session.folder.names().filter { $0 != ".local" } == ["backups"])
    }

    @Test("a terminal that is gone without a word ends the session with 129, as a signal would")
    func hangUpWithoutSignal() throws {
        // The system hangs up on the shell, which lets nobody know.
        let script = #"trap : HUP; "$@"; echo $? >code.new; mv code.new code"#
        let session = try PromptSession(["sh", "-c", script, "sh", Program.path])
        try session.terminal.closeWindow()
        try session.terminal.wait(for: "the exit code") { session.folder.exists("code") }
        #expect(try String(decoding: session.folder.read("code"), as: UTF8.self) == "129\n")
    }
}
