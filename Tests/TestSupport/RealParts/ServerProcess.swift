import Foundation

/// A server on a port of 127.0.0.1, from its start until this object goes away.
final class ServerProcess: Sendable {
    let port: UInt16
    private let process: ChildProcess

    /// Python takes its time where both processors are busy.
    private static let timeLimit: TimeInterval = 60
    private static let attempts = 5

    /// Starts it, and waits until it listens.
    ///
    /// - Parameters:
    ///   - name: What it is called in messages.
    ///   - words: The program and its arguments for a port. Where another program takes that port before, they are
    ///     asked
    ///     for again, with another one.
    ///   - home: Its home; a new one where none is given.
    init(_ name: String, home: TemporaryFolder? = nil, words: (UInt16) throws -> [String]) throws {
        var attempt = 1
        while true {
            let port = try Loopback.freePort()
            let process = try ChildProcess(words(port), home: home)
            let complaint = Self.waitUntilListening(process, port)
            guard let complaint else {
                self.port = port
                self.process = process
                return
            }
            let said = process.said()
            guard attempt < Self.attempts, said.localizedCaseInsensitiveContains("already in use") else {
                throw PartFailure(
                    "cannot start \(name): \(complaint); 'scripts/setup --for test' installs it; it said\n\(said)"
                )
            }
            attempt += 1
        }
    }

    /// Kills it.
    func stop() { process.stop() }

    /// What it said so far.
    func said() -> String { process.said() }

    private static func waitUntilListening(_ process: ChildProcess, _ port: UInt16) -> String? {
        let deadline = Date(timeIntervalSinceNow: timeLimit)
        while Date() < deadline {
            if process.listens(on: port) { return nil }
            if let end = process.pollEnd() { return "it ended (\(end))" }
            usleep(5000)
        }
        return "it did not listen within \(Int(timeLimit)) s"
    }
}
