import Foundation
import TestSupport
import Testing

/// A home of one who practises, and the program: all that drills leave is in there.
struct DrillHome {
    let program: Program

    init() throws { program = try Program() }

    var folder: TemporaryFolder { program.folder }

    /// Where the drills are, in the home.
    static let drills = ".local/state/snapsh/drills"

    /// The names of all sandboxes, whatever state they are in.
    func sandboxes() throws -> [String] {
        guard folder.exists(Self.drills) else { return [] }
        return try folder.names(in: Self.drills).filter { !$0.hasSuffix(".jsonl") && $0 != "kept" }
    }

    /// A path in a sandbox.
    func path(_ name: String, of sandbox: String) -> String { folder.path("\(Self.drills)/\(sandbox)/\(name)") }

    /// Runs commands in the current folder of the one drill, or of the named one, as a session of its own.
    func runInWork(_ text: String, of sandbox: String? = nil) throws -> Program.Outcome {
        let sandbox = try #require(try sandbox ?? sandboxes().first)
        return try program.run(["-c", text], prefix: ["env", "--chdir=\(path("work", of: sandbox))"])
    }

    /// The results that were kept, the oldest first.
    func results() throws -> [[String: Any]] {
        let lines = try folder.read("\(Self.drills)/results.jsonl").split(separator: UInt8(ascii: "\n"))
        return try lines.compactMap { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
    }

    /// The processes that have this home.
    func processes() -> [Int32] {
        let mark = Array("\0HOME=\(folder.path)\0".utf8)
        return MachineProcess.all.filter { process in
            let environment = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/environ"))) ?? Data()
            return (Data([0]) + environment).firstRange(of: mark) != nil && !MachineProcess(id: process).isZombie
        }
    }

    /// Expects that no drill has left a file, a process or a port.
    ///
    /// - Parameter kept: What may be beside the results in the folder of the drills.
    func expectClean(but kept: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let names = folder.exists(Self.drills) ? try folder.names(in: Self.drills) : []
        #expect(
            names.filter { $0 != "results.jsonl" && $0 != "proven.jsonl" } == kept,
            sourceLocation: sourceLocation
        )
        // A port is one of a process: all listen in the program itself.
        #expect(processes().isEmpty, sourceLocation: sourceLocation)
    }
}

/// A process of this machine, as proc(5) shows it.
struct MachineProcess {
    let id: Int32

    static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/\(name)"))) ?? Data(), as: UTF8.self)
    }

    /// Whether it has ended, and waits for its parent to look.
    var isZombie: Bool { text("status").contains("State:\tZ") }

    /// The most memory that it had at any time, in bytes.
    var maxResidentByteCount: Int? {
        let line = text("status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    /// How many of its sockets listen for connections of TCP.
    var listeningSocketCount: Int {
        let folder = "/proc/\(id)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
        )
        let rows = (text("net/tcp") + text("net/tcp6")).split(separator: "\n").map {
            $0.split(separator: " ")
        }
        // The state 0A is TCP_LISTEN.
        return rows.count { $0.count > 9 && $0[3] == "0A" && own.contains("socket:[\($0[9])]") }
    }
}
