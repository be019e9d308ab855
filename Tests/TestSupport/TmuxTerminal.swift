import Foundation

/// A terminal of a test's own with a program in it, and a keyboard: what it shows is what the program's user would see.
///
/// The terminal is tmux's. It has a server of its own, which ends with this object, and an environment of its own.
public final class TmuxTerminal {
    /// What did not come about in time, and what the screen showed instead.
    public struct Timeout: Error, CustomStringConvertible {
        public var description: String
    }

    /// tmux itself failed.
    public struct UserError: Error, CustomStringConvertible {
        public var description: String
    }

    /// Longer than this nothing takes that a test waits for, in seconds.
    private static let timeLimit: TimeInterval = 30
    /// Between two looks at the screen, in microseconds.
    private static let pause: UInt32 = 10_000

    /// The program's home, and the folder that it starts in.
    public let folder: TemporaryFolder
    /// A closed one no longer has a server.
    private var isOpen = true
    /// Where the server listens; not in the home, which a test may look at.
    private let serverFolder: TemporaryFolder

    /// Starts a program in a new terminal.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - environment: What differs from the usual: HOME is the folder, the locale is `C.UTF-8`, and no editrc(5) is
    ///     read. What is `nil` is not set.
    public init(
        _ words: [String],
        in folder: TemporaryFolder,
        environment: [String: String?] = [:],
        columns: Int = 120,
        rows: Int = 40
    ) throws {
        self.folder = folder
        serverFolder = try TemporaryFolder()
        let usual: [String: String?] = [
            "HOME": folder.path, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
            "TERM": "screen-256color", "EDITRC": "/dev/null",
        ]
        let settings = usual.merging(environment) { $1 }.compactMapValues(\.self).map { "\($0)=\($1)" }
        try tmux(
            ["-f", "/dev/null", "start-server"]
                // What ends stays on the screen, and can be asked for its exit code.
                + [";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "remain-on-exit-format", ""]
                + [";", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", folder.path]
                + ["env", "-i"] + settings.sorted() + words
        )
    }

    deinit { close() }

    /// Ends the server, and with it all that still runs in the terminal.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        _ = try? tmux(["kill-server"])
    }

    // MARK: - The keyboard

    /// Types a text as it stands.
    public func type(_ text: String) throws {
        try tmux(["send-keys", "-l", "--", text])
    }

    /// Presses keys by tmux's names for them: `Enter`, `Tab`, `Up`, `C-c`.
    public func press(_ keys: String...) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Pastes a text as a terminal does: between marks, where the program has asked for them.
    public func paste(_ text: String) throws {
        let file = try serverFolder.write(text.utf8, to: "paste")
        try tmux(["load-buffer", file, ";", "paste-buffer", "-p"])
    }

    /// Sends bytes as they are, such as a piece of a paste with its marks.
    public func send(_ text: String) throws {
        let file = try serverFolder.write(text.utf8, to: "bytes")
        try tmux(["load-buffer", file, ";", "paste-buffer", "-r"])
    }

    /// Changes the size of the window.
    public func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Takes the terminal away, as a closed window does; the program is hung up on.
    public func closeWindow() throws {
        try tmux(["new-session", "-d", "sleep", "1000", ";", "kill-session", "-t", "=0"])
    }

    // MARK: - The screen

    /// What the screen shows, line by line, without the blanks at the ends of lines and below.
    ///
    /// - Parameters:
    ///   - showsEscapes: Whether colours are shown by the escape sequences that bring them about.
    ///   - joinsWrapped: Whether a line that the terminal broke at its edge is shown as one.
    public func lines(showsEscapes: Bool = false, joinsWrapped: Bool = false) throws -> [String] {
        let text = try tmux(
            ["capture-pane", "-p"] + (showsEscapes ? ["-e"] : []) + (joinsWrapped ? ["-J"] : [])
        )
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Waits until the lines are as they should be.
    ///
    /// - Parameter expectation: What is waited for, for the message where it does not come.
    /// - Returns: The lines.
    @discardableResult
    public func wait(for expectation: String, until isMet: ([String]) -> Bool) throws -> [String] {
        try poll(for: expectation) {
            let lines = try self.lines()
            return isMet(lines) ? lines : nil
        }
    }

    /// Waits until a text stands anywhere.
    @discardableResult
    public func wait(for text: String) throws -> [String] {
        try wait(for: text.debugDescription) { lines in lines.contains { $0.contains(text) } }
    }

    /// Waits until the last line is a certain one.
    @discardableResult
    public func wait(forLastLine line: String) throws -> [String] {
        try wait(for: "the last line \(line.debugDescription)") { $0.last == line }
    }

    /// Waits for something outside of the terminal.
    public func wait(for expectation: String, until isMet: () throws -> Bool) throws {
        try poll(for: expectation) { try isMet() ? () : nil }
    }

    private func poll<Value>(for expectation: String, _ attempt: () throws -> Value?) throws -> Value {
        let deadline = Date(timeIntervalSinceNow: Self.timeLimit)
        while true {
            if let value = try attempt() { return value }
            guard Date() < deadline else { break }
            usleep(Self.pause)
        }
        let screen = (try? lines().map { "  | \($0)\n" }.joined()) ?? ""
        throw Timeout(description: "\(expectation) did not come about; the terminal shows\n\(screen)")
    }

    /// The terminal's title, which a program can set.
    public func title() throws -> String { try format("#{pane_title}") }

    // MARK: - The program

    /// The program's process.
    public func processID() throws -> Int32 {
        guard let number = Int32(try format("#{pane_pid}")) else { throw UserError(description: "no program runs") }
        return number
    }

    /// Waits until the program has ended.
    ///
    /// - Returns: Its exit code; 128 and the signal where one killed it.
    public func exitCode() throws -> Int32 {
        try poll(for: "the program's end") {
            // While tmux takes a closed terminal out of utmp, it misses that the program ends, until another one does.
            try tmux(["run-shell", "-b", "true"])
            let words = try format("#{pane_dead} #{pane_dead_status} #{pane_dead_signal}")
                .split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, words[0] == "1" else { return nil }
            return Int32(words[1]) ?? Int32(words[2]).map { 128 + $0 }
        }
    }

    /// Whether it has ended.
    public func hasEnded() throws -> Bool { try format("#{pane_dead}") == "1" }

    private func format(_ format: String) throws -> String {
        try tmux(["display-message", "-p", format]).trimmingCharacters(in: .newlines)
    }

    @discardableResult
    private func tmux(_ words: [String]) throws -> String {
        let status = try spawn(["tmux", "-S", serverFolder.path("socket")] + words)
        let output = String(decoding: try serverFolder.read("output"), as: UTF8.self)
        guard status == 0 else { throw UserError(description: "tmux \(words.joined(separator: " ")): \(output)") }
        return output
    }

    /// Runs a program, whose output goes to a file of the server's folder.
    ///
    /// - Returns: What waitpid(2) tells of its end.
    private func spawn(_ words: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, serverFolder.path("output"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The server stays: it must not hold pipes of tests that run at the same time. Foundation's Process lets it.
        for descriptor in 3..<Int32(256) { posix_spawn_file_actions_addclose(&actions, descriptor) }

        // Swift's threads have all signals blocked, and whoever starts the tests may have some ignored.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let settings = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "SHELL=/bin/sh"]
        var process = pid_t()
        var status: Int32 = 0
        try withCStrings(words) { words in
            try withCStrings(settings) { settings in
                guard posix_spawnp(&process, "tmux", &actions, &attributes, words, settings) == 0 else {
                    throw UserError(description: "cannot start tmux: scripts/setup --for test installs it")
                }
            }
        }
        while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
        return status
    }

    /// Gives a list of C strings to `body`, with the null pointer that ends such a list.
    private func withCStrings(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Void
    ) rethrows {
        let copies = strings.map { string in strdup(string) }
        defer { for copy in copies { free(copy) } }
        try body(copies + [nil])
    }
}
