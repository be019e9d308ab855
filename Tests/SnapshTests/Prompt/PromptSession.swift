import Foundation
import TestSupport

/// A `snapsh` prompt in a terminal, with a user at it and a backup volume beside it, as `backups`.
final class PromptSession {
    let folder: TemporaryFolder
    let volume: BackupVolume
    let terminal: TmuxTerminal
    /// What stands before what is typed.
    private(set) var prompt: String

    /// Starts it in a volume with two sound backups of cluster `foo`, and waits for its first prompt.
    ///
    /// - Parameters:
    ///   - words: The command line; the program where there is none.
    ///   - home: What another session has left; a new home where there is none.
    ///   - prepare: Adds to what is there at the start.
    init(
        _ words: [String] = [Program.path],
        prompt: String = "snapsh>",
        home: TemporaryFolder? = nil,
        environment: [String: String?] = [:],
        columns: Int = 120,
        prepare: (Preparation) throws -> Void = { _ in }
    ) throws {
        folder = try home ?? TemporaryFolder()
        volume = try BackupVolume()
        try volume.add(9, age: 40 * Self.day + 1800)
        try volume.add(208, content: Fixture.snapshot("late.db"), age: 3 * Self.day + 1800)
        if !folder.exists("backups") { try folder.link("backups", to: volume.path) }
        try prepare(Preparation(folder: folder, volume: volume))
        self.prompt = prompt
        terminal = try TmuxTerminal(words, in: folder, environment: environment, columns: columns)
        try terminal.wait(forLastLine: prompt)
    }

    /// What there is before the program starts.
    struct Preparation {
        let folder: TemporaryFolder
        let volume: BackupVolume
    }

    private static let day: TimeInterval = 86_400

    /// Types a text after the prompt, and waits until it stands there.
    func type(_ text: String) throws {
        try terminal.type(text)
        try expect(typed: text)
    }

    /// Waits until a text stands after the prompt, and nothing else.
    func expect(typed text: String) throws {
        let blanks = text.reversed().prefix { $0 == " " }
        try terminal.wait(forLastLine: text.isEmpty ? prompt : "\(prompt) \(text.dropLast(blanks.count))")
    }

    /// Types a line, presses Enter, and waits for the next prompt.
    ///
    /// - Parameter next: That prompt, where it is another one.
    /// - Returns: What was shown in between.
    @discardableResult
    func run(_ line: String, then next: String? = nil) throws -> [String] {
        try type(line)
        try terminal.press("Enter")
        let typed = "\(prompt) \(line)"
        prompt = next ?? prompt
        let lines = try terminal.wait(forLastLine: prompt)
        let start = lines.lastIndex(of: typed).map { $0 + 1 } ?? 0
        return Array(lines[start...].dropLast())
    }

    /// Chooses the volume, and cluster `foo`.
    func chooseCluster() throws {
        try run("use pv backups", then: "snapsh pv foo>")
        try run("cluster foo", then: "snapsh pv foo>")
    }

    /// Presses Ctrl-C at the prompt, and waits for a fresh one.
    ///
    /// - Parameter next: That prompt, where it is another one.
    func dropLine(then next: String? = nil) throws {
        let before = try terminal.lines()
        try terminal.press("C-c")
        prompt = next ?? prompt
        try terminal.wait(for: "what was typed to be dropped") { $0.dropLast() != before.dropLast() }
        try terminal.wait(forLastLine: prompt)
    }

    /// Types a line that does not end by itself, and presses Ctrl-C: the next prompt comes at once.
    ///
    /// - Parameters:
    ///   - start: Whether the command is far enough; otherwise it gets time to begin.
    ///   - message: What is said about it.
    func interrupt(_ line: String, saying message: String = "interrupted", once start: (() -> Bool)? = nil) throws {
        try type(line)
        try terminal.press("Enter")
        if let start { try terminal.wait(for: "the command to be far enough", until: start) }
        usleep(500_000)
        try terminal.press("C-c")
        try terminal.wait(for: message)
        try terminal.wait(forLastLine: prompt)
    }

    /// Chooses the cluster, picks a backup that takes a while to get, and begins to.
    func beginLongGet() throws {
        let path = volume.folder.path("v1/foo/\(try volume.add(0x10000))")
        guard truncate(path, (4 << 30) + 32) == 0 else { throw CocoaError(.fileWriteUnknown) }
        try chooseCluster()
        try run("pick max", then: "snapsh pv foo@65536>")
        try type("get out.db")
        try terminal.press("Enter")
        try terminal.wait(for: "a part of the file") { self.folder.exists(".out.db.part") }
    }

    /// The history's place, in the home.
    static let historyPath = ".local/state/snapsh/history"
}
